import { Injectable } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';
import { Frontier } from '../../shared/domain/merkle-tree';
import { prepared, sqlArray, writtenBehind } from '../../platform/database/statements';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { BallotLogs, ClaimedKey, Key, Participant, SignedAppend, SignedLog } from '../application/ballot-logs';
import type { Holder } from '../ballot.api';
import { BallotLog } from '../domain/ballot-log';
import type { BallotLogRow } from './ballot-logs.table';
import { COUNTS, holderColumns, PLAYERS_AMONG, PLAYERS_OF } from './player-statements';

/**
 * Reads the time after each lock is granted: PostgreSQL computes the outer list from the locked row, not before
 * waiting. In the order of the ids, so that two units of work that want the same logs wait for each other but never
 * deadlock.
 */
const LOCK = prepared(`
  with locked as materialized (
    select draw_id, closes_at, size, frontier, last_submitted_at, sealed_at from ballot_logs
    where draw_id = any($1) order by draw_id for update
  )
  select draw_id as "drawId", closes_at as "closesAt", size, frontier, last_submitted_at as "lastSubmittedAt",
    sealed_at as "sealedAt", database_time() as now
  from locked`);

const ADD = `
  with new_logs as (
    select * from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::bigint[], $5::bytea[], $6::text[])
      as t (draw_id, closes_at, last_submitted_at, size, frontier, note)
  ), new_checkpoints as (
    insert into ballot_checkpoints (draw_id, size, note) select draw_id, size, note from new_logs
  )
  insert into ballot_logs (draw_id, closes_at, last_submitted_at, size, frontier)
  select draw_id, closes_at, last_submitted_at, size, frontier from new_logs`;

/**
 * One statement, however many logs and ballots; arrays instead of a parameter for each value. Ballots and subtrees name
 * their log by its position in the arrays (a join would cost a third of the statement); $6 is the index that the first
 * ballot of all would have in that log.
 */
const APPEND = writtenBehind(`
  with extended as (
    select * from unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::timestamptz[], $5::text[])
      as t (draw_id, size, frontier, submitted_at, note)
  ), new_ballots as (
    insert into ballots (draw_id, index, id, user_id, player, submitted_at)
    select ($1::uuid[])[log], ($6::bigint[])[log] + place - 1, id, user_id, decode(player, 'hex'),
      ($4::timestamptz[])[log]
    from unnest($7::int[], $8::uuid[], $9::uuid[], $10::text[]) with ordinality as t (log, id, user_id, player, place)
  ), new_subtrees as (
    insert into ballot_subtrees (draw_id, level, index, hash)
    select ($1::uuid[])[log], level, index, decode(hash, 'hex')
    from unnest($11::int[], $12::int[], $13::bigint[], $14::text[]) as t (log, level, index, hash)
  ), new_checkpoints as (
    insert into ballot_checkpoints (draw_id, size, note) select draw_id, size, note from extended
  )
  update ballot_logs
  set size = extended.size, frontier = extended.frontier, last_submitted_at = extended.submitted_at
  from extended where ballot_logs.draw_id = extended.draw_id`);

const SEAL = `
  update ballot_logs set sealed_at = sealed.at from unnest($1::uuid[], $2::timestamptz[]) as sealed (draw_id, at)
  where ballot_logs.draw_id = sealed.draw_id`;

const CLAIMED = prepared(`
  select user_id as "userId", key_digest as digest, draw_id as "drawId", ballot_id as "ballotId", count
  from ballot_idempotency_keys
  join unnest($1::uuid[], $2::text[]) as wanted (user_id, digest)
    using (user_id) where key_digest = decode(wanted.digest, 'hex')`);

/** In the order of the keys, so that two batches that want the same keys wait for each other but never deadlock. */
const CLAIM = prepared(`
  insert into ballot_idempotency_keys (user_id, key_digest, draw_id, ballot_id, count)
  select user_id, decode(digest, 'hex'), $1, ballot_id, count
  from unnest($2::uuid[], $3::text[], $4::uuid[], $5::smallint[]) as wanted (user_id, digest, ballot_id, count)
  order by user_id, digest
  on conflict do nothing returning ballot_id as "ballotId"`);

@Injectable()
export class TypeOrmBallotLogs extends BallotLogs {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add(logs: readonly SignedLog[]): Promise<void> {
    await this.work.writer.query(ADD, [
      logs.map(({ log }) => log.drawId),
      logs.map(({ log }) => log.closesAt),
      logs.map(({ log }) => log.lastSubmittedAt),
      logs.map(({ log }) => log.size),
      logs.map(({ log }) => log.frontier.toBytes()),
      logs.map(({ checkpoint }) => checkpoint),
    ]);
  }

  async lock(drawIds: readonly string[]): Promise<{ logs: readonly BallotLog[]; now: Date }> {
    const rows = await this.work.writer.query<(BallotLogRow & { now: Date })[]>(LOCK, [drawIds]);
    const logs = new Map(rows.map((row) => [row.drawId, fromRow(row)]));
    const inOrder = drawIds.map((drawId) => {
      const log = logs.get(drawId);
      invariant(log, `draw ${drawId} has a ballot log`);
      return log;
    });
    // The time under the last lock, unless the clock was set back meanwhile.
    return {
      logs: inOrder,
      now: new Date(rows.reduce((latest, { now }) => Math.max(latest, now.getTime()), -Infinity)),
    };
  }

  async append(appended: readonly SignedAppend[]): Promise<void> {
    let count = 0;
    const ends = appended.map((one) => (count += one.ballots.length));
    const ballots = appended.flatMap((one) => one.ballots);
    const subtrees = appended.flatMap((one) => one.subtrees);
    await this.work.writer.query(APPEND, [
      appended.map(({ log }) => log.drawId),
      appended.map(({ log }) => log.size),
      appended.map(({ log }) => log.frontier.toBytes()),
      appended.map(({ log }) => log.lastSubmittedAt),
      appended.map(({ checkpoint }) => checkpoint),
      appended.map(({ log }, i) => log.size - (ends[i] ?? 0)),
      sqlArray(appended.flatMap((one, i) => one.ballots.map(() => i + 1))),
      sqlArray(ballots.map(({ id }) => id)),
      sqlArray(ballots.map(({ userId }) => userId)),
      sqlArray(ballots.map(({ player }) => player)),
      sqlArray(appended.flatMap((one, i) => one.subtrees.map(() => i + 1))),
      sqlArray(subtrees.map(({ level }) => level)),
      sqlArray(subtrees.map(({ index }) => index)),
      sqlArray(subtrees.map(({ hash }) => hash.toString('hex'))),
    ]);
  }

  async beginnings(drawIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.work.reader.query<{ drawId: string; note: string }[]>(
      'select draw_id as "drawId", note from ballot_checkpoints where draw_id = any($1) and size = 0',
      [drawIds],
    );
    return new Map(rows.map(({ drawId, note }) => [drawId, note]));
  }

  async seal(logs: readonly BallotLog[]): Promise<void> {
    await this.work.writer.query(SEAL, [logs.map(({ drawId }) => drawId), logs.map(({ sealedAt }) => sealedAt)]);
  }

  async claimed(keys: readonly Key[]): Promise<readonly ClaimedKey[]> {
    return this.work.reader.query<ClaimedKey[]>(CLAIMED, [
      sqlArray(keys.map(({ userId }) => userId)),
      sqlArray(keys.map(({ digest }) => digest.toString('hex'))),
    ]);
  }

  async claim(claims: readonly ClaimedKey[]): Promise<readonly ClaimedKey[]> {
    const won = await this.work.writer.query<{ ballotId: string }[]>(CLAIM, [
      claims[0]?.drawId,
      sqlArray(claims.map(({ userId }) => userId)),
      sqlArray(claims.map(({ digest }) => digest.toString('hex'))),
      sqlArray(claims.map(({ ballotId }) => ballotId)),
      sqlArray(claims.map(({ count }) => count)),
    ]);
    if (won.length === claims.length) return [];
    const wonIds = new Set(won.map(({ ballotId }) => ballotId));
    return this.claimed(claims.filter(({ ballotId }) => !wonIds.has(ballotId)));
  }

  async players(drawIds: readonly string[]): Promise<readonly Participant[]> {
    return this.work.reader.query(PLAYERS_OF, [drawIds]);
  }

  async playersAmong(drawIds: readonly string[], userIds: readonly string[]): Promise<readonly Participant[]> {
    return this.work.reader.query(PLAYERS_AMONG, [drawIds, sqlArray(userIds)]);
  }

  async counts(holders: readonly Holder[]): Promise<readonly number[]> {
    if (holders.length === 0) return [];
    const rows = await this.work.reader.query<{ ballots: string }[]>(COUNTS, holderColumns(holders));
    return rows.map(({ ballots }) => Number(ballots));
  }
}

function fromRow({ drawId, closesAt, size, frontier, lastSubmittedAt, sealedAt }: BallotLogRow): BallotLog {
  return new BallotLog(drawId, closesAt, Frontier.fromBytes(Number(size), frontier), lastSubmittedAt, sealedAt);
}

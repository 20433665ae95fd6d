import { Injectable } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';
import { Frontier } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../shared/infrastructure/typeorm-unit-of-work';
import { BallotLogs, ClaimedKey, Key } from '../application/ballot-logs';
import { Appended, BallotLog } from '../domain/ballot-log';
import type { BallotLogRow } from './ballot-logs.table';

/** The time is read after the lock was got: PostgreSQL computes the outer list from the locked row, not before waiting. */
const LOCK = `
  with locked as materialized (
    select closes_at, size, frontier, last_submitted_at, sealed_at from ballot_logs where draw_id = $1 for update
  )
  select closes_at as "closesAt", size, frontier, last_submitted_at as "lastSubmittedAt", sealed_at as "sealedAt",
    database_time() as now
  from locked`;

/** One statement however many ballots; arrays instead of a parameter for each value. */
const APPEND = `
  with new_ballots as (
    insert into ballots (draw_id, index, id, user_id, player, submitted_at)
    select $1, $2::bigint + place - 1, id, user_id, decode(player, 'hex'), $3
    from unnest($4::uuid[], $5::uuid[], $6::text[]) with ordinality as new_ballot (id, user_id, player, place)
  ), new_subtrees as (
    insert into ballot_subtrees (draw_id, level, index, hash)
    select $1, level, index, decode(hash, 'hex') from unnest($7::int[], $8::bigint[], $9::text[]) as t (level, index, hash)
  ), new_checkpoint as (
    insert into ballot_checkpoints (draw_id, size, note) values ($1, $10, $11)
  )
  update ballot_logs set size = $10, frontier = $12, last_submitted_at = $3 where draw_id = $1`;

const CLAIMED = `
  select user_id as "userId", key_digest as digest, draw_id as "drawId", ballot_id as "ballotId"
  from ballot_idempotency_keys
  join unnest($1::uuid[], $2::text[]) as wanted (user_id, digest)
    using (user_id) where key_digest = decode(wanted.digest, 'hex')`;

/** In the order of the keys, so that two batches that want the same keys wait for each other but never deadlock. */
const CLAIM = `
  insert into ballot_idempotency_keys (user_id, key_digest, draw_id, ballot_id)
  select user_id, decode(digest, 'hex'), $1, ballot_id
  from unnest($2::uuid[], $3::text[], $4::uuid[]) as wanted (user_id, digest, ballot_id)
  order by user_id, digest
  on conflict do nothing returning ballot_id as "ballotId"`;

const PLAYERS_AMONG = `
  select wanted.user_id as "userId", encode(found.player, 'hex') as player
  from unnest($2::uuid[]) as wanted (user_id)
  cross join lateral (
    select player from ballots where draw_id = $1 and ballots.user_id = wanted.user_id order by index limit 1
  ) as found`;

/** Walks from user to user along the index and stops at the first other one: at most one step more than users given. */
const HAS_BALLOT_OF_OTHERS = `
  with recursive seen as (
    (select user_id from ballots where draw_id = $1 order by user_id limit 1)
    union all
    select (
      select next.user_id from ballots as next
      where next.draw_id = $1 and next.user_id > seen.user_id order by next.user_id limit 1
    ) from seen where seen.user_id = any($2::uuid[])
  )
  select exists (select from seen where user_id <> all($2::uuid[])) as found`;

@Injectable()
export class TypeOrmBallotLogs extends BallotLogs {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add(log: BallotLog, checkpoint: string): Promise<void> {
    await this.work.writer.query(
      'insert into ballot_logs (draw_id, closes_at, size, frontier) values ($1, $2, $3, $4)',
      [log.drawId, log.closesAt, log.size, log.frontier.toBytes()],
    );
    await this.work.writer.query('insert into ballot_checkpoints (draw_id, size, note) values ($1, $2, $3)', [
      log.drawId,
      log.size,
      checkpoint,
    ]);
  }

  async lock(drawId: string): Promise<{ log: BallotLog; now: Date }> {
    const [row] = await this.work.writer.query<(BallotLogRow & { now: Date })[]>(LOCK, [drawId]);
    invariant(row, `draw ${drawId} has a ballot log`);
    const frontier = Frontier.fromBytes(Number(row.size), row.frontier);
    return { log: new BallotLog(drawId, row.closesAt, frontier, row.lastSubmittedAt, row.sealedAt), now: row.now };
  }

  async append({ log, ballots, subtrees }: Appended, checkpoint: string): Promise<void> {
    await this.work.writer.query(APPEND, [
      log.drawId,
      ballots[0]?.index,
      log.lastSubmittedAt,
      sqlArray(ballots.map(({ id }) => id)),
      sqlArray(ballots.map(({ userId }) => userId)),
      sqlArray(ballots.map(({ player }) => player)),
      sqlArray(subtrees.map(({ level }) => level)),
      sqlArray(subtrees.map(({ index }) => index)),
      sqlArray(subtrees.map(({ hash }) => hash.toString('hex'))),
      log.size,
      checkpoint,
      log.frontier.toBytes(),
    ]);
  }

  async seal(log: BallotLog): Promise<void> {
    await this.work.writer.query('update ballot_logs set sealed_at = $2 where draw_id = $1', [
      log.drawId,
      log.sealedAt,
    ]);
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
    ]);
    if (won.length === claims.length) return [];
    const wonIds = new Set(won.map(({ ballotId }) => ballotId));
    return this.claimed(claims.filter(({ ballotId }) => !wonIds.has(ballotId)));
  }

  async playersAmong(drawId: string, userIds: readonly string[]): Promise<{ userId: string; player: string }[]> {
    return this.work.reader.query(PLAYERS_AMONG, [drawId, sqlArray(userIds)]);
  }

  async hasBallotOfOthers(drawId: string, userIds: readonly string[]): Promise<boolean> {
    const [row] = await this.work.reader.query<[{ found: boolean }]>(HAS_BALLOT_OF_OTHERS, [drawId, sqlArray(userIds)]);
    return row.found;
  }
}

/** An array literal; for values that need no quoting, such as UUIDs, hex and numbers. */
function sqlArray(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}

import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { invariant } from '../../shared/domain/invariant';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Ballots, Holder, Place, Receipt } from '../ballot.api';
import type { Ballot } from '../domain/ballot';
import { BallotNotFound } from '../domain/errors';
import { ArchivedBallots } from './archived-ballots';
import { BallotRow, ballotsTable } from './ballot-logs.table';
import { fromRow } from './ballot-row';
import { ListFiles } from './list-files';
import { COUNTS, holderColumns } from './player-statements';

/**
 * The user's ballots from newest to oldest: log by log (those that close at an instant, see the index
 * ballot_logs_by_instant), in each down the index (draw_id, user_id, index), no further than the page needs.
 */
const OF_USER = `
  select ballots.draw_id as "drawId", ballots.index, ballots.id, ballots.user_id as "userId", ballots.player,
    ballots.submitted_at as "submittedAt"
  from (
    select draw_id from ballot_logs
    where closes_at is not null and size > 0 and ($2::uuid is null or draw_id <= $2) order by draw_id desc
  ) as logs
  cross join lateral (
    select * from ballots
    where ballots.draw_id = logs.draw_id and user_id = $1
      and ($2::uuid is null or logs.draw_id < $2 or ballots.index < $3::bigint)
    order by index desc limit $4
  ) as ballots
  order by logs.draw_id desc, ballots.index desc limit $4`;

const AT = `
  select ballots.draw_id as "drawId", ballots.index, id, user_id as "userId", player, submitted_at as "submittedAt"
  from unnest($1::uuid[], $2::bigint[]) with ordinality as wanted (draw_id, index, place)
  join ballots on ballots.draw_id = wanted.draw_id and ballots.index = wanted.index
  order by place`;

/** Each batch stored one checkpoint: the smallest tree that contains a ballot is its own batch's. */
const receiptsOf = (ballots: string) => `
  select ballots.draw_id as "drawId", ballots.index, id, user_id as "userId", player,
    submitted_at as "submittedAt", note
  from ${ballots} cross join lateral (
    select note from ballot_checkpoints where draw_id = ballots.draw_id and size > ballots.index order by size limit 1
  ) as checkpoint`;

const RECEIPTS_AT = receiptsOf(`unnest($1::uuid[], $2::bigint[]) as wanted (draw_id, index)
  join ballots on ballots.draw_id = wanted.draw_id and ballots.index = wanted.index`);

const RECEIPTS_OF = receiptsOf('(select * from ballots where draw_id = $1 and id = any($2)) as ballots');

const LINES = `
  select draw_id as "drawId", index, id, user_id as "userId", player, submitted_at as "submittedAt"
  from ballots where draw_id = $1 and index >= $2 and index < $3 order by index`;

const PLAYERS = `
  select encode(player, 'hex') as player from ballots where draw_id = $1 and index >= $2 and index < $3 order by index`;

/** Players read at once: 2 ms of work. */
const PLAYERS_AT_ONCE = 4_096;

/** Asks the database first, then the archive, so that a ballot that is being moved is found. */
@Injectable()
export class TypeOrmBallots extends Ballots {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly archived: ArchivedBallots,
    private readonly lists: ListFiles,
  ) {
    super();
  }

  async sizes(drawIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.work.reader.query<{ drawId: string; size: string }[]>(
      'select draw_id as "drawId", size from ballot_logs where draw_id = any($1)',
      [drawIds],
    );
    return new Map(rows.map(({ drawId, size }) => [drawId, Number(size)]));
  }

  async at(places: readonly Place[]): Promise<readonly Ballot[]> {
    const stored = await this.stored(places);
    if (stored.length === places.length) return stored;
    const found = byPlace(stored);
    const archived = byPlace(await this.archived.at(places.filter((place) => !found.has(placeText(place)))));
    return places.map((place) => {
      const ballot = found.get(placeText(place)) ?? archived.get(placeText(place));
      invariant(ballot, 'each log has a ballot at the place that is asked for');
      return ballot;
    });
  }

  lines(drawId: string, size: number): AsyncIterable<string> {
    return this.lists.lines(drawId, size, (start, end) => this.linesBetween(drawId, start, end));
  }

  async *players(drawId: string, size: number): AsyncIterable<readonly string[]> {
    for (let start = 0; start < size; start += PLAYERS_AT_ONCE) {
      const end = Math.min(start + PLAYERS_AT_ONCE, size);
      const rows = await this.work.reader.query<{ player: string }[]>(PLAYERS, [drawId, start, end]);
      invariant(rows.length === end - start, `draw ${drawId} has ballots ${start} to ${end - 1}`);
      yield rows.map(({ player }) => player);
    }
  }

  async counts(holders: readonly Holder[]): Promise<readonly number[]> {
    if (holders.length === 0) return [];
    const rows = await this.work.reader.query<{ ballots: string }[]>(COUNTS, holderColumns(holders));
    return rows.map(({ ballots }) => Number(ballots));
  }

  async ofDraw(drawId: string, { cursor, limit }: PageRequest): Promise<Page<Ballot>> {
    const rows = await this.work.reader.find(ballotsTable, {
      where: { drawId, ...(cursor === null ? {} : { index: MoreThan(cursor) }) },
      order: { index: 'ASC' },
      take: limit + 1,
    });
    const start = Number(cursor ?? -1) + 1;
    const ballots = rows.length > 0 ? rows.map(fromRow) : await this.archivedOfDraw(drawId, start, limit);
    return pageOf(ballots, limit, (ballot) => String(ballot.index));
  }

  async ofUser(userId: string, { cursor, limit }: PageRequest): Promise<Page<Ballot>> {
    const [drawId, index] = cursor?.split('.') ?? [null, null];
    const parameters = [userId, drawId, index, limit + 1];
    const rows = await this.work.reader.query<BallotRow[]>(OF_USER, parameters);
    return pageOf(rows.map(fromRow), limit, (ballot) => `${ballot.drawId}.${ballot.index}`);
  }

  async find(ballotId: string): Promise<Ballot> {
    const row = await this.work.reader.findOne(ballotsTable, { where: { id: ballotId } });
    const ballot = row ? fromRow(row) : await this.archived.find(ballotId);
    if (!ballot) throw new BallotNotFound();
    return ballot;
  }

  async receipts(places: readonly Place[]): Promise<readonly Receipt[]> {
    const stored = await this.storedReceipts(RECEIPTS_AT, columns(places));
    const found = new Map(stored.map((receipt) => [placeText(receipt.ballot), receipt]));
    const archived = byPlace(await this.archived.at(places.filter((place) => !found.has(placeText(place)))));
    for (const [place, ballot] of archived) {
      const checkpoint = await this.archived.checkpointOver(ballot.drawId, ballot.index);
      found.set(place, { ballot, checkpoint, replayed: true });
    }
    return places.map((place) => {
      const receipt = found.get(placeText(place));
      invariant(receipt, 'each log has a ballot at the place that is asked for');
      return receipt;
    });
  }

  async receiptsOf(drawId: string, ballotIds: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
    const stored = await this.storedReceipts(RECEIPTS_OF, [drawId, ballotIds]);
    const found = new Map(stored.map((receipt) => [receipt.ballot.id, receipt]));
    for (const id of ballotIds) if (!found.has(id)) found.set(id, await this.receipt(id));
    return found;
  }

  async receipt(ballotId: string): Promise<Receipt> {
    const [receipt] = await this.receipts([await this.find(ballotId)]);
    return receipt as Receipt;
  }

  private async linesBetween(drawId: string, start: number, end: number): Promise<string> {
    const rows = await this.work.reader.query<BallotRow[]>(LINES, [drawId, start, end]);
    const ballots = rows.length > 0 ? rows.map(fromRow) : await this.archived.between(drawId, start, end);
    invariant(ballots.length === end - start, `draw ${drawId} has ballots ${start} to ${end - 1}`);
    return ballots.map(({ line }) => `${line}\n`).join('');
  }

  /** Those that are in the database, in request order. */
  private async stored(places: readonly Place[]): Promise<readonly Ballot[]> {
    return (await this.work.reader.query<BallotRow[]>(AT, columns(places))).map(fromRow);
  }

  private async archivedOfDraw(drawId: string, start: number, limit: number): Promise<readonly Ballot[]> {
    const size = (await this.sizes([drawId])).get(drawId) ?? 0;
    return this.archived.between(drawId, start, Math.min(start + limit + 1, size));
  }

  private async storedReceipts(statement: string, parameters: unknown[]): Promise<readonly Receipt[]> {
    const rows = await this.work.reader.query<(BallotRow & { note: string })[]>(statement, parameters);
    return rows.map((row) => ({ ballot: fromRow(row), checkpoint: row.note, replayed: true }));
  }
}

function columns(places: readonly Place[]): [readonly string[], readonly number[]] {
  return [places.map(({ drawId }) => drawId), places.map(({ index }) => index)];
}

function placeText({ drawId, index }: Place): string {
  return `${drawId} ${index}`;
}

function byPlace(ballots: readonly Ballot[]): ReadonlyMap<string, Ballot> {
  return new Map(ballots.map((ballot) => [placeText(ballot), ballot]));
}

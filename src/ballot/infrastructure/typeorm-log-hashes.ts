import { Injectable } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';
import type { Span } from '../../shared/domain/merkle-proof';
import { HASH_BYTES, leafHash, SUBTREE_WIDTH } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Located, LogHashes } from '../application/log-hashes';
import { BallotNotFound } from '../domain/errors';
import { ArchivedBallots } from './archived-ballots';
import { fromRow } from './ballot-row';
import type { BallotRow } from './ballot-logs.table';

/**
 * The limit tells the planner what it cannot know: a span has few rows. Without it, PostgreSQL expects a ninth of the
 * table and reads all of it.
 */
const LEAVES = `
  select found.*, span
  from unnest($2::bigint[], $3::bigint[]) with ordinality as spans (first, last, span)
  cross join lateral (
    select draw_id as "drawId", index, id, user_id as "userId", player, submitted_at as "submittedAt"
    from ballots where draw_id = $1 and index between first and last order by index limit ${SUBTREE_WIDTH}
  ) as found
  order by span, found.index`;

const SUBTREES = `
  select hashes
  from unnest($2::int[], $3::bigint[], $4::bigint[]) with ordinality as spans (level, first, last, span)
  cross join lateral (
    select string_agg(hash, '' order by index) as hashes
    from (
      select hash, index from ballot_subtrees
      where draw_id = $1 and ballot_subtrees.level = spans.level and index between first and last
      order by index limit ${SUBTREE_WIDTH}
    ) as found
  ) as of_span
  order by span`;

const LOCATE = `
  select ballots.draw_id as "drawId", index, id, user_id as "userId", player, submitted_at as "submittedAt",
    ballot_logs.size, note
  from ballots
  join ballot_logs on ballot_logs.draw_id = ballots.draw_id
  left join ballot_checkpoints on ballot_checkpoints.draw_id = ballots.draw_id
    and ballot_checkpoints.size = coalesce($2, ballot_logs.size)
  where id = $1`;

const LOCATE_ARCHIVED = `
  select ballot_logs.size, note from ballot_logs
  left join ballot_checkpoints on ballot_checkpoints.draw_id = ballot_logs.draw_id
    and ballot_checkpoints.size = coalesce($2, ballot_logs.size)
  where ballot_logs.draw_id = $1`;

/**
 * For archived draws the database keeps the hashes of 256 ballots and more, and the last checkpoint; the rest follows
 * from the archive. Asks the database first: rows leave it in the commit from which the archive answers.
 */
@Injectable()
export class TypeOrmLogHashes extends LogHashes {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly archived: ArchivedBallots,
  ) {
    super();
  }

  async read(drawId: string, spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>> {
    const leaves = spans.filter(({ level }) => level === 0);
    const subtrees = spans.filter(({ level }) => level > 0);
    const found = new Map<Span, readonly Buffer[]>([
      ...(await this.readLeaves(drawId, leaves)),
      ...(await this.readSubtrees(drawId, subtrees)),
    ]);
    const missing = spans.filter((span) => !isComplete(span, found));
    const archived = await this.archived.hashes(drawId, missing);
    for (const [i, span] of missing.entries()) found.set(span, archived[i] ?? []);
    for (const span of spans) {
      invariant(isComplete(span, found), `the hashes of ${JSON.stringify(span)} are stored`);
    }
    return found;
  }

  async locate(ballotId: string, size: number | null): Promise<Located> {
    const [row] = await this.work.reader.query<(BallotRow & { size: string; note: string | null })[]>(LOCATE, [
      ballotId,
      size,
    ]);
    if (!row) return this.locateArchived(ballotId, size);
    return { ballot: fromRow(row), current: Number(row.size), checkpoint: row.note };
  }

  private async locateArchived(ballotId: string, size: number | null): Promise<Located> {
    const ballot = await this.archived.find(ballotId);
    if (!ballot) throw new BallotNotFound();
    const parameters = [ballot.drawId, size];
    const [row] = await this.work.reader.query<{ size: string; note: string | null }[]>(LOCATE_ARCHIVED, parameters);
    invariant(row, `draw ${ballot.drawId} has a log`);
    const current = Number(row.size);
    return {
      ballot,
      current,
      checkpoint: row.note ?? (await this.archived.checkpointAt(ballot.drawId, size ?? current)),
    };
  }

  async latestCheckpoint(drawId: string): Promise<string> {
    const [row] = await this.work.reader.query<{ note: string }[]>(
      'select note from ballot_checkpoints where draw_id = $1 order by size desc limit 1',
      [drawId],
    );
    invariant(row, `draw ${drawId} has a checkpoint`);
    return row.note;
  }

  /** A leaf's hash is not stored: it follows from its ballot. */
  private async readLeaves(drawId: string, spans: readonly Span[]): Promise<Map<Span, Buffer[]>> {
    if (spans.length === 0) return new Map();
    const rows = await this.work.reader.query<(BallotRow & { span: string })[]>(LEAVES, [drawId, ...boundsOf(spans)]);
    return grouped(spans, rows, (row) => leafHash(fromRow(row).line));
  }

  private async readSubtrees(drawId: string, spans: readonly Span[]): Promise<Map<Span, Buffer[]>> {
    if (spans.length === 0) return new Map();
    const levels = spans.map(({ level }) => level);
    const parameters = [drawId, levels, ...boundsOf(spans)];
    const rows = await this.work.reader.query<{ hashes: Buffer }[]>(SUBTREES, parameters);
    return new Map(spans.map((span, i) => [span, split(rows[i]?.hashes ?? Buffer.alloc(0))]));
  }
}

function isComplete(span: Span, found: ReadonlyMap<Span, readonly Buffer[]>): boolean {
  return found.get(span)?.length === span.end - span.start;
}

function split(hashes: Buffer): Buffer[] {
  const count = hashes.length / HASH_BYTES;
  return Array.from({ length: count }, (_, i) => hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

function boundsOf(spans: readonly Span[]): [first: number[], last: number[]] {
  return [spans.map(({ start }) => start), spans.map(({ end }) => end - 1)];
}

/** Rows carry the position of their span, from 1, as `with ordinality` counts. */
function grouped<Row extends { span: string }>(
  spans: readonly Span[],
  rows: readonly Row[],
  hashOf: (row: Row) => Buffer,
): Map<Span, Buffer[]> {
  const hashes = new Map<Span, Buffer[]>(spans.map((span) => [span, []]));
  for (const row of rows) {
    const span = spans[Number(row.span) - 1];
    if (span) hashes.get(span)?.push(hashOf(row));
  }
  return hashes;
}

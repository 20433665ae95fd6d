import { Injectable } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';
import type { Span } from '../../shared/domain/merkle-proof';
import { leafHash, SUBTREE_WIDTH } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../shared/infrastructure/typeorm-unit-of-work';
import { LogHashes } from '../application/log-hashes';
import { fromRow } from './ballot-row';
import type { BallotRow } from './ballot-logs.table';

/**
 * The limit says what the planner cannot know: a span has few rows. Without it PostgreSQL expects a ninth of the table and
 * reads all of it.
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
  select hash, span
  from unnest($2::int[], $3::bigint[], $4::bigint[]) with ordinality as spans (level, first, last, span)
  cross join lateral (
    select hash, index from ballot_subtrees
    where draw_id = $1 and ballot_subtrees.level = spans.level and index between first and last
    order by index limit ${SUBTREE_WIDTH}
  ) as found
  order by span, found.index`;

@Injectable()
export class TypeOrmLogHashes extends LogHashes {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async read(drawId: string, spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>> {
    const leaves = spans.filter(({ level }) => level === 0);
    const subtrees = spans.filter(({ level }) => level > 0);
    const found = new Map([...(await this.readLeaves(drawId, leaves)), ...(await this.readSubtrees(drawId, subtrees))]);
    for (const span of spans) {
      invariant(found.get(span)?.length === span.end - span.start, `the hashes of ${JSON.stringify(span)} are stored`);
    }
    return found;
  }

  async checkpointAt(drawId: string, size: number): Promise<string | null> {
    const [row] = await this.work.reader.query<{ note: string }[]>(
      'select note from ballot_checkpoints where draw_id = $1 and size = $2',
      [drawId, size],
    );
    return row?.note ?? null;
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
    const rows = await this.work.reader.query<{ hash: Buffer; span: string }[]>(SUBTREES, parameters);
    return grouped(spans, rows, ({ hash }) => hash);
  }
}

function boundsOf(spans: readonly Span[]): [first: number[], last: number[]] {
  return [spans.map(({ start }) => start), spans.map(({ end }) => end - 1)];
}

/** Rows carry the place of their span, from 1, as `with ordinality` counts. */
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

import type { LogAppend, LogStore } from '../../shared/application/signed-log';
import { invariant } from '../../shared/domain/invariant';
import type { Span } from '../../shared/domain/merkle-proof';
import { Frontier, SUBTREE_WIDTH } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

/** A statement that stores the new entries of a log: a part of the one that stores their tree. */
interface EntryInsert {
  /** Its parameters begin with $7; $1 is the new size of the log. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * The tree of a log in three tables: `<name>` with its one row, `<name>_hashes` and `<name>_checkpoints`. Locking the
 * row makes one writer at a time the only one.
 */
export class TypeOrmLog implements LogStore {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly name: string,
  ) {}

  async lock(): Promise<Frontier> {
    const [row] = await this.work.writer.query<{ size: string; frontier: Buffer }[]>(
      `select size, frontier from ${this.name} for update`,
    );
    invariant(row, `there is one ${this.name}`);
    return Frontier.fromBytes(Number(row.size), row.frontier);
  }

  async append({ frontier, hashes: leaves, completed, checkpoint }: LogAppend, entries: EntryInsert): Promise<void> {
    const first = frontier.size - leaves.length;
    const hashes = [...leaves.map((hash, i) => ({ level: 0, index: first + i, hash })), ...completed];
    await this.work.writer.query(appendSql(this.name, entries.sql), [
      frontier.size,
      frontier.toBytes(),
      checkpoint,
      hashes.map(({ level }) => level),
      hashes.map(({ index }) => index),
      hashes.map((one) => one.hash.toString('hex')),
      ...entries.parameters,
    ]);
  }

  async size(): Promise<number> {
    const [row] = await this.work.reader.query<[{ size: string }]>(`select size from ${this.name}`);
    return Number(row.size);
  }

  async hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>> {
    const rows = await this.work.reader.query<{ hash: Buffer; span: string }[]>(hashesSql(this.name), [
      spans.map(({ level }) => level),
      spans.map(({ start }) => start),
      spans.map(({ end }) => end - 1),
    ]);
    const found = new Map<Span, Buffer[]>(spans.map((span) => [span, []]));
    // `with ordinality` counts from 1.
    for (const { hash, span } of rows) found.get(spans[Number(span) - 1] as Span)?.push(hash);
    for (const [span, hashes] of found) {
      invariant(hashes.length === span.end - span.start, `the hashes of ${JSON.stringify(span)} are stored`);
    }
    return found;
  }

  async checkpointAt(size: number): Promise<string | null> {
    const [row] = await this.work.reader.query<{ note: string }[]>(
      `select note from ${this.name}_checkpoints where size = $1`,
      [size],
    );
    return row?.note ?? null;
  }
}

function appendSql(name: string, entries: string): string {
  return `
    with entry as (${entries}), new_hashes as (
      insert into ${name}_hashes (level, index, hash)
      select level, index, decode(hash, 'hex')
      from unnest($4::int[], $5::bigint[], $6::text[]) as t (level, index, hash)
    ), checkpoint as (
      insert into ${name}_checkpoints (size, note) values ($1, $3)
    )
    update ${name} set size = $1, frontier = $2`;
}

/** The limit tells the planner what it cannot know: a span has few rows. */
function hashesSql(name: string): string {
  return `
    select hash, span
    from unnest($1::int[], $2::bigint[], $3::bigint[]) with ordinality as spans (level, first, last, span)
    cross join lateral (
      select hash, index from ${name}_hashes
      where ${name}_hashes.level = spans.level and index between first and last order by index limit ${SUBTREE_WIDTH}
    ) as found
    order by span, found.index`;
}

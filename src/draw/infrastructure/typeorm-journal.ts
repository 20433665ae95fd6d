import { Injectable } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';
import type { Span } from '../../shared/domain/merkle-proof';
import { Frontier, SUBTREE_WIDTH } from '../../shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Journal, JournalAppend, JournalEntry } from '../application/journal';

const APPEND = `
  with entry as (
    insert into journal_entries (index, statement)
    select $1::bigint - cardinality($2::text[]) + place - 1, statement
    from unnest($2::text[]) with ordinality as t (statement, place)
  ), new_hashes as (
    insert into journal_hashes (level, index, hash)
    select level, index, decode(hash, 'hex') from unnest($3::int[], $4::bigint[], $5::text[]) as t (level, index, hash)
  ), checkpoint as (
    insert into journal_checkpoints (size, note) values ($1, $6)
  )
  update journal set size = $1, frontier = $7`;

/** The limit tells the planner what it cannot know: a span has few rows. */
const HASHES = `
  select hash, span
  from unnest($1::int[], $2::bigint[], $3::bigint[]) with ordinality as spans (level, first, last, span)
  cross join lateral (
    select hash, index from journal_hashes
    where journal_hashes.level = spans.level and index between first and last order by index limit ${SUBTREE_WIDTH}
  ) as found
  order by span, found.index`;

@Injectable()
export class TypeOrmJournal extends Journal {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async lock(): Promise<Frontier> {
    const [row] = await this.work.writer.query<{ size: string; frontier: Buffer }[]>(
      'select size, frontier from journal for update',
    );
    invariant(row, 'there is one journal');
    return Frontier.fromBytes(Number(row.size), row.frontier);
  }

  async append({ frontier, statements, hashes: leaves, completed, checkpoint }: JournalAppend): Promise<void> {
    const first = frontier.size - leaves.length;
    const hashes = [...leaves.map((hash, i) => ({ level: 0, index: first + i, hash })), ...completed];
    await this.work.writer.query(APPEND, [
      frontier.size,
      statements,
      hashes.map(({ level }) => level),
      hashes.map(({ index }) => index),
      hashes.map((one) => one.hash.toString('hex')),
      checkpoint,
      frontier.toBytes(),
    ]);
  }

  async size(): Promise<number> {
    const [row] = await this.work.reader.query<[{ size: string }]>('select size from journal');
    return Number(row.size);
  }

  async entries(from: number, limit: number): Promise<readonly JournalEntry[]> {
    const rows = await this.work.reader.query<{ index: string; statement: string }[]>(
      'select index, statement from journal_entries where index >= $1 order by index limit $2',
      [from, limit],
    );
    return rows.map(({ index, statement }) => ({ index: Number(index), statement }));
  }

  async hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>> {
    const rows = await this.work.reader.query<{ hash: Buffer; span: string }[]>(HASHES, [
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
      'select note from journal_checkpoints where size = $1',
      [size],
    );
    return row?.note ?? null;
  }
}

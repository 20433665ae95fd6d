import type { ArchiveKey, ArchiveKind } from '../domain/archived-row';

/** Sends statements: a connection, or something that chooses one. */
export interface Sql {
  query<T>(statement: string, parameters?: unknown[]): Promise<T>;
}

/** A compressed block and its place in its file. */
export interface StoredBlock {
  readonly first: ArchiveKey;
  readonly position: number;
  readonly bytes: number;
  /** Of the compressed bytes. */
  readonly sha256: Buffer;
}

export interface StoredFile {
  readonly number: number;
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: Buffer;
  readonly last: ArchiveKey;
}

/** The block that holds what was asked for, if any does. */
export interface BlockPlace extends Omit<StoredBlock, 'first'> {
  /** In the archive. */
  readonly file: string;
}

const RECORD = `
  with file as (
    insert into ballot_archive_files (partition_name, kind, number, bytes, rows, sha256, last_id, last_number)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )
  insert into ballot_archive_blocks (partition_name, kind, file, first_id, first_number, position, bytes, sha256)
  select $1, $2, $3, * from unnest($9::uuid[], $10::bigint[], $11::int[], $12::int[], $13::bytea[])`;

const FILES = `
  select number, bytes, rows, sha256, last_id as "lastId", last_number as "lastNumber" from ballot_archive_files
  where partition_name = $1 and kind = $2 order by number`;

const BLOCKS = `
  select first_id as "firstId", first_number as "firstNumber", position, bytes, sha256 from ballot_archive_blocks
  where partition_name = $1 and kind = $2 and file = $3 order by first_id, first_number`;

/** Each place is in the last block that does not begin after it. */
const BLOCKS_OF_PLACES = `
  select place, folder, block.*
  from unnest($2::uuid[], $3::bigint[]) with ordinality as wanted (draw_id, number, place)
  join ballot_partitions as unit
    on unit.first_draw <= draw_id and draw_id < unit.end_draw and unit.archived_at is not null
  cross join lateral (
    select file, position, bytes, sha256 from ballot_archive_blocks
    where partition_name = unit.name and kind = $1 and (first_id, first_number) <= (wanted.draw_id, wanted.number)
    order by first_id desc, first_number desc limit 1
  ) as block`;

const BLOCK_BEHIND = `
  select 1 as place, folder, file, position, bytes, sha256
  from ballot_partitions as unit join ballot_archive_blocks on partition_name = unit.name and kind = $1
  where unit.first_draw <= $2 and $2::uuid < unit.end_draw and unit.archived_at is not null
    and (first_id, first_number) > ($2::uuid, $3::bigint)
  order by first_id, first_number limit 1`;

/** A ballot's month is that of its draw's opening, so its id may be in the range of several months. */
const BLOCKS_OF_ID = `
  select 1 as place, folder, block.*
  from ballot_partitions as unit
  cross join lateral (
    select file, position, bytes, sha256 from ballot_archive_blocks
    where partition_name = unit.name and kind = 'ids' and first_id <= $1::uuid
    order by first_id desc, first_number desc limit 1
  ) as block
  where unit.archived_at is not null and $1::uuid between unit.first_ballot and unit.last_ballot`;

interface BlockRow {
  readonly place: string;
  readonly folder: string;
  readonly file: number;
  readonly position: number;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** The database's index of the archive: its files, and the blocks in them. */
export class ArchiveCatalog {
  constructor(private readonly sql: Sql) {}

  async files(unit: string, kind: ArchiveKind): Promise<readonly StoredFile[]> {
    const rows = await this.sql.query<(StoredFile & { rows: string; lastId: string; lastNumber: string })[]>(FILES, [
      unit,
      kind,
    ]);
    return rows.map(({ number, bytes, rows: count, sha256, lastId, lastNumber }) => {
      return { number, bytes, rows: Number(count), sha256, last: { id: lastId, number: Number(lastNumber) } };
    });
  }

  async blocks(unit: string, kind: ArchiveKind, file: number): Promise<readonly StoredBlock[]> {
    const rows = await this.sql.query<(StoredBlock & { firstId: string; firstNumber: string })[]>(BLOCKS, [
      unit,
      kind,
      file,
    ]);
    return rows.map(({ firstId, firstNumber, position, bytes, sha256 }) => {
      return { first: { id: firstId, number: Number(firstNumber) }, position, bytes, sha256 };
    });
  }

  /** Both or neither, once the file is stored. */
  async record(unit: string, kind: ArchiveKind, file: StoredFile, blocks: readonly StoredBlock[]): Promise<void> {
    await this.sql.query(RECORD, [
      unit,
      kind,
      file.number,
      file.bytes,
      file.rows,
      file.sha256,
      file.last.id,
      file.last.number,
      blocks.map(({ first }) => first.id),
      blocks.map(({ first }) => first.number),
      blocks.map(({ position }) => position),
      blocks.map(({ bytes }) => bytes),
      blocks.map(({ sha256 }) => sha256),
    ]);
  }

  /** For each of these keys the block that would hold it; undefined if its draw is not archived. */
  async blocksOf(kind: 'ballots' | 'checkpoints', keys: readonly ArchiveKey[]): Promise<(BlockPlace | undefined)[]> {
    if (keys.length === 0) return [];
    const rows = await this.sql.query<BlockRow[]>(BLOCKS_OF_PLACES, [
      kind,
      keys.map(({ id }) => id),
      keys.map(({ number }) => number),
    ]);
    const places = new Map(rows.map((row) => [Number(row.place), placeOf(kind, row)]));
    return keys.map((_, i) => places.get(i + 1));
  }

  /** The first block of the same unit that begins after this key, or null. */
  async blockBehind(kind: 'checkpoints', { id, number }: ArchiveKey): Promise<BlockPlace | null> {
    const [row] = await this.sql.query<BlockRow[]>(BLOCK_BEHIND, [kind, id, number]);
    return row ? placeOf(kind, row) : null;
  }

  /** The blocks of kind `ids` that this ballot could be in. */
  async blocksOfId(ballotId: string): Promise<readonly BlockPlace[]> {
    const rows = await this.sql.query<BlockRow[]>(BLOCKS_OF_ID, [ballotId]);
    return rows.map((row) => placeOf('ids', row));
  }
}

export function fileName(folder: string, kind: ArchiveKind, number: number): string {
  return `${folder}/${kind}-${String(number).padStart(5, '0')}.gz`;
}

function placeOf(kind: ArchiveKind, { folder, file, position, bytes, sha256 }: BlockRow): BlockPlace {
  return { file: fileName(folder, kind, file), position, bytes, sha256 };
}

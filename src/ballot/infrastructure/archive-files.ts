import { hash } from 'node:crypto';
import type { ArchiveUnit } from '../application/archivable-ballots';
import { BallotArchive } from '../application/ballot-archive';
import { ArchiveBlock, BlockCutter } from '../domain/archive-blocks';
import { ARCHIVE_KINDS, ArchiveKey, ArchiveKind, archiveKeyOf, BEFORE_ALL } from '../domain/archived-row';
import { NotAsWritten, packBlock, unpackBlock } from './archive-block';
import { ArchiveCatalog, fileName, StoredBlock } from './archive-catalog';
import type { ArchiveStore } from './archive-store';

/** Size at which a file is complete. As much is held in memory, and repeated after a crash. */
const FILE_BYTES = 16 * 1_024 * 1_024;

/** The archive as files of compressed blocks in a store, with the catalogue in the database. */
export class ArchiveFiles extends BallotArchive {
  constructor(
    private readonly catalog: ArchiveCatalog,
    private readonly store: ArchiveStore,
    private readonly fileBytes = FILE_BYTES,
  ) {
    super();
  }

  async write(
    unit: ArchiveUnit,
    kind: ArchiveKind,
    rowsAfter: (after: ArchiveKey) => Promise<readonly string[]>,
    done: (rows: number) => void,
  ): Promise<void> {
    const stored = await this.catalog.files(unit.name, kind);
    let count = stored.reduce((sum, { rows }) => sum + rows, 0);
    let draft = new Draft(stored.length + 1);
    const cutter = new BlockCutter(kind);
    let rows = await rowsAfter(stored.at(-1)?.last ?? BEFORE_ALL);
    for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
      const blocks = rows.flatMap((row) => cutter.add(row) ?? []);
      // The database works while this process compresses.
      const [packed, next] = await Promise.all([packAll(blocks), rowsAfter(archiveKeyOf(kind, last))]);
      done((count += rows.length));
      for (const [i, block] of blocks.entries()) {
        draft.add(block, packed[i] as Buffer);
        if (draft.bytes >= this.fileBytes) draft = await this.complete(unit, kind, draft);
      }
      rows = next;
    }
    const rest = cutter.rest();
    if (rest) draft.add(rest, await packBlock(rest.rows));
    if (draft.bytes > 0) await this.complete(unit, kind, draft);
  }

  async describe(unit: ArchiveUnit): Promise<void> {
    const files = [];
    for (const kind of ARCHIVE_KINDS) {
      for (const { number, bytes, rows, sha256 } of await this.catalog.files(unit.name, kind)) {
        files.push({ file: fileName(unit.folder, kind, number), bytes, rows, sha256: sha256.toString('hex') });
      }
    }
    const { name, firstDraw, endDraw } = unit;
    const manifest = { format: 'lottery-archive/v1', name, firstDraw, endDraw, files };
    const content = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const file = `${unit.folder}/manifest.json`;
    await this.store.put(file, content);
    if (!content.equals(await this.store.get(file, 0, content.length)))
      throw new NotAsWritten(`${file} is not as written`);
  }

  async *rows(unit: Pick<ArchiveUnit, 'name' | 'folder'>, kind: ArchiveKind): AsyncIterable<readonly string[]> {
    let next = 1;
    for (const { number, bytes, sha256, rows, last } of await this.catalog.files(unit.name, kind)) {
      const name = fileName(unit.folder, kind, number);
      if (number !== next++) throw new NotAsWritten(`${name} is not the next file of its kind`);
      const blocks = await this.catalog.blocks(unit.name, kind, number);
      assertTiled(name, blocks, bytes);
      const content = await this.store.get(name, 0, bytes);
      if (!hash('sha256', content, 'buffer').equals(sha256)) throw new NotAsWritten(`${name} is not as written`);
      let [count, lastRow] = [0, ''];
      for (const block of blocks) {
        const packed = content.subarray(block.position, block.position + block.bytes);
        const unpacked = await unpackBlock(packed, block.sha256);
        const isFound = isAt(block.first, kind, unpacked[0] ?? '');
        if (!isFound) throw new NotAsWritten(`${name}: the block at ${block.position} does not begin where it should`);
        count += unpacked.length;
        lastRow = unpacked.at(-1) ?? '';
        yield unpacked;
      }
      if (count !== rows) throw new NotAsWritten(`${name} has ${count} rows, not ${rows}`);
      if (!isAt(last, kind, lastRow)) throw new NotAsWritten(`${name} does not end where it should`);
    }
  }

  private async complete(unit: ArchiveUnit, kind: ArchiveKind, draft: Draft): Promise<Draft> {
    const content = draft.content();
    await this.store.put(fileName(unit.folder, kind, draft.number), content);
    const { number, bytes, rows, last } = draft;
    const file = { number, bytes, rows, last, sha256: hash('sha256', content, 'buffer') };
    await this.catalog.record(unit.name, kind, file, draft.blocks);
    return new Draft(number + 1);
  }
}

/** The blocks of a file follow each other from its first byte to its last. @throws NotAsWritten */
function assertTiled(name: string, blocks: readonly StoredBlock[], bytes: number): void {
  let end = 0;
  for (const block of blocks) {
    if (block.position !== end) throw new NotAsWritten(`${name}: no block begins at ${end}`);
    end += block.bytes;
  }
  if (end !== bytes) throw new NotAsWritten(`${name}: its blocks end at ${end}, not at ${bytes}`);
}

function isAt({ id, number }: ArchiveKey, kind: ArchiveKind, row: string): boolean {
  const key = archiveKeyOf(kind, row);
  return key.id === id && key.number === number;
}

/** A file being filled. */
class Draft {
  readonly blocks: StoredBlock[] = [];
  private readonly pieces: Buffer[] = [];
  bytes = 0;
  rows = 0;
  last = BEFORE_ALL;

  constructor(readonly number: number) {}

  add({ first, last, rows }: ArchiveBlock, packed: Buffer): void {
    const sha256 = hash('sha256', packed, 'buffer');
    this.blocks.push({ first, position: this.bytes, bytes: packed.length, sha256 });
    this.pieces.push(packed);
    this.bytes += packed.length;
    this.rows += rows.length;
    this.last = last;
  }

  content(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

function packAll(blocks: readonly ArchiveBlock[]): Promise<Buffer[]> {
  return Promise.all(blocks.map(({ rows }) => packBlock(rows)));
}

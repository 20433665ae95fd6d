import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** Maximum size of an unpacked block. A block has at most some 500 KB of rows; a larger one is not ours. */
const MAX_UNPACKED_BYTES = 4 * 1_024 * 1_024;

/** The archive's content differs from what was written. */
export class NotAsWritten extends Error {}

/** Compresses a block to a gzip member of its own, so that any gunzip can unpack a file of them. */
export function packBlock(rows: readonly string[]): Promise<Buffer> {
  return compress(rows.map((row) => `${row}\n`).join(''));
}

/** @throws NotAsWritten if these are not the archived bytes */
export async function unpackBlock(packed: Buffer, sha256: Buffer): Promise<string[]> {
  if (!hash('sha256', packed, 'buffer').equals(sha256)) throw new NotAsWritten('the block is not what was archived');
  const rows = (await decompress(packed, { maxOutputLength: MAX_UNPACKED_BYTES })).toString().split('\n');
  rows.pop();
  return rows;
}

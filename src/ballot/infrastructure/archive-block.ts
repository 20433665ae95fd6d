import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** A block has at most some 500 KB of rows; what unpacks to more is not ours. */
const MAX_UNPACKED_BYTES = 4 * 1_024 * 1_024;

/** What is in the archive is not what was put there. */
export class NotAsWritten extends Error {}

/** A gzip member of its own, so that a file of them can be unpacked as a whole by any gunzip. */
export function packBlock(rows: readonly string[]): Promise<Buffer> {
  return compress(rows.map((row) => `${row}\n`).join(''));
}

/** @throws NotAsWritten where these are not the bytes that were archived. */
export async function unpackBlock(packed: Buffer, sha256: Buffer): Promise<string[]> {
  if (!hash('sha256', packed, 'buffer').equals(sha256)) throw new NotAsWritten('the block is not what was archived');
  const rows = (await decompress(packed, { maxOutputLength: MAX_UNPACKED_BYTES })).toString().split('\n');
  rows.pop();
  return rows;
}

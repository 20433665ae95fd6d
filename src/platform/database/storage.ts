import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { errorCode } from '../errors/error-code';

/** Two segments of the write-ahead log: with less, PostgreSQL may stop at any moment. */
const LEAST_FREE_BYTES = 32 * 1024 * 1024;
/** How long a write that could not be stored speaks for those after it. */
const FAULT_LASTS_MS = 30_000;

/** When the server last could not store something. A process has one database. */
let faultAtMs = -Infinity;

export function noteStorageFault(): void {
  faultAtMs = performance.now();
}

/**
 * What keeps the database from storing anything, in words; null if nothing is known. Reads alone would not show it.
 *
 * @param folder where PostgreSQL keeps its files, if that is on this machine.
 */
export async function storageFault(folder: string | undefined): Promise<string | null> {
  if (performance.now() - faultAtMs < FAULT_LASTS_MS) return 'its database cannot store anything: see its disk';
  if (folder === undefined) return null;
  const unwritable = await access(folder, constants.W_OK).then(
    () => null,
    (error: unknown) => errorCode(error) ?? 'unknown',
  );
  if (unwritable !== null) return `the data folder of its database cannot be written (${unwritable})`;
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return free < LEAST_FREE_BYTES ? `the disk of its database is full (${Math.floor(free / 2 ** 20)} MB left)` : null;
}

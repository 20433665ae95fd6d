import { link, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Keeper } from './keeper';
import { isOrphan, isPostmasterOf } from './process';

/** How long to wait for a start: recovery after a crash reads the write-ahead log since the last checkpoint. */
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 15;
/**
 * How long to wait for a fast stop. One that reaches the server in its first moments can hang; an immediate stop leaves
 * the rest to recovery.
 */
const ORPHAN_FAST_STOP_MS = 3_000;
const LOCK_FILE = 'postmaster.pid';
/** How long the file may be empty: postgres creates it and writes it at once, so an empty file was left by a crash. */
const EMPTY_FILE_GRACE_MS = 5_000;

interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/**
 * Finds the server that runs on this data and waits until it is ready. Stops a server without a keeper first.
 * PostgreSQL's own `postmaster.pid` is the lock; there is no second one to disagree with it. @throws Error if a server
 * neither becomes ready nor ends in time.
 */
export async function findPostmaster(pgdata: string, log: (message: string) => void): Promise<Postmaster | undefined> {
  let orphan: { readonly pid: number; readonly since: number } | undefined;
  return untilKnown(pgdata, async () => {
    const postmaster = await readLiving(pgdata);
    if (!postmaster) return 'none';
    if (!(await isOrphan(postmaster.pid))) return postmaster.ready ? postmaster : undefined;
    if (orphan?.pid !== postmaster.pid) {
      log(`Stopping a PostgreSQL (process ${postmaster.pid}) whose owner was killed.`);
      orphan = { pid: postmaster.pid, since: Date.now() };
      signal(orphan.pid, 'SIGINT');
    } else if (Date.now() - orphan.since > ORPHAN_FAST_STOP_MS) {
      signal(orphan.pid, 'SIGQUIT');
    }
    return undefined;
  });
}

/** Waits until the server that this keeper started is ready. Returns null if it has ended instead. */
export async function findOwnPostmaster(pgdata: string, keeper: Keeper): Promise<Postmaster | undefined> {
  return untilKnown(pgdata, async () => {
    if (keeper.hasEnded()) return 'none';
    const postmaster = await readLock(pgdata);
    const isOurs = postmaster !== undefined && postmaster.pid === keeper.postgresPid();
    return isOurs && postmaster.ready ? postmaster : undefined;
  });
}

async function untilKnown(
  pgdata: string,
  look: () => Promise<Postmaster | 'none' | undefined>,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const known = await look();
    if (known) return known === 'none' ? undefined : known;
    await delay(POLL_MS);
  }
  throw new Error(
    `The PostgreSQL server on ${pgdata} did not get ready within ${READY_TIMEOUT_MS / 1_000} s. ` +
      'It may still be recovering from a crash: wait, look into postgres.log and start again.',
  );
}

async function readLiving(pgdata: string): Promise<Postmaster | undefined> {
  const postmaster = await readLock(pgdata);
  if (!postmaster || (await isPostmasterOf(pgdata, postmaster.pid)) || (await isBeingWritten(pgdata)))
    return postmaster;
  await removeStale(pgdata, postmaster.pid);
  return undefined;
}

/** The lines are fixed by postgres (miscadmin.h): 1 the process, 4 the port, 8 the state; the last ones come late. */
async function readLock(pgdata: string, file = join(pgdata, LOCK_FILE)): Promise<Postmaster | undefined> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

async function isBeingWritten(pgdata: string): Promise<boolean> {
  const file = await stat(join(pgdata, LOCK_FILE)).catch(ignoreMissing);
  return file?.size === 0 && Date.now() - file.mtimeMs < EMPTY_FILE_GRACE_MS;
}

/** Whether the server on this port still runs, or is starting. */
export async function isRunning(pgdata: string, port: number): Promise<boolean> {
  const postmaster = await readLock(pgdata);
  return postmaster?.port === port && (await isPostmasterOf(pgdata, postmaster.pid));
}

/** Restores the file if it turns out to be a new server's, written after it was judged. */
async function removeStale(pgdata: string, judgedPid: number): Promise<void> {
  const aside = join(pgdata, `${LOCK_FILE}.stale-${process.pid}`);
  await rename(join(pgdata, LOCK_FILE), aside).catch(ignoreMissing);
  const removed = await readLock(pgdata, aside);
  // What a power cut left of it, zeros or rubbish, has no number: NaN.
  if (removed && !Object.is(removed.pid, judgedPid)) await link(aside, join(pgdata, LOCK_FILE));
  await rm(aside, { force: true });
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

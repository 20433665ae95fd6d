import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { CHILD_ENVIRONMENT } from './home';

const run = promisify(execFile);

const PS_TIMEOUT_MS = 5_000;

/** The name of our supervisor in the process table. */
export const KEEPER_NAME = 'postgres-keeper';

interface Running {
  parentPid: number;
  command: string;
}

/** Process ids are reused, so the id alone proves nothing: the command line must name this data folder. */
export async function isPostmasterOf(pgdata: string, pid: number): Promise<boolean> {
  if (process.platform === 'win32') return isAlive(pid);
  return (await lookUp(pid))?.command.includes(`-D ${pgdata} `) ?? false;
}

/** Whether the keeper was killed, so that nothing would ever stop this postmaster. */
export async function isOrphan(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const postmaster = await lookUp(pid);
  const parent = postmaster && (await lookUp(postmaster.parentPid));
  return postmaster !== undefined && !parent?.command.startsWith(KEEPER_NAME);
}

/** A process that ended but was not reaped has no command line, so it counts as another program. */
async function lookUp(pid: number): Promise<Running | undefined> {
  const found = process.platform === 'linux' ? readProc(pid) : askPs(pid);
  return found.catch(() => undefined);
}

/** Slim container images have no ps. */
async function readProc(pid: number): Promise<Running> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8');
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
  const [, parentPid] = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return { parentPid: Number(parentPid), command: command.replaceAll('\0', ' ') };
}

async function askPs(pid: number): Promise<Running> {
  const options = { env: CHILD_ENVIRONMENT, timeout: PS_TIMEOUT_MS };
  const { stdout } = await run('/bin/ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)], options);
  const [, parentPid, command = ''] = /^\s*(\d+)\s+(.*)$/s.exec(stdout) ?? [];
  return { parentPid: Number(parentPid), command };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

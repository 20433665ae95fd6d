import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CHILD_ENVIRONMENT, type Home } from './home';
import { openLog } from './log';
import { KEEPER_NAME } from './process';

/** Time limit of a fast stop, which writes memory to disk; then an immediate stop leaves that to the next start. */
const FAST_STOP_MS = 20_000;
const STOP_TIMEOUT_MS = 30_000;

/**
 * Starts in a row that fail until the keeper gives up. After a kill -9, the processes that postgres leaves behind keep
 * its memory for a moment; the pauses grow to some seconds in all.
 */
const MAX_FAILURES = 6;
const FIRST_PAUSE_MS = 100;
/** A start that lasts for this long has not failed. */
const STEADY_MS = 10_000;

/**
 * The keeper is a program in a string, so that it is the same from TypeScript and from dist. It starts postgres, prints
 * its process id, and stops it when stdin closes: the kernel closes that even for a process killed with -9. Once it is
 * told to keep postgres, it starts it again, on the same port, whenever it ends.
 */
const KEEPER_PROGRAM = `
const { spawn } = require('node:child_process');
const { file, args, options, fastStopMs, maxFailures, firstPauseMs, steadyMs } = JSON.parse(process.argv[1]);
let postgres, isKept = false, isStopping = false, failures = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdout.on('error', () => {});
function start() {
  const startedMs = performance.now();
  postgres = spawn(file, args, { ...options, stdio: ['ignore', 2, 2] });
  postgres.on('error', (error) => { console.error(error.message); process.exit(1); });
  postgres.on('exit', (code, signal) => {
    if (isStopping || !isKept) process.exit(0);
    failures = performance.now() - startedMs < steadyMs ? failures + 1 : 1;
    if (failures > maxFailures) process.exit(1);
    process.stdout.write('ended ' + (signal ?? 'exit code ' + code) + '\\n');
    setTimeout(start, firstPauseMs * 2 ** (failures - 1));
  });
  if (postgres.pid) process.stdout.write(postgres.pid + '\\n');
}
start();
process.stdin.on('error', () => {}).on('data', () => (isKept = true)).on('close', () => {
  isStopping = true;
  if (postgres.exitCode !== null || postgres.signalCode !== null) process.exit(0);
  postgres.kill('SIGINT');
  setTimeout(() => postgres.kill('SIGQUIT'), fastStopMs);
});
`;

export interface Keeper {
  postgresPid(): number | undefined;
  hasEnded(): boolean;
  ended: Promise<void>;
  /** From now on postgres is started again when it ends; `onEnd` is told why it ended. */
  keep(onEnd: (why: string) => void): void;
  /** Stops postgres and waits for its end; false if the keeper had ended before. */
  release(): Promise<boolean>;
}

export async function startKeeper(home: Home, file: string, args: string[]): Promise<Keeper> {
  const options = { ...home.account, cwd: '/', env: CHILD_ENVIRONMENT };
  const limits = { maxFailures: MAX_FAILURES, firstPauseMs: FIRST_PAUSE_MS, steadyMs: STEADY_MS };
  const job = JSON.stringify({ file, args, options, fastStopMs: FAST_STOP_MS, ...limits });
  const logFile = await openLog(home);
  const child = spawn(process.execPath, ['-e', KEEPER_PROGRAM, '--', job], {
    argv0: KEEPER_NAME,
    // A session of its own: Ctrl-C must not reach the database before the application has drained.
    detached: process.platform !== 'win32',
    windowsHide: true,
    cwd: '/',
    env: CHILD_ENVIRONMENT,
    stdio: ['pipe', 'pipe', logFile],
  });
  closeSync(logFile);
  return watch(child);
}

function watch(child: ChildProcess): Keeper {
  let postgresPid: number | undefined;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  let onEnd: (why: string) => void = () => undefined;
  // Lines are far shorter than what a pipe delivers at once.
  child.stdout?.on('data', (text: Buffer) => {
    for (const line of text.toString().trimEnd().split('\n')) {
      if (line.startsWith('ended ')) onEnd(line.slice('ended '.length));
      else postgresPid = Number(line);
    }
  });
  child.stdin?.on('error', () => {});
  // An application that forgets to stop the server must still be able to exit.
  for (const handle of [child, child.stdin as Socket | null, child.stdout as Socket | null]) handle?.unref();

  function keep(listener: (why: string) => void): void {
    onEnd = listener;
    child.stdin?.write('keep\n');
  }

  async function release(): Promise<boolean> {
    if (hasEnded()) return false;
    child.ref();
    child.stdin?.end();
    await Promise.race([ended, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    if (!hasEnded()) throw new Error(`The embedded PostgreSQL did not stop within ${STOP_TIMEOUT_MS / 1_000} s.`);
    return true;
  }
  return { postgresPid: () => postgresPid, hasEnded, ended, keep, release };
}

import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type supertest from 'supertest';
import { watchingClient } from './contract-watch';
import { ANY_CLOCK } from './database-clock';
import { pause } from './pause';
import { CLOSE_TOKEN } from './test-app';

const CLOSE_AHEAD = join(__dirname, 'close-ahead.child.cjs');
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** The service as its users run it: the built program in a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** Base URL. */
  readonly url: string;
  /** What it has printed. */
  output(): string;
  request(): ReturnType<typeof supertest>;
  /** Sends the signal and gives the exit code, null where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function buildService(): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/build-if-needed.mjs']);
}

/** `program`: what runs in place of the service's own, for bugs that are planted in it. */
export async function startService(
  environment: Record<string, string>,
  program = 'dist/src/main.js',
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['--require', CLOSE_AHEAD, program], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: '0',
      ORIGIN: 'lottery.test',
      SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
      JWT_SECRET: 'a test key for tokens, forty characters!',
      INTERNAL_CLOSE_TOKEN: CLOSE_TOKEN,
      DATABASE_POOL_SIZE: '5',
      MAX_CLOCK_SKEW_SECONDS: ANY_CLOCK,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = await listening(child, () => output);
  const request = await watchingClient(url);
  return {
    child,
    url,
    output: () => output,
    request,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** The URL that the service prints once it listens. @throws Error with its output if it ends or takes too long. */
async function listening(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const url = /The lottery is open at (\S+)/.exec(output())?.[1];
    if (url !== undefined) return url;
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the service ${ended ? 'ended before it listened' : 'did not listen in time'}:\n${output()}`);
    }
    await pause(POLL_MS);
  }
}

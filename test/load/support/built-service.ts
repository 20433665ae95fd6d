import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { V8_FLAGS } from './v8-flags';

const ROOT = join(__dirname, '..', '..', '..');
const OPEN_AT = /open at (http:\S+)/;

export interface BuiltService {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** The service as `npm start` runs it: compiled, in a process of its own. */
export async function startBuiltService(environment: Record<string, string>): Promise<BuiltService> {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build-if-needed.mjs')], { stdio: 'inherit' });
  const service = spawn(process.execPath, [...V8_FLAGS, 'dist/src/main.js'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(service, 'exit');
  for await (const line of createInterface({ input: service.stdout })) {
    const url = OPEN_AT.exec(line)?.[1];
    if (url === undefined) continue;
    service.stdout.resume();
    return {
      pid: service.pid as number,
      url,
      stop: async () => {
        service.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the service ended before it was open');
}

import { openSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from './home';

const MAX_LOG_BYTES = 1_000_000;
const LOG_TAIL_LINES = 12;

const logFileOf = (home: Home) => join(home.folder, 'postgres.log');

/** Returns a descriptor for child processes to write to; rotates a large log once. */
export async function openLog(home: Home): Promise<number> {
  const bytes = await stat(logFileOf(home)).then(
    (file) => file.size,
    () => 0,
  );
  if (bytes > MAX_LOG_BYTES) await rename(logFileOf(home), `${logFileOf(home)}.old`);
  return openSync(logFileOf(home), 'a', 0o600);
}

export async function readLogTail(home: Home): Promise<string> {
  const text = await readFile(logFileOf(home), 'utf8').catch(() => '(there is no log)');
  return text.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

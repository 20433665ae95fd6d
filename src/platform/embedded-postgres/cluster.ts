import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries';
import { createFolder, handOver } from './draft';
import { CHILD_ENVIRONMENT, clusterOf, type Home } from './home';

const run = promisify(execFile);

const INITDB_TIMEOUT_MS = 60_000;
const PASSWORD_BYTES = 24;
const PASSWORD_FILE = 'password';
const PGDATA_FOLDER = 'pgdata';

export const SUPERUSER = 'postgres';

export const pgdataOf = (home: Home) => join(clusterOf(home), PGDATA_FOLDER);

/** Creates data and password together, so that neither ever exists without the other. */
export async function prepareCluster(home: Home, { initdb }: Binaries): Promise<void> {
  await createFolder(clusterOf(home), home.account, async (draft) => {
    const passwordFile = join(draft, PASSWORD_FILE);
    await writeFile(passwordFile, randomBytes(PASSWORD_BYTES).toString('hex'), { mode: 0o600, flush: true });
    await handOver(passwordFile, home.account);
    const options = { ...home.account, cwd: '/', env: CHILD_ENVIRONMENT, timeout: INITDB_TIMEOUT_MS };
    await run(initdb, initdbArguments(join(draft, PGDATA_FOLDER), passwordFile), options).catch(
      (error: Error & { stderr?: string }) => {
        throw new Error(
          `initdb could not create the database files in ${home.folder}: ${error.stderr || error.message}`,
        );
      },
    );
  });
}

function initdbArguments(pgdata: string, passwordFile: string): string[] {
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  return ['-D', pgdata, '--encoding=UTF8', '--no-locale', ...access];
}

export async function readPassword(home: Home): Promise<string> {
  return readFile(join(clusterOf(home), PASSWORD_FILE), 'utf8');
}

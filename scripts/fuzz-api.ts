import 'reflect-metadata';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/create-app';
import { createDataSource, migrate } from '../src/data-source';
import { ensureDatabase, startEmbeddedPostgres } from '../src/platform/embedded-postgres/server';
import { completeConfigFrom } from '../test/support/complete-config';
import { exact } from '../test/support/openapi-document';

const TOOL = 'schemathesis';
const DATABASE = 'fuzz';
const ADMIN = { username: 'admin', password: 'correct horse battery' };

/** Lets Schemathesis loose on a service of its own. Where it is not installed, it says so and fails in CI only. */
async function fuzzApi(): Promise<void> {
  if (spawnSync(TOOL, ['--version']).error) return explain();
  const dataDir = await mkdtemp(join(tmpdir(), 'fuzz-api-'));
  // PostgreSQL runs as another user where we are root, who must be able to reach it.
  await chmod(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, log: () => {} });
  try {
    await ensureDatabase(postgres, DATABASE);
    process.exitCode = await fuzz(postgres.url(DATABASE), join(dataDir, 'openapi.json'));
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fuzz(databaseUrl: string, document: string): Promise<number> {
  await migrate(databaseUrl);
  const config = completeConfigFrom({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    ADMIN_USERNAME: ADMIN.username,
    ADMIN_PASSWORD: ADMIN.password,
    // Nothing is sent to the URLs that are made up here.
    ROLES: 'api,scheduler',
    LOG_LEVEL: 'error',
  });
  const dataSource = await createDataSource({ url: databaseUrl, poolSize: 10 }).initialize();
  const app = await createApp(config, dataSource);
  try {
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    await writeFile(document, JSON.stringify(exact(await (await fetch(`${url}/openapi.json`)).json())));
    return await run(url, document, config.INTERNAL_CLOSE_TOKEN);
  } finally {
    await app.close();
    await dataSource.destroy();
  }
}

/** Gives the exit code of the tool. Its options: scripts/schemathesis.toml, then what this script was given. */
async function run(url: string, document: string, closeToken: string): Promise<number> {
  const body = JSON.stringify(ADMIN);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers, body });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  const given = ['--config-file', 'scripts/schemathesis.toml', 'run', document, '--url', url, ...process.argv.slice(2)];
  const env = { ...process.env, ADMIN_TOKEN: accessToken, INTERNAL_CLOSE_TOKEN: closeToken };
  const [code] = (await once(spawn(TOOL, given, { stdio: 'inherit', env }), 'exit')) as [number | null];
  return code ?? 1;
}

function explain(): void {
  const required = process.env['CI'] !== undefined;
  process.exitCode = required ? 1 : 0;
  console.log(`The API was ${required ? 'to be fuzzed' : 'NOT FUZZED'}: ${TOOL} is not on the path. To have it:
  python3 -m venv /tmp/${TOOL} && /tmp/${TOOL}/bin/pip install --requirement scripts/${TOOL}.txt
  PATH=/tmp/${TOOL}/bin:$PATH npm run fuzz:api`);
}

void fuzzApi();

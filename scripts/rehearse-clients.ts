import 'reflect-metadata';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/create-app';
import { createDataSource, migrate } from '../src/data-source';
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '../src/platform/embedded-postgres/server';
import { completeConfigFrom } from '../test/support/complete-config';
import { COMPILED_KITS } from './clients/compiled';
import { folderOf, type Kit } from './clients/run';
import { KITS } from './clients/tools';

/**
 * Makes clients of what the service serves at /openapi.json, and plays the quick start of the README with each. A tool
 * that cannot be installed is named in the report and no failure: registries are not ours. All else is one.
 * With `--all` also of generators whose clients take minutes to compile.
 */
async function rehearseClients(): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'rehearse-clients-'));
  // PostgreSQL runs as another user where we are root, who must be able to reach it.
  await chmod(parent, 0o755);
  const kits = process.argv.includes('--all') ? [...KITS, ...COMPILED_KITS] : KITS;
  const installing = kits.map((kit) => install(parent, kit));
  try {
    const dataDir = join(parent, 'postgres');
    const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, log: () => {} });
    try {
      for (const installed of installing) await rehearse(postgres, await installed);
    } finally {
      await postgres.stop();
    }
  } finally {
    await Promise.all(installing);
    await rm(parent, { recursive: true, force: true });
  }
}

interface Installed {
  readonly kit: Kit;
  readonly folder: string;
  readonly fault?: Error;
}

async function install(parent: string, kit: Kit): Promise<Installed> {
  const folder = await folderOf(parent, kit);
  const fault = await kit.install(folder).then(
    () => undefined,
    (error: Error) => error,
  );
  return { kit, folder, ...(fault && { fault }) };
}

let databases = 0;

/** Each client has a service with a day of its own, since a day is closed once. */
async function rehearse(postgres: EmbeddedPostgres, { kit, folder, fault }: Installed): Promise<void> {
  if (fault)
    return console.log(`NOT TRIED: ${kit.name}, whose tools could not be installed: ${lastLine(fault.message)}`);
  const startedAt = Date.now();
  const database = `clients_${databases++}`;
  await ensureDatabase(postgres, database);
  const said = await withService(postgres.url(database), async (url, closeToken) => {
    const answer = await fetch(`${url}/openapi.json`);
    await writeFile(join(folder, 'openapi.json'), await answer.text());
    await kit.build(folder);
    return kit.play(folder, { SERVICE_URL: url, CLOSE_TOKEN: closeToken });
  });
  console.log(`${kit.name}: ${said} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

async function withService<T>(databaseUrl: string, use: (url: string, closeToken: string) => Promise<T>): Promise<T> {
  await migrate(databaseUrl);
  const config = completeConfigFrom({ NODE_ENV: 'test', DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' });
  const dataSource = await createDataSource({ url: databaseUrl, poolSize: 10 }).initialize();
  const app = await createApp(config, dataSource);
  try {
    await app.listen(0, '127.0.0.1');
    return await use(await app.getUrl(), config.INTERNAL_CLOSE_TOKEN);
  } finally {
    await app.close();
    await dataSource.destroy();
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

void rehearseClients();

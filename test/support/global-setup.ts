import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/data-source';
import { EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/server';
import { running, TEMPLATE } from './test-server';

const PREFIX = 'lottery-test-';

/** One PostgreSQL for the whole run, with a migrated template from which every test file clones its database. */
export default async function setUp(): Promise<void> {
  await sweep();
  const server = await (process.env['TEST_POSTGRES_URL'] === undefined
    ? startOwn()
    : attach(process.env['TEST_POSTGRES_URL']));
  await ensureDatabase(server, TEMPLATE);
  await migrate(server.url(TEMPLATE));
  process.env['TEST_DATABASE_URL'] = server.url('postgres');
}

type Server = Pick<EmbeddedPostgres, 'url'>;

async function startOwn(): Promise<Server> {
  const dataDir = join(tmpdir(), `${PREFIX}${process.pid}`);
  // Tests kill processes, not machines: what is written survives that without fsync and images of whole pages.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };
  const server = await startEmbeddedPostgres({ dataDir, settings, log: () => undefined });
  running.stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return server;
}

/** A server of whatever version, for instance the oldest that is supported; the template there is made anew. */
async function attach(url: string): Promise<Server> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`drop database if exists ${TEMPLATE}`);
  await client.end();
  return { url: (database) => Object.assign(new URL(url), { pathname: `/${database}` }).toString() };
}

/** Removes what runs that were killed left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    if (!existsSync(`/proc/${name.slice(PREFIX.length)}`))
      await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

import { existsSync } from 'node:fs';
import { readdir, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/data-source';
import { EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/server';
import { running, TEMPLATE } from './test-server';

const PREFIX = 'lottery-test-';

/** A file system in memory, which every Linux has; containers mostly a small one. */
const IN_MEMORY = '/dev/shm';
const BYTES_WANTED = 4 * 2 ** 30;

/** One PostgreSQL for the whole run, with a migrated template from which every test file clones its database. */
export default async function setUp(): Promise<void> {
  for (const folder of [tmpdir(), IN_MEMORY]) await sweep(folder);
  const server = await (process.env['TEST_POSTGRES_URL'] === undefined
    ? startOwn()
    : attach(process.env['TEST_POSTGRES_URL']));
  await ensureDatabase(server, TEMPLATE);
  await migrate(server.url(TEMPLATE));
  process.env['TEST_DATABASE_URL'] = server.url('postgres');
}

type Server = Pick<EmbeddedPostgres, 'url'>;

async function startOwn(): Promise<Server> {
  const dataDir = join(await scratchFolder(), `${PREFIX}${process.pid}`);
  // Tests kill processes, not machines: what is written survives that without fsync and images of whole pages.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };
  const server = await startEmbeddedPostgres({ dataDir, settings, log: () => undefined });
  await cheapenLogins(server);
  running.stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return server;
}

/** Thousands of connections, each of which would otherwise hash the password 4,096 times on both sides. */
async function cheapenLogins(server: Server): Promise<void> {
  const url = server.url('postgres');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('set scram_iterations = 1');
  await client.query(`alter role postgres password ${client.escapeLiteral(new URL(url).password)}`);
  await client.end();
}

/** A server of whatever version, for instance the oldest that is supported; the template there is made anew. */
async function attach(url: string): Promise<Server> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`drop database if exists ${TEMPLATE}`);
  await client.end();
  return { url: (database) => Object.assign(new URL(url), { pathname: `/${database}` }).toString() };
}

/** In memory where there is enough of it: to make and drop databases of a thousand files costs a disk a quarter of a run. */
async function scratchFolder(): Promise<string> {
  const { bavail, bsize } = await statfs(IN_MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, freemem()) > BYTES_WANTED ? IN_MEMORY : tmpdir();
}

/** Removes what runs that were killed left behind. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(PREFIX)) continue;
    if (!existsSync(`/proc/${name.slice(PREFIX.length)}`))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

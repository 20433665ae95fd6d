import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../src/data-source';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/shared/infrastructure/embedded-postgres';
import { running, TEMPLATE } from './test-server';

const PREFIX = 'lottery-test-';

/** One PostgreSQL for the whole run, with a migrated template from which every test file clones its database. */
export default async function setUp(): Promise<void> {
  await sweep();
  const dataDir = join(tmpdir(), `${PREFIX}${process.pid}`);
  // Tests kill processes, not machines: what is written survives that without fsync.
  const settings = { fsync: 'off', max_connections: '300' };
  const server = await startEmbeddedPostgres({ dataDir, settings, log: () => undefined });
  running.stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  await ensureDatabase(server, TEMPLATE);
  await migrate(server.url(TEMPLATE));
  process.env['TEST_DATABASE_URL'] = server.url('postgres');
}

/** Removes what runs that were killed left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    if (!existsSync(`/proc/${name.slice(PREFIX.length)}`))
      await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

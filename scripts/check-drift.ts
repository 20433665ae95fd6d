import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/data-source';
import { ensureDatabase, startEmbeddedPostgres } from '../src/platform/embedded-postgres/server';
import { schemaDrift } from './schema-drift';

const DATABASE = 'drift';

/** Fails where a schema in the code and what the migrations build from nothing are not the same. */
async function checkDrift(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'check-drift-'));
  // PostgreSQL runs as another user where we are root, who must be able to reach it.
  await chmod(dataDir, 0o755);
  try {
    const server = await startEmbeddedPostgres({ dataDir, log: () => {} });
    try {
      await ensureDatabase(server, DATABASE);
      const ran = await migrate(server.url(DATABASE));
      report(ran.length, await schemaDrift(server.url(DATABASE)));
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function report(migrations: number, missing: string[]): void {
  if (missing.length === 0) {
    console.log(`${migrations} migrations build exactly what the schemas describe.`);
    return;
  }
  console.error(`The migrations do not build what the schemas describe. It would take:\n${missing.join(';\n')};`);
  process.exitCode = 1;
}

void checkDrift();

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/data-source';
import type { Schema } from '../src/verification/domain/schema';
import { ensureDatabase, startEmbeddedPostgres } from '../src/platform/embedded-postgres/server';
import { format, resolveConfig } from 'prettier';
import { SCHEMA } from '../migrations/schema';
import { migratedSchema, schemaDrift } from './schema-drift';

const DATABASE = 'drift';
const SCHEMA_FILE = join(__dirname, '../migrations/schema.ts');

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
      await compareSchema(await migratedSchema(server.url(DATABASE)));
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

/** `migrations/schema.ts` must say what the migrations build; with --write, it does from now on. */
async function compareSchema(schema: Schema): Promise<void> {
  if (process.argv.includes('--write')) return writeSchema(schema);
  const objects = new Set([...Object.keys(schema), ...Object.keys(SCHEMA)]);
  const differing = [...objects].filter((object) => schema[object] !== SCHEMA[object]);
  if (differing.length === 0) return;
  console.error(
    `migrations/schema.ts is out of date: npm run check:drift -- --write. It differs in\n${differing.join('\n')}`,
  );
  process.exitCode = 1;
}

async function writeSchema(schema: Schema): Promise<void> {
  const text = `/**
 * Everything that the migrations make, written by \`npm run check:drift -- --write\`: verify:all compares databases with
 * it. Long definitions are hashes of what PostgreSQL says, which is the same from version 15 to 18.
 */
export const SCHEMA: Readonly<Record<string, string>> = ${JSON.stringify(schema)};
`;
  const options = { ...(await resolveConfig(SCHEMA_FILE)), filepath: SCHEMA_FILE };
  await writeFile(SCHEMA_FILE, await format(text, options));
}

void checkDrift();

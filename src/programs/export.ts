import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { migrate } from '../data-source';
import { readConfig } from '../platform/config/config';
import { databaseUrlFault } from '../platform/database/database-url';
import { examineDatabase } from '../platform/database/examine-database';
import { withConnection } from '../platform/database/one-connection';
import { Snapshot } from '../verification/infrastructure/snapshot';
import { SECTIONS } from './config';
import { configuredDatabase } from './configured-database';
import { secretsFile } from './secrets-file';
import { copyTables } from './table-copy';
import { EXIT, Misuse, print, runProgram } from './terminal';

const HELP = `Moves everything from the service's database, mostly the embedded one, to an empty database of your own.
Stop the service first, and do not start it on the old database again: two databases that go on sign two histories.

  npm run export -- --to <postgres://owner:password@host/database>

--to    an empty database; its login owns the tables from then on (docs/operations.md, "Database roles")
--help  this text

The new database gets its tables from the migrations, and all rows in one transaction. Afterwards: npm run verify:all.

Exit codes: 0  everything is there
            1  a failure; the new database has its tables, and no row
            2  wrong arguments, a service that runs, or a database that is not empty
`;

const SESSIONS = `
  select count(*)::integer as count from pg_stat_activity
  where datname = current_database() and application_name in ('lottery-service', 'lottery-relay')
    and pid <> pg_backend_pid()`;

/** Returns the exit code. */
async function exportAll(): Promise<number> {
  const { values } = readArguments();
  if (values.help) {
    print(HELP);
    return EXIT.DONE;
  }
  const to = values.to ?? '';
  const fault = databaseUrlFault(to);
  if (fault !== null) throw new Misuse(`--to ${fault}`);
  const config = readConfig(SECTIONS);
  const database = await configuredDatabase(config.DATABASE_OWNER_URL ?? config.DATABASE_URL, config);
  try {
    if (database.embedded?.owner === false) throw new Misuse('stop the service first');
    await refuseSessions(database.url);
    await withConnection({ url: to, isPatient: true }, refuseTables);
    const schema = await migrated(database.url);
    await copy({ url: database.url, schema }, to);
  } finally {
    await database.stop();
  }
  print(`\nEverything is in the new database. Check it, with the same keys:\n
  DATABASE_URL=<the new database> npm run verify:all\n
Then start the service with that DATABASE_URL. Its keys are those of SIGNING_KEY and the others, or those in
${secretsFile(config.DATA_DIR)}.`);
  return EXIT.DONE;
}

function readArguments() {
  try {
    return parseArgs({ options: { to: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } } });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : 'wrong arguments');
  }
}

/** Both databases have the tables of this version then. Returns the schema of the tables. */
async function migrated(url: string): Promise<string> {
  const { schema } = await examineDatabase(url);
  await migrate(url, schema);
  return schema;
}

async function refuseSessions(url: string): Promise<void> {
  const ask = (client: Client) => client.query<{ count: number }>(SESSIONS);
  const { rows } = await withConnection({ url }, ask);
  if (rows[0]?.count !== 0) throw new Misuse('stop the service first: it is connected to the database');
}

async function copy(source: { readonly url: string; readonly schema: string }, to: string): Promise<void> {
  const schema = await migrated(to);
  const snapshot = await Snapshot.open({ ...source, role: undefined });
  try {
    await withConnection({ url: to, schema, isPatient: true }, async (target) => {
      await target.query('begin');
      await copyTables(snapshot, target, (name, rows) => print(`${String(rows).padStart(14)}  ${name}`));
      await target.query('commit');
    });
  } finally {
    await snapshot.close();
  }
}

async function refuseTables(target: Client): Promise<void> {
  const { rows } = await target.query(
    `select from pg_class where relnamespace = current_schema()::regnamespace limit 1`,
  );
  if (rows.length > 0) throw new Misuse('--to: that database is not empty');
}

void runProgram({ main: exportAll, codeOf: (error) => (error instanceof Misuse ? EXIT.MISUSED : EXIT.FAILED) });

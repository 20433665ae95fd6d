import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/data-source';
import { APP_ROLE } from '../../src/platform/database/app-role';
import { TEMPLATE } from './test-server';

export interface TestDatabase {
  readonly url: string;
  /** As the owner of the tables: for tests to look and to meddle. */
  readonly dataSource: DataSource;
  /** A pool of its own, as the service works. The caller destroys it. */
  connectAsApp(): Promise<DataSource>;
  /** Moves the database's clock: it reads this far from the true time, and goes on from there. */
  setClockOffset(milliseconds: number): Promise<void>;
  /** Sets the database's clock to this instant; it goes on from there. */
  setClock(instant: Date): Promise<void>;
  drop(): Promise<void>;
}

/** A database of its own, cloned from the migrated template (`template: null`: an empty one). */
export async function createTestDatabase(template: string | null = TEMPLATE, poolSize = 10): Promise<TestDatabase> {
  const name = `test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}${template === null ? '' : ` template ${template} strategy file_copy`}`);
  const url = urlOf(name);
  const dataSource = await createDataSource({ url, poolSize }).initialize();
  const setClockOffset = async (milliseconds: number): Promise<void> => {
    await dataSource.query(`
      create or replace function database_time() returns timestamptz language sql volatile as
        $$ select date_trunc('milliseconds', clock_timestamp() + interval '${milliseconds} milliseconds') $$`);
  };
  return {
    url,
    dataSource,
    connectAsApp: () => createDataSource({ url, poolSize, role: APP_ROLE }).initialize(),
    setClockOffset,
    setClock: (instant) => setClockOffset(instant.getTime() - Date.now()),
    drop: async () => {
      await dataSource.destroy();
      await administer(`drop database ${name} with (force)`);
    },
  };
}

function urlOf(database: string): string {
  const url = new URL(process.env['TEST_DATABASE_URL'] as string);
  url.pathname = `/${database}`;
  return url.toString();
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

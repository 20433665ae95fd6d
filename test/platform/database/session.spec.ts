import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { createDataSource } from '../../../src/data-source';
import { APP_ROLE } from '../../../src/platform/database/app-role';
import { examineDatabase } from '../../../src/platform/database/examine-database';
import { withConnection } from '../../../src/platform/database/one-connection';
import { settle, shownDuration, UnusableDatabase } from '../../../src/platform/database/session';
import { Pooler } from '../../support/pooler';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

/** What an administrator may have set for a database, and the service must not depend on. */
const FOREIGN = {
  TimeZone: 'Asia/Tokyo',
  DateStyle: 'German',
  IntervalStyle: 'sql_standard',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  default_transaction_isolation: 'serializable',
  synchronous_commit: 'off',
  statement_timeout: '3ms',
  lock_timeout: '3ms',
  idle_in_transaction_session_timeout: '3ms',
  search_path: '"$user", public, elsewhere',
};

const HELD = `
  select current_user::text as who, current_setting('lock_timeout') as lock, current_setting('statement_timeout') as limit,
    current_setting('TimeZone') as zone, current_setting('synchronous_commit') as commit,
    current_setting('search_path') as path, timestamptz '2026-01-02 03:04:05.678Z' as instant, '\\x00ff'::bytea as bytes,
    interval '1 day' as day, 1e15::float8 + 0.25 as number`;

interface Held {
  readonly who: string;
  readonly instant: Date;
  readonly bytes: Buffer;
}

describe('a session of the service', () => {
  let database: TestDatabase;

  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(() => database.drop());

  const nameOf = (url: string) => new URL(url).pathname.slice(1);
  const withOptions = (url: string, query: string) => `${url}?${query}`;

  async function setAll(settings: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(settings)) {
      const literal = name === 'search_path' ? value : `'${value}'`;
      await database.dataSource.query(`alter database ${nameOf(database.url)} set ${name} = ${literal}`);
    }
  }

  async function heldAt(url: string): Promise<Held> {
    const pool = await createDataSource({ url, poolSize: 1, role: APP_ROLE, schema: 'public' }).initialize();
    try {
      return (await pool.query<[Held]>(HELD))[0];
    } finally {
      await pool.destroy();
    }
  }

  const OURS = {
    ...{ who: APP_ROLE, lock: '5s', limit: '6s', zone: 'UTC', commit: 'on', path: '"public", pg_temp' },
    ...{ instant: new Date('2026-01-02T03:04:05.678Z'), bytes: Buffer.from([0, 0xff]), number: 1e15 + 0.25 },
  };

  it('is the same whatever the database sets', async () => {
    await setAll(FOREIGN);
    expect(await heldAt(database.url)).toMatchObject(OURS);
  });

  it('would be what the database sets for a connection of the driver alone', async () => {
    await setAll({ TimeZone: 'Asia/Tokyo', DateStyle: 'German', bytea_output: 'escape' });
    const bare = createDataSource({ url: database.url, poolSize: 1 });
    await bare.setOptions({ extra: { ...(bare.options.extra as object), session: undefined } }).initialize();
    const [held] = await bare.query<[Held]>(HELD);
    await bare.destroy();
    expect(held).toMatchObject({ who: 'postgres', zone: 'Asia/Tokyo', instant: null });
  });

  it('keeps its own settings beside those of the URL', async () => {
    const url = withOptions(
      database.url,
      'options=-c%20work_mem%3D8MB%20-c%20role%3Dpostgres&statement_timeout=1&lock_timeout=1',
    );
    expect(await heldAt(url)).toMatchObject(OURS);
    await withConnection({ url }, async (client) => {
      expect((await client.query("select current_setting('work_mem') as memory")).rows).toEqual([{ memory: '8MB' }]);
    });
  });

  it('is the same behind a pooler that drops what a startup message sets', async () => {
    await setAll(FOREIGN);
    const pooler = await Pooler.start('session', database.url);
    expect(await heldAt(pooler.url)).toMatchObject(OURS);
    expect(await examineDatabase(pooler.url)).toEqual({ schema: 'public' });
    await pooler.stop();
  });

  it('is refused behind a pooler that gives each transaction another session', async () => {
    const pooler = await Pooler.start('transaction', database.url);
    await expect(examineDatabase(pooler.url)).rejects.toThrow(/transaction or statement mode.*session mode/s);
    await pooler.stop();
  });

  it('takes nothing over from the client that a pooler had before', async () => {
    await withConnection({ url: database.url, role: APP_ROLE }, async (client) => {
      await client.query('set search_path = elsewhere');
      await settle(client, {});
      const { rows } = await client.query('select current_user::text as who, current_schema() as schema');
      expect(rows).toEqual([{ who: 'postgres', schema: 'public' }]);
    });
  });

  it('is refused where triggers do not fire', async () => {
    await setAll({ session_replication_role: 'replica' });
    await expect(heldAt(database.url)).rejects.toThrow(/session_replication_role is replica/);
  });

  it.each(['LATIN1', 'SQL_ASCII'])('is refused in a database of encoding %s', async (encoding) => {
    const name = `encoding_${randomBytes(6).toString('hex')}`;
    const options = `encoding ${encoding} template template0 lc_collate 'C' lc_ctype 'C'`;
    await database.dataSource.query(`create database ${name} ${options}`);
    const url = Object.assign(new URL(database.url), { pathname: `/${name}` }).toString();
    const refusal = await examineDatabase(url).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnusableDatabase);
    expect((refusal as Error).message).toContain(`server_encoding is ${encoding}, not UTF8`);
    await database.dataSource.query(`drop database ${name} with (force)`);
  });

  it('is refused where no schema could hold the tables', async () => {
    await database.dataSource.query('alter table migrations rename to elsewhere');
    await expect(examineDatabase(withOptions(database.url, 'options=-c%20search_path%3Dnowhere'))).rejects.toThrow(
      /no schema/,
    );
  });

  it('finds the tables where they are, whatever the search path puts first', async () => {
    await database.dataSource.query('create schema "Own One"');
    const url = withOptions(database.url, 'options=-c%20search_path%3D%22Own%5C%20One%22%2Cpublic');
    expect(await examineDatabase(url)).toEqual({ schema: 'public' });
    await database.dataSource.query('alter table migrations set schema "Own One"');
    expect(await examineDatabase(url)).toEqual({ schema: 'Own One' });
  });
});

describe('what a session reads back', () => {
  const answering = (rows: readonly object[]) => ({ query: async () => [{ rows: [] }, { rows }] }) as unknown as Client;

  it('names an old server, and nothing that follows from it', async () => {
    const old = answering([{ name: 'server_version', value: '13.4 (Debian)' }]);
    await expect(settle(old, {})).rejects.toEqual(
      new UnusableDatabase(['it is PostgreSQL 13.4 (Debian); the service needs 15 or newer']),
    );
  });

  it('names everything that does not hold, at once', async () => {
    const rows = { server_version: '17.2', TimeZone: 'UTC', current_user: 'owner', server_encoding: 'UTF8' };
    const swallowing = answering(Object.entries(rows).map(([name, value]) => ({ name, value })));
    const refusal = await settle(swallowing, { role: 'lottery_app' }).catch((error: unknown) => error);
    const { faults } = refusal as UnusableDatabase;
    expect(faults).toContain('current_user was set to lottery_app, but is owner: something resets it');
    expect(faults.join()).toMatch(/DateStyle .*lock_timeout/);
    expect(faults.join()).not.toMatch(/TimeZone|server_encoding/);
  });

  it.each([
    [250, '250ms'],
    [5_000, '5s'],
    [60_000, '1min'],
  ])('knows how PostgreSQL shows %i ms', (milliseconds, shown) => {
    expect(shownDuration(milliseconds)).toBe(shown);
  });
});

import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations';
import { SCHEMA } from '../../migrations/schema';
import { migratedSchema } from '../../scripts/schema-drift';
import { migrate } from '../../src/data-source';
import { APP_ROLE } from '../../src/platform/database/app-role';
import { schemaFault } from '../../src/verification/domain/schema';
import { schemaFacts } from '../../src/verification/infrastructure/schema-facts';
import { rounds, spread } from '../support/rounds';
import { createTestDatabase, TestDatabase } from '../support/test-database';

/** What a superuser may do to one object of each kind; `{table}` and `{name}` are filled in for each that there is. */
const CHANGES: readonly { readonly objects: string; readonly change: string; readonly kind: string }[] = [
  ...['alter table {table} disable trigger {name}', 'drop trigger {name} on {table}'].map((change) => ({
    objects: `select tgrelid::regclass as table, tgname as name from pg_trigger where not tgisinternal`,
    change,
    kind: 'trigger',
  })),
  {
    objects: `select tgrelid::regclass as table, tgname as name from pg_trigger where tgisinternal`,
    change: 'alter table {table} disable trigger {name}',
    kind: 'trigger',
  },
  {
    objects: `select conrelid::regclass as table, conname as name from pg_constraint
      where contype in ('c', 'f', 'u') and coninhcount = 0 and connamespace = 'public'::regnamespace`,
    change: 'alter table {table} drop constraint {name}',
    kind: 'constraint|index',
  },
  {
    objects: `select indrelid::regclass as table, indexrelid::regclass as name from pg_index
      join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace and not relispartition
      and not exists (select from pg_constraint where conindid = indexrelid)`,
    change: 'drop index {name}',
    kind: 'index',
  },
  ...['alter {name} drop not null', 'rename {name} to another'].map((change) => ({
    objects: `select attrelid::regclass as table, attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and attnum > 0
      and attidentity = '' and relname not in ('draws', 'migrations') ${
        change.includes('not null')
          ? `and attnotnull and not exists (select from pg_index where indrelid = attrelid and indisprimary
             and attnum = any (indkey))`
          : ''
      }`,
    change: `alter table {table} ${change}`,
    kind: 'column',
  })),
  ...[
    'grant insert on {table} to public',
    `grant delete on {table} to pg_monitor`,
    `grant references on {table} to ${APP_ROLE}`,
    `grant select on {table} to ${APP_ROLE} with grant option`,
    `revoke select on {table} from ${APP_ROLE}`,
    'alter table {table} enable row level security',
    'create rule nothing as on delete to {table} do instead nothing',
    'create policy everything on {table}',
    'create trigger more after insert on {table} for each statement execute function refuse_change()',
    'alter table {table} add more integer',
    'alter table {table} add constraint more check (true)',
    `alter table {table} owner to pg_monitor`,
  ].map((change) => ({
    objects: `select pg_class.oid::regclass as table, '' as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    change,
    kind: 'right|table|rule|policy|trigger|column|constraint|function',
  })),
  {
    objects: `select attrelid::regclass as table, attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and attnum > 0`,
    change: `grant update ({name}) on {table} to pg_monitor`,
    kind: 'right',
  },
  ...['set search_path = x', 'owner to pg_monitor', 'parallel restricted', 'rename to another'].map((change) => ({
    objects: `select oid::regprocedure as name, '' as table from pg_proc where pronamespace = 'public'::regnamespace`,
    change: `alter function {name} ${change}`,
    kind: 'function',
  })),
];

/** Of what there is one of. */
const SINGLE: readonly [change: string, named: Record<string, string>][] = [
  [
    `create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'`,
    { function: 'refuse_change()' },
  ],
  [
    `create function database_time(integer) returns integer language sql as 'select 1'`,
    { function: 'database_time(integer)' },
  ],
  ['create table x () inherits (users)', { child: 'x' }],
  ['alter table journal set unlogged', { table: 'journal' }],
  [`alter role ${APP_ROLE} login`, { role: APP_ROLE }],
  [`alter role ${APP_ROLE} bypassrls`, { role: APP_ROLE }],
  [`alter role ${APP_ROLE} set work_mem = '1GB'`, { role: APP_ROLE }],
  [`grant pg_write_all_data to ${APP_ROLE}`, { role: APP_ROLE }],
  [`alter default privileges grant update on tables to ${APP_ROLE}`, {}],
  [`alter database {database} set session_replication_role = replica`, { setting: 'session_replication_role' }],
  ['alter sequence outbox_events_position_seq increment by 2', { sequence: 'outbox_events_position_seq' }],
];

describe('what the migrations make', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** The fault after a change, which is taken back. */
  const faultAfter = async (change: string) => {
    await client.query('begin');
    try {
      await client.query(change);
      return schemaFault(SCHEMA, await facts(), APP_ROLE);
    } finally {
      await client.query('rollback');
    }
  };

  const facts = () => schemaFacts({ query: async <Row>(sql: string) => (await client.query(sql)).rows as Row[] });

  it('is what migrations/schema.ts says (npm run check:drift -- --write)', async () => {
    expect(await migratedSchema(database.url)).toEqual(SCHEMA);
    expect(MIGRATIONS).not.toEqual([]);
    expect(schemaFault(SCHEMA, await facts(), APP_ROLE)).toBeNull();
  });

  it.each(CHANGES)('is missed, or there is more of it, after `$change`', async ({ objects, change, kind }) => {
    const { rows } = await client.query<{ table: string; name: string }>(objects);
    expect(rows).not.toEqual([]);
    for (const { table, name } of spread(rows, rounds({ few: 2, all: rows.length }))) {
      const sql = change.replaceAll('{table}', table).replaceAll('{name}', name.includes('(') ? name : quoted(name));
      const fault = await faultAfter(sql);
      expect([sql, fault?.step, Object.keys(fault?.row.key ?? {})[0]]).toEqual([
        sql,
        'schema',
        expect.stringMatching(new RegExp(`^(${kind})$`)),
      ]);
    }
  });

  it.each(SINGLE)('is not that after `%s`', async (change, named) => {
    const fault = await faultAfter(change.replace('{database}', new URL(database.url).pathname.slice(1)));
    expect(fault).toMatchObject({ step: 'schema', row: { key: named } });
  });

  it('is the same for each month of a partitioned table', async () => {
    const partitions = [...(await facts()).keys()].filter((object) => object.startsWith('table ballots/'));
    expect(partitions.length).toBeGreaterThan(1);
    const name = partitions[1]!.split('/')[1]!;
    const fault = await faultAfter(`drop trigger ${name}_append_only on ${name}`);
    expect(fault?.row).toEqual({ table: name, key: { trigger: '*_append_only' } });
  });

  it('lets a month have the rights that later tables have, and no others', async () => {
    const [{ name }] = (
      await client.query<{ name: string }>(
        `select ensure_ballot_partition((now() + interval '7 months')::date) as name`,
      )
    ).rows as [{ name: string }];
    expect(schemaFault(SCHEMA, await facts(), APP_ROLE)).toBeNull();
    expect((await faultAfter(`grant update on ${name} to ${APP_ROLE}`))?.row.table).toBe(name);
    expect((await faultAfter(`grant select on ${name} to public`))?.row.table).toBe(name);
  });

  it('is the same in a schema of its own', async () => {
    const other = await createTestDatabase(null);
    const session = new Client({ connectionString: other.url });
    await session.connect();
    try {
      await session.query('create schema own_schema');
      await migrate(other.url, 'own_schema');
      await session.query('set search_path = own_schema');
      const theirs = await schemaFacts({ query: async <Row>(sql: string) => (await session.query(sql)).rows as Row[] });
      expect(schemaFault(SCHEMA, theirs, APP_ROLE)).toBeNull();
    } finally {
      await session.end();
      await other.drop();
    }
  });

  it('has tables of others beside it, which are none of its business', async () => {
    expect(await faultAfter('create table theirs (id integer primary key)')).toBeNull();
  });
});

function quoted(name: string): string {
  return name.includes('"') ? name : `"${name}"`;
}

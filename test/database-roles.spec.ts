import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createDataSource, migrate } from '../src/data-source';
import { findWorkingRole } from '../src/platform/database/app-role';
import { examineDatabase } from '../src/platform/database/examine-database';
import { EmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres/server';

/** Roles belong to a whole server, so this is one of its own. */
describe("the service's role on a server that does not know it", () => {
  let server: EmbeddedPostgres;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'database-roles-'));
    // PostgreSQL runs as another user where we are root, who must be able to reach it.
    await chmod(folder, 0o755);
    server = await startEmbeddedPostgres({ dataDir: folder, settings: { fsync: 'off' }, log: () => undefined });
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    await administer(`create role owner login password 'owner'`);
    await administer(`create role service login password 'service'`);
    await administer('create database lottery owner owner');
  });

  afterEach(async () => {
    await administer('drop database lottery with (force)');
    for (const role of ['service', 'owner', 'lottery_app']) {
      if ((await administer(`select from pg_roles where rolname = '${role}'`)).length > 0) {
        await administer(`drop owned by ${role}`);
        await administer(`drop role ${role}`);
      }
    }
  });

  const urlOf = (login: string, database = 'lottery') => {
    const url = new URL(server.url(database));
    if (login !== 'postgres') Object.assign(url, { username: login, password: login });
    return url.toString();
  };

  async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const administer = (sql: string) => ask(server.url('postgres'), sql);

  /** A start of the service, up to the point where it opens its pool. */
  async function start(login: string, owner = login) {
    const urls = { url: urlOf(login), ownerUrl: urlOf(owner) };
    await migrate(urls.ownerUrl);
    return findWorkingRole(urls);
  }

  /** As whom it works, and the SQLSTATE with which this is refused, null where it is done. */
  async function work(login: string, role: string | undefined, ...statements: string[]): Promise<(string | null)[]> {
    const dataSource = await createDataSource({ url: urlOf(login), poolSize: 1, role }).initialize();
    const outcomes: (string | null)[] = [];
    for (const sql of ['select * from ballots', ...statements]) {
      outcomes.push(
        await dataSource.query(sql).then(
          () => null,
          (error: { driverError: { code: string } }) => error.driverError.code,
        ),
      );
    }
    const [row] = await dataSource.query<[{ current_user: string }]>('select current_user');
    await dataSource.destroy();
    return [row.current_user, ...outcomes];
  }

  it('is made by an owner who may, who is told what a login of its own would add', async () => {
    await administer('alter role owner createrole');
    const { role, warnings } = await start('owner');
    expect([role, warnings]).toEqual(['lottery_app', [expect.stringContaining('DATABASE_OWNER_URL')]]);
    expect(await work('owner', role, 'delete from ballots')).toEqual(['lottery_app', null, '42501']);
  });

  it('is made by a superuser, such as the one of the embedded PostgreSQL', async () => {
    const { role, warnings } = await start('postgres');
    expect([role, warnings]).toEqual(['lottery_app', [expect.stringContaining('DATABASE_OWNER_URL')]]);
    expect(await work('postgres', role, 'delete from ballots')).toEqual(['lottery_app', null, '42501']);
  });

  it('is asked for where the owner may not make it: until then triggers alone forbid', async () => {
    const { role, warnings } = await start('owner');
    const sql = /run: (.*); then/.exec(warnings.join())?.[1] ?? '';
    expect([role, sql]).toEqual([undefined, 'create role lottery_app nologin; grant lottery_app to "owner"']);
    expect(await work('owner', role, 'delete from ballots')).toEqual(['owner', null, '23001']);

    await administer(sql);
    const then = await start('owner');
    expect(then.role).toBe('lottery_app');
    expect(await work('owner', then.role, 'delete from ballots')).toEqual(['lottery_app', null, '42501']);
  });

  it('is entered by a login of its own, which has nothing else', async () => {
    await administer('alter role owner createrole');
    const { role, warnings } = await start('service', 'owner');
    expect([role, warnings]).toEqual(['lottery_app', []]);
    expect(await work('service', role, 'delete from ballots', 'set role none', 'truncate ballots')).toEqual([
      'service',
      null,
      '42501',
      null,
      '42501',
    ]);
    expect(await work('service', undefined, 'drop table ballots')).toEqual(['service', null, '42501']);
  });

  it('is all that it takes to start where the owner has migrated, also without knowing the owner', async () => {
    await administer('alter role owner createrole');
    await start('service', 'owner');
    expect(await start('service')).toEqual({ role: 'lottery_app', warnings: [] });
  });

  it('is asked for where that login is no member and the owner may not make it one', async () => {
    await administer('create role lottery_app nologin');
    const { role, warnings } = await start('service', 'owner');
    expect([role, warnings]).toEqual([undefined, [expect.stringContaining(': grant lottery_app to "service"; then')]]);
    await administer('grant lottery_app to service');
    expect(await start('service', 'owner')).toEqual({ role: 'lottery_app', warnings: [] });
  });

  it('works in a schema of the owner, which the service itself would not find', async () => {
    await administer('alter role owner createrole');
    await ask(urlOf('owner'), 'create schema owner');
    const { schema } = await examineDatabase(urlOf('owner'));
    await migrate(urlOf('owner'), schema);
    const { role } = await findWorkingRole({ url: urlOf('service'), ownerUrl: urlOf('owner'), schema });
    const service = { url: urlOf('service'), poolSize: 1, role };
    for (const [where, found] of [
      [schema, []],
      [undefined, expect.objectContaining({ code: '42P01' })],
    ] as const) {
      const dataSource = await createDataSource({ ...service, schema: where }).initialize();
      const ballots = await dataSource.query('select * from ballots').catch((error: unknown) => error);
      expect(ballots).toEqual(found);
      await dataSource.destroy();
    }
    expect([schema, role]).toEqual(['owner', 'lottery_app']);
  });

  it('is made once by services that start at the same time on different databases', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    await administer('alter role owner createrole');
    for (const name of names) await administer(`create database ${name} owner owner`);
    const roles = await Promise.all(
      names.map(async (name) => {
        const urls = { url: urlOf('service', name), ownerUrl: urlOf('owner', name) };
        await migrate(urls.ownerUrl);
        return (await findWorkingRole(urls)).role;
      }),
    );
    for (const name of names) await administer(`drop database ${name} with (force)`);
    expect(roles).toEqual(names.map(() => 'lottery_app'));
  });
});

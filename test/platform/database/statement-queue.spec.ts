import { Client, Pool, PoolClient } from 'pg';
import { prepared, writtenBehind } from '../../../src/platform/database/statements';
import { timeoutClients } from '../../../src/platform/database/timeout-client';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { until } from '../../support/until';

const BEGIN = 'START TRANSACTION';
const NOTE = writtenBehind('insert into notes (id) values ($1)');
const TWIN = writtenBehind('insert into notes (id, twin) values ($1, $2)');
const COUNT = prepared('select count(*)::int as count from notes where id >= $1');
const LOCK = prepared('select id from notes where id = $1 for update');
const DIVIDE = prepared('select 1 / $1::int as quotient');

describe('the statements of a transaction', () => {
  let database: TestDatabase;
  let pool: Pool;
  let client: PoolClient;
  let other: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.dataSource.query(
      'create table notes (id int primary key, twin int unique deferrable initially deferred)',
    );
    other = new Client({ connectionString: database.url });
    await other.connect();
  });

  afterAll(async () => {
    await other.end();
    await database.drop();
  });

  beforeEach(async () => {
    await other.query('truncate notes');
    await other.query('insert into notes values (1)');
    pool = new Pool({ connectionString: database.url, max: 1, Client: timeoutClients() });
    pool.on('error', () => undefined);
    client = await pool.connect();
    client.on('error', () => undefined);
  });

  afterEach(async () => {
    client.release(true);
    await pool.end();
  });

  /** As everybody else sees it. */
  async function ids(): Promise<number[]> {
    const { rows } = await other.query<{ id: number }>('select id from notes order by id');
    return rows.map(({ id }) => id);
  }

  const message = () => jest.spyOn((client as unknown as { connection: { sync(): void } }).connection, 'sync');

  it('keep their order, prepared or not, with or without a callback', async () => {
    await client.query(BEGIN);
    const answered = new Promise((resolve, reject) => {
      client.query('insert into notes values (3)', (error: Error | null) => (error ? reject(error) : resolve(null)));
    });
    const [first, second] = await Promise.all([
      client.query<{ count: number }>('select count(*)::int as count from notes; insert into notes values (2)'),
      client.query<{ count: number }>(COUNT, [0]),
      client.query({ text: 'insert into notes values ($1)', values: [4] }),
      answered,
    ]);
    expect([(first as unknown as [typeof second])[0].rows, second.rows]).toEqual([[{ count: 2 }], [{ count: 3 }]]);
    await client.query('ROLLBACK');
    expect(await ids()).toEqual([1]);
  });

  it('take two messages: begin, lock and read; write and commit', async () => {
    const sent = message();
    await client.query(BEGIN);
    const [locked, counted] = await Promise.all([client.query(LOCK, [1]), client.query(COUNT, [0])]);
    expect([locked.rows, counted.rows]).toEqual([[{ id: 1 }], [{ count: 1 }]]);
    await client.query(NOTE, [2]);
    await client.query(NOTE, [3]);
    expect(await ids()).toEqual([1]);
    await client.query('COMMIT');
    expect(await ids()).toEqual([1, 2, 3]);
    expect(sent).toHaveBeenCalledTimes(2);
  });

  it('see what was committed while one before them waited', async () => {
    await other.query('begin');
    await other.query('select from notes where id = 1 for update');
    await client.query(BEGIN);
    const answers = Promise.all([client.query(LOCK, [1]), client.query(COUNT, [0])]);
    await until(async () => (await database.dataSource.query<[]>('select from pg_locks where not granted')).length > 0);
    await other.query('insert into notes values (2)');
    await other.query('commit');
    expect((await answers)[1].rows).toEqual([{ count: 2 }]);
    await client.query('ROLLBACK');
  });

  it('are not committed where one that was written behind fails, and the connection is as good as before', async () => {
    for (let i = 0; i < 2; i++) {
      await client.query(BEGIN);
      await client.query(NOTE, [2]);
      await client.query(NOTE, [1]);
      await client.query(TWIN, [3, 3]);
      await expect(client.query('COMMIT')).rejects.toMatchObject({ code: '23505' });
      await client.query('ROLLBACK');
      expect(await ids()).toEqual([1]);
    }
    await client.query(BEGIN);
    await client.query(TWIN, [4, 4]);
    expect((await client.query(COUNT, [0])).rows).toEqual([{ count: 2 }]);
    await client.query('COMMIT');
    expect(await ids()).toEqual([1, 4]);
  });

  it('fail together where one of them fails', async () => {
    await client.query(BEGIN);
    await client.query(NOTE, [2]);
    const answers = await Promise.allSettled([
      client.query(COUNT, [0]),
      client.query(DIVIDE, [0]),
      client.query(LOCK, [1]),
    ]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
    await expect(client.query(COUNT, [0])).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    expect(await ids()).toEqual([1]);
    expect((await client.query(LOCK, [1])).rows).toEqual([{ id: 1 }]);
  });

  it('are not committed where the commit itself finds the fault', async () => {
    await client.query(BEGIN);
    await client.query(TWIN, [2, 7]);
    await client.query(TWIN, [3, 7]);
    await expect(client.query('COMMIT')).rejects.toMatchObject({ code: '23505' });
    await client.query('ROLLBACK');
    expect(await ids()).toEqual([1]);
  });

  it('cost nothing where there are none, or none but those that are taken back', async () => {
    const sent = message();
    await client.query(BEGIN);
    await client.query('COMMIT');
    await client.query(BEGIN);
    await client.query(NOTE, [2]);
    await client.query('ROLLBACK');
    expect(sent).not.toHaveBeenCalled();
    expect((await client.query(COUNT, [0])).rows).toEqual([{ count: 1 }]);
  });

  it('come in their order where one text holds several of them', async () => {
    await client.query(BEGIN);
    await client.query(NOTE, [2]);
    await client.query('insert into notes values (3); insert into notes values (4)');
    await client.query('ROLLBACK');
    expect(await ids()).toEqual([1]);
    await client.query(BEGIN);
    await client.query(NOTE, [1]);
    await expect(client.query('insert into notes values (3)')).rejects.toMatchObject({ code: '23505' });
    await client.query('ROLLBACK');
    expect(await ids()).toEqual([1]);
  });

  it('are not committed by half where one cannot be written down', async () => {
    const endless: { self?: unknown } = {};
    endless.self = endless;
    await client.query(BEGIN);
    await client.query(NOTE, [2]);
    await client.query(NOTE, [endless]);
    await expect(client.query('COMMIT')).rejects.toThrow('circular');
    expect(await ids()).toEqual([1]);
  });

  it('are not committed where the connection is lost before it', async () => {
    await client.query(BEGIN);
    const { rows } = await client.query<{ pid: number }>(prepared('select pg_backend_pid() as pid'));
    await client.query(NOTE, [2]);
    await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect(client.query('COMMIT')).rejects.toThrow();
    await expect(client.query('ROLLBACK')).rejects.toThrow();
    expect(await ids()).toEqual([1]);
  });
});

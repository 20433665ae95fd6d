import { once } from 'node:events';
import { createServer, connect, AddressInfo, Server, Socket } from 'node:net';
import { Client, Pool, PoolClient } from 'pg';
import { TimeoutClient, timeoutClients } from '../../../src/platform/database/timeout-client';
import { pause } from '../../support/pause';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

const QUERY_TIMEOUT_MS = 400;

describe('a database connection that dies without a word', () => {
  let database: TestDatabase;
  let proxy: Server;
  let swallow: () => void;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(database.url);
    const through: [Socket, Socket][] = [];
    proxy = createServer((client) => {
      const server = connect(Number(port), hostname);
      through.push([client, server]);
      client.pipe(server).pipe(client);
      for (const socket of [client, server]) socket.on('error', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    // What is open stays open, but nothing passes any more; new connections work.
    swallow = () => {
      for (const [client, server] of through.splice(0)) {
        client.unpipe(server);
        server.unpipe(client);
        client.resume();
        server.resume();
      }
    };
  });

  afterAll(async () => {
    proxy.close();
    await database.drop();
  });

  function poolOf(Kind: typeof Client, max: number): Pool {
    const url = new URL(database.url);
    url.port = String((proxy.address() as AddressInfo).port);
    const pool = new Pool({ connectionString: url.toString(), max, query_timeout: QUERY_TIMEOUT_MS, Client: Kind });
    pool.on('error', () => undefined);
    return pool;
  }

  /** Of one transaction after the other, where all connections of the pool have died in it. */
  async function answersAfterTheCut(Kind: typeof Client, max = 1): Promise<string[]> {
    const pool = poolOf(Kind, max);
    await Promise.all(Array.from({ length: max }, () => pool.query('select pg_sleep(0.05)')));
    swallow();
    const answers: string[] = [];
    for (let i = 0; i < 3; i++) {
      const client = await pool.connect();
      client.on('error', () => undefined);
      // As a transaction does it: roll back, and the connection goes back to the pool whatever that said.
      const answer = client.query('select 1').then(
        () => 'answered',
        () => 'timed out',
      );
      answers.push(await answer);
      await client.query('rollback').catch(() => undefined);
      client.release();
    }
    void pool.end();
    return answers;
  }

  it('is given up after one time-out', async () => {
    expect(await answersAfterTheCut(TimeoutClient)).toEqual(['timed out', 'answered', 'answered']);
  });

  it('would be handed out again and again by the driver alone', async () => {
    expect(await answersAfterTheCut(Client)).toEqual(['timed out', 'timed out', 'timed out']);
  });

  it('takes along the others of its pool that nobody has heard lately', async () => {
    expect(await answersAfterTheCut(timeoutClients(), 3)).toEqual(['timed out', 'answered', 'answered']);
  });

  it('costs one time-out for each connection of the pool where each must be found out alone', async () => {
    expect(await answersAfterTheCut(TimeoutClient, 3)).toEqual(['timed out', 'timed out', 'timed out']);
  });

  it('takes along also those that answered between the question and the cut', async () => {
    const pool = poolOf(timeoutClients(), 2);
    const doomed = await pool.connect();
    doomed.on('error', () => undefined);
    const other = await pool.connect();
    const timedOut = doomed.query('select pg_sleep(0.1)').catch(() => 'timed out');
    await other.query('select 1');
    other.release();
    swallow();
    expect(await timedOut).toBe('timed out');
    expect((await pool.query('select 1')).rowCount).toBe(1);
    doomed.release(true);
    await pool.end();
  });

  it('leaves those alone that answered later', async () => {
    const pool = poolOf(timeoutClients(), 2);
    const pidOf = async (client: PoolClient) =>
      (await client.query<{ pid: number }>('select pg_backend_pid() pid')).rows;
    const doomed = await pool.connect();
    doomed.on('error', () => undefined);
    swallow();
    const sound = await pool.connect();
    const timedOut = doomed.query('select 1').catch(() => 'timed out');
    await pause(0.75 * QUERY_TIMEOUT_MS);
    const before = await pidOf(sound);
    expect(await timedOut).toBe('timed out');
    expect(await pidOf(sound)).toEqual(before);
    sound.release();
    doomed.release(true);
    await pool.end();
  });
});

import { once } from 'node:events';
import { createServer, connect, AddressInfo, Server, Socket } from 'node:net';
import { Client, Pool } from 'pg';
import { ImpatientClient } from '../../src/shared/infrastructure/impatient-client';
import { createTestDatabase, TestDatabase } from '../support/test-database';

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

  async function answersAfterTheCut(Kind: typeof Client): Promise<string[]> {
    const url = new URL(database.url);
    url.port = String((proxy.address() as AddressInfo).port);
    const pool = new Pool({ connectionString: url.toString(), max: 1, query_timeout: QUERY_TIMEOUT_MS, Client: Kind });
    pool.on('error', () => undefined);
    await pool.query('select 1');
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
    expect(await answersAfterTheCut(ImpatientClient)).toEqual(['timed out', 'answered', 'answered']);
  });

  it('would be handed out again and again by the driver alone', async () => {
    expect(await answersAfterTheCut(Client)).toEqual(['timed out', 'timed out', 'timed out']);
  });
});

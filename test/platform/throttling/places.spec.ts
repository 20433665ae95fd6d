import { Client } from 'pg';
import { asInner } from '../../../src/platform/context/async-context';
import { Places } from '../../../src/platform/throttling/places';
import { startTestApp, TestApp } from '../../support/test-app';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { until } from '../../support/until';

describe('places of an address', () => {
  const started: string[] = [];
  const leaving: ((() => void) | null)[] = [];
  const take = (places: Places, address: string, name: string) =>
    leaving.push(places.take(address, () => started.push(name)));

  beforeEach(() => [started, leaving].forEach((list) => list.splice(0)));

  it('are so many; further requests wait in their order, those of others do not', () => {
    const places = new Places(2);
    for (const name of ['a', 'b', 'c', 'd']) take(places, '192.0.2.1', name);
    take(places, '192.0.2.2', 'other');
    expect(started).toEqual(['a', 'b', 'other']);
    leaving[1]?.();
    expect(started).toEqual(['a', 'b', 'other', 'c']);
    leaving[0]?.();
    expect(started).toEqual(['a', 'b', 'other', 'c', 'd']);
  });

  it('are not taken by those who left while they waited', () => {
    const places = new Places(1);
    for (const name of ['a', 'gone', 'b']) take(places, '192.0.2.1', name);
    leaving[1]?.();
    leaving[0]?.();
    expect(started).toEqual(['a', 'b']);
    leaving[2]?.();
    take(places, '192.0.2.1', 'c');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('have 1,024 who wait at most', () => {
    const places = new Places(1);
    for (let i = 0; i < 1_025; i++) expect(places.take('192.0.2.1', () => undefined)).not.toBeNull();
    expect(places.take('192.0.2.1', () => undefined)).toBeNull();
    expect(places.take('192.0.2.2', () => undefined)).not.toBeNull();
  });
});

describe('connections of the database', () => {
  let database: TestDatabase;
  let app: TestApp;
  let locker: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startTestApp({ TRUST_PROXY_HOPS: '1' }, database);
    locker = new Client({ connectionString: database.url });
    await locker.connect();
  });

  afterAll(async () => {
    await locker.end();
    await app.close();
    await database.drop();
  });

  const get = (path: string, address: string) => app.request().get(path).set('x-forwarded-for', address);
  const waiting = async () => {
    const { rows } = await locker.query<{ n: number }>(
      `select count(*)::int as n from pg_locks where relation = 'journal_checkpoints'::regclass and not granted`,
    );
    return rows[0]?.n ?? 0;
  };

  it('are not all taken by one address, however slow its requests are', async () => {
    await locker.query('begin; lock table journal_checkpoints in access exclusive mode');
    const slow = Array.from({ length: 40 }, () => get('/journal/checkpoint', '192.0.2.1').then(({ status }) => status));
    await until(async () => (await waiting()) >= 5);
    const startedAt = Date.now();
    await get('/lotteries', '192.0.2.2').expect(200);
    expect(await waiting()).toBe(5);
    // What a page asks in this process does not wait for the places that pages of the address have.
    const ofPage = { url: '/lotteries', headers: { 'x-forwarded-for': '192.0.2.1' } };
    expect((await asInner(async () => app.app.inject(ofPage))).statusCode).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    await locker.query('rollback');
    // The first of them may have been told to come back; none was lost.
    expect((await Promise.all(slow)).filter((status) => ![200, 404, 503].includes(status))).toEqual([]);
    await get('/journal/checkpoint', '192.0.2.1');
  });
});

import { Logger } from '@nestjs/common';
import { openFreshLottery, submit } from '../support/lottery-client';
import { addPlayer, TestPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { comesTrue, until } from '../support/until';
import { RedisServer } from './support/redis-server';

/** Requests in a window of ten seconds. */
const PER_ADDRESS = 30;
const PER_USER = 10;
const BALLOTS = 20;
const LIMITS = {
  ADDRESS_REQUESTS_PER_SECOND: '3',
  USER_REQUESTS_PER_SECOND: '1',
  USER_BALLOTS_PER_SECOND: '2',
  TRUST_PROXY_HOPS: '1',
};
/** Far longer than an answer takes; no answer may wait for a Redis that is away. */
const PATIENCE_MS = 5_000;

let addresses = 0;
const newAddress = (): string => `10.7.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

describe('limits of two replicas', () => {
  let redis: RedisServer;
  let database: TestDatabase;
  let warnings: jest.SpyInstance;
  const apps: TestApp[] = [];

  beforeAll(async () => {
    redis = await RedisServer.start();
    database = await createTestDatabase();
  });

  beforeEach(() => (warnings = jest.spyOn(Logger.prototype, 'warn')));

  afterEach(async () => {
    warnings.mockRestore();
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  afterAll(async () => {
    await redis.kill();
    await database.drop();
  });

  const replicas = async (config: Record<string, string> = { REDIS_URL: redis.url }): Promise<[TestApp, TestApp]> => {
    const one = await startTestApp({ ...LIMITS, ...config }, database);
    apps.push(one);
    const two = await startTestApp({ ...LIMITS, ...config }, database);
    apps.push(two);
    if (config['REDIS_URL'] === redis.url) await until(() => areShared([one, two]));
    return [one, two];
  };

  const get = (app: TestApp, address: string, path = '/lotteries') =>
    app.request().get(path).set('x-forwarded-for', address).timeout(PATIENCE_MS);

  /** How many of so many requests are served, sent to each of both in turn, all at once. */
  const served = async (both: readonly TestApp[], count = 100, address = newAddress()): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: count }, (_, i) => get(both[i % 2]!, address)));
    expect(answers.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
    return answers.filter(({ status }) => status === 200).length;
  };

  /** Whether what one counts is known to the other. */
  const areShared = async ([one, two]: readonly TestApp[]): Promise<boolean> => {
    const address = newAddress();
    const left = async (app: TestApp) => /r=(\d+)/.exec(String((await get(app, address)).headers['ratelimit']))?.[1];
    return Number(await left(one!)) === Number(await left(two!)) + 1;
  };

  const warned = (): string[] =>
    (warnings.mock.calls as unknown[][]).map(([text]) => String(text)).filter((text) => text.includes('Redis'));

  it('are one limit for an address, exactly, also when all come at once', async () => {
    expect(await served(await replicas())).toBe(PER_ADDRESS);
  });

  it('are two limits without Redis: the test above does look', async () => {
    expect(await served(await replicas({}))).toBe(2 * PER_ADDRESS);
  });

  it('are one limit for a user, and another one for their ballots', async () => {
    const both = await replicas();
    const player = await addPlayer(both[0]);
    const date = await openFreshLottery(both[0]);
    const ask = (app: TestApp, { bearer }: TestPlayer) =>
      get(app, newAddress(), '/users/me').set('authorization', bearer);
    const asked = await Promise.all(Array.from({ length: 2 * PER_USER }, (_, i) => ask(both[i % 2]!, player)));
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(PER_USER);
    const send = (app: TestApp) => submit(app, date, player).set('x-forwarded-for', newAddress());
    const sent = await Promise.all(Array.from({ length: 2 * BALLOTS }, (_, i) => send(both[i % 2]!)));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(BALLOTS);
    expect(sent.filter(({ status }) => status === 429)).toHaveLength(BALLOTS);
  });

  it('are those of one installation: another one that uses the same Redis counts for itself', async () => {
    const [one] = await replicas();
    const [other] = await replicas({ REDIS_URL: redis.url, ORIGIN: 'another.test' });
    const address = newAddress();
    expect(await served([one, one], 2 * PER_ADDRESS, address)).toBe(PER_ADDRESS);
    expect(await served([other, other], 2 * PER_ADDRESS, address)).toBe(PER_ADDRESS);
  });

  it('do not ask Redis about those who have to wait', async () => {
    const [one] = await replicas();
    const address = newAddress();
    await served([one, one], 2 * PER_ADDRESS, address);
    const commands = async (): Promise<number> =>
      Number(/total_commands_processed:(\d+)/.exec(await redis.ask((client) => client.info('stats')))?.[1]);
    const before = await commands();
    expect(await served([one, one], 200, address)).toBe(0);
    expect((await commands()) - before).toBeLessThan(20);
  });

  it('are those of each replica while Redis is dead; it says so once, and they are shared again when it is back', async () => {
    const both = await replicas();
    await redis.kill();
    for (let i = 0; i < 3; i++) expect(await served(both)).toBe(2 * PER_ADDRESS);
    await until(() => warned().length === 2);
    await redis.restart();
    await until(() => areShared(both));
    expect(await served(both)).toBe(PER_ADDRESS);
    expect(warned()).toHaveLength(2);
  });

  it('are those of each replica while Redis is frozen, and nobody waits for it', async () => {
    const both = await replicas();
    redis.freeze();
    try {
      const address = newAddress();
      await Promise.all(both.map((app) => get(app, address).expect(200)));
      await until(() => warned().length === 2);
      expect(await served(both)).toBe(2 * PER_ADDRESS);
    } finally {
      redis.thaw();
    }
    expect(await comesTrue(() => areShared(both))).toBe(true);
  });

  it('are those of each replica where there was no Redis at the start, which starts all the same', async () => {
    await redis.kill();
    const both = await replicas({ REDIS_URL: `${redis.url}/0` });
    expect(await served(both)).toBe(2 * PER_ADDRESS);
    await until(() => warned().length === 2);
    await redis.restart();
    await until(() => areShared(both));
  });
});

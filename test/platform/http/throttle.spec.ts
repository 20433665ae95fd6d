import { openFreshLottery, submit } from '../../support/lottery-client';
import { pause } from '../../support/pause';
import { addPlayer, addPlayers, TestPlayer } from '../../support/players';
import { startTestApp, TestApp } from '../../support/test-app';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

/** Requests in a window of ten seconds. */
const PER_ADDRESS = 20;
const PER_USER = 10;
const LIMITS = {
  ADDRESS_REQUESTS_PER_SECOND: '2',
  USER_REQUESTS_PER_SECOND: '1',
  TRUST_PROXY_HOPS: '1',
};

let addresses = 0;
/** One that nobody has used. */
const newAddress = (): string => `198.51.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

describe('requests of one address', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp(LIMITS)));
  afterAll(() => app.close());

  const get = (path: string, address: string) => app.request().get(path).set('x-forwarded-for', address);

  it('are refused beyond the limit, with how long to wait and what the limit is', async () => {
    const address = newAddress();
    for (let i = 1; i <= PER_ADDRESS; i++) {
      const { headers } = await get('/lotteries', address).expect(200);
      expect(headers['ratelimit-policy']).toBe(`"address";q=${PER_ADDRESS};w=10`);
      expect(headers['ratelimit']).toMatch(new RegExp(`^"address";r=${PER_ADDRESS - i};t=([1-9]|10)$`));
    }
    const { body, headers } = await get('/lotteries', address).expect(429);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(body).toMatchObject({
      code: 'http.too-many-requests',
      status: 429,
      type: '/problems/http.too-many-requests',
    });
    expect(headers['ratelimit']).toMatch(/^"address";r=0;t=([1-9]|10)$/);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(10);
    await get('/lotteries', newAddress()).expect(200);
  });

  it('are served again after the wait, which refusals do not prolong', async () => {
    const address = newAddress();
    for (let i = 0; i < PER_ADDRESS; i++) await get('/lotteries', address).expect(200);
    const wait = Number((await get('/lotteries', address).expect(429)).headers['retry-after']);
    for (let i = 0; i < 50; i++) await get('/lotteries', address).expect(429);
    await pause(wait * 1_000);
    await get('/lotteries', address).expect(200);
  }, 30_000);

  it('are counted exactly when they come at once', async () => {
    const address = newAddress();
    const answers = await Promise.all(Array.from({ length: 100 }, () => get('/lotteries', address)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(PER_ADDRESS);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - PER_ADDRESS);
  });

  it.each([
    ['no route', '/nowhere', {}, 404],
    ['the documents', '/openapi.json', {}, 200],
    ['a wrong token', '/users/me', { authorization: 'Bearer x.y.z' }, 401],
    ['no token', '/users/me', {}, 401],
  ])('count whatever becomes of them: %s', async (_, path, headers: Record<string, string>, status) => {
    const address = newAddress();
    for (let i = 0; i < PER_ADDRESS; i++) await get(path, address).set(headers).expect(status);
    await get(path, address).set(headers).expect(429);
    await get('/lotteries', address).expect(429);
  });

  it('count where the internal token is wrong, so that it cannot be guessed quickly', async () => {
    const address = newAddress();
    const guess = () =>
      app
        .request()
        .post('/lotteries/close?date=2026-11-21')
        .set({ 'x-internal-token': 'x', 'x-forwarded-for': address });
    for (let i = 0; i < PER_ADDRESS; i++) await guess().expect(403);
    await guess().expect(429);
  });

  it('are never refused to those who watch the service', async () => {
    const address = newAddress();
    for (let i = 0; i < 2 * PER_ADDRESS; i++) await get('/lotteries', address);
    await get('/health/live', address).expect(200);
    await get('/health/ready', address).expect(200);
  });

  it('are those of one IPv6 network together', async () => {
    for (let i = 0; i < PER_ADDRESS; i++) await get('/lotteries', `2001:db8:7:7::${i + 1}`).expect(200);
    await get('/lotteries', '2001:db8:7:7:ffff::1').expect(429);
    await get('/lotteries', '2001:db8:7:8::1').expect(200);
  });

  it('are those of the address that our own proxy saw, whatever the client claims before it', async () => {
    const address = newAddress();
    for (let i = 0; i < PER_ADDRESS; i++) await get('/lotteries', `${newAddress()}, ${address}`).expect(200);
    await get('/lotteries', `${newAddress()}, ${address}`).expect(429);
    await get('/lotteries', `${address}, ${newAddress()}`).expect(200);
  });

  it.each([
    ['IPv4', (port: number) => `203.0.113.1:${port}`, '203.0.113.2:49152'],
    ['IPv6', (port: number) => `[2001:db8:9:9::1]:${port}`, '[2001:db8:9:8::1]:49152'],
  ])('are those of one address, whatever port a gateway appends: %s', async (_, at, other) => {
    for (let i = 0; i < PER_ADDRESS; i++) await get('/lotteries', at(49_152 + i)).expect(200);
    await get('/lotteries', at(1)).expect(429);
    await get('/lotteries', other).expect(200);
  });

  it('are those of the connection if a proxy names no address', async () => {
    for (let i = 0; i < PER_ADDRESS; i++) await get('/lotteries', `_hidden${i}`).expect(200);
    await get('/lotteries', 'unknown').expect(429);
    await app.request().get('/lotteries').expect(429);
    await get('/lotteries', newAddress()).expect(200);
  });

  it('are those of the connection where there is no proxy of ours, whatever the client claims', async () => {
    const direct = await startTestApp({ ...LIMITS, TRUST_PROXY_HOPS: '0' }, app.database);
    try {
      const ask = () => direct.request().get('/lotteries').set('x-forwarded-for', newAddress());
      for (let i = 0; i < PER_ADDRESS; i++) await ask().expect(200);
      await ask().expect(429);
    } finally {
      await direct.close();
    }
  });
});

describe('requests of one user', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ ...LIMITS, USER_BALLOTS_PER_SECOND: '2' });
  });
  afterAll(() => app.close());

  const me = ({ bearer }: TestPlayer, address = newAddress()) =>
    app.request().get('/users/me').set({ authorization: bearer, 'x-forwarded-for': address });

  it('are refused beyond the limit from whatever address; those of others are not', async () => {
    const [player, other] = (await addPlayers(app, 2)) as [TestPlayer, TestPlayer];
    for (let i = 0; i < PER_USER; i++) await me(player).expect(200);
    const { body, headers } = await me(player).expect(429);
    expect(body).toMatchObject({ code: 'http.too-many-requests' });
    expect(headers['ratelimit-policy']).toBe(`"address";q=${PER_ADDRESS};w=10, "user";q=${PER_USER};w=10`);
    expect(headers['ratelimit']).toMatch(/^"address";r=19;t=\d+, "user";r=0;t=\d+$/);
    await me(other).expect(200);
  });

  it('count for their address, too', async () => {
    const address = newAddress();
    const players = await addPlayers(app, 3);
    const answers = [];
    for (const player of players) for (let i = 0; i < PER_USER; i++) answers.push((await me(player, address)).status);
    expect(answers.filter((status) => status === 200)).toHaveLength(PER_ADDRESS);
  });

  it('are not those of somebody who merely claims to be the user', async () => {
    const player = await addPlayer(app);
    const forged = `${player.bearer.slice(0, -4)}AAAA`;
    for (let i = 0; i < 2 * PER_USER; i++) await me({ ...player, bearer: forged }).expect(401);
    await me(player).expect(200);
  });

  it('may be more where they are ballots, which are counted apart', async () => {
    const player = await addPlayer(app);
    const date = await openFreshLottery(app);
    const send = () => submit(app, date, player).set('x-forwarded-for', newAddress());
    for (let i = 0; i < 2 * PER_USER; i++) await send().expect(201);
    const { body, headers } = await send().expect(429);
    expect(body).toMatchObject({ code: 'http.too-many-requests' });
    expect(headers['ratelimit-policy']).toContain('"ballots";q=20;w=10');
    await me(player).expect(200);
  });
});

describe('limits', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  const policyWith = async (config: Record<string, string>): Promise<string | undefined> => {
    const app = await startTestApp(config, database);
    try {
      const { headers } = await app.request().get('/lotteries').expect(200);
      return headers['ratelimit-policy'];
    } finally {
      await app.close();
    }
  };

  const production = {
    NODE_ENV: 'production',
    JWT_SECRET: 'e1c7f3a09b5d2468e1c7f3a09b5d2468',
    INTERNAL_CLOSE_TOKEN: 'a90b5d2468e1c7f3a09b5d2468e1c7f3',
    SIGNING_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 37) % 256)).toString('base64'),
  };

  it('are there in production though nobody sets them, and are gone where they are set to 0', async () => {
    expect(await policyWith(production)).toBe('"address";q=5000;w=10');
    const off = { ADDRESS_REQUESTS_PER_SECOND: '0', USER_REQUESTS_PER_SECOND: '0', USER_BALLOTS_PER_SECOND: '0' };
    expect(await policyWith({ ...production, ...off })).toBeUndefined();
  });

  it('are not there on a laptop unless somebody sets them', async () => {
    expect(await policyWith({})).toBeUndefined();
  });
});

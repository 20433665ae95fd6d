import { startTestApp, TestApp } from '../../support/test-app';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

const FRIEND = 'https://play.example';
const STRANGER = 'https://evil.example';

describe('pages of other origins', () => {
  let database: TestDatabase;
  let apps: TestApp[];

  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());
  beforeEach(() => (apps = []));
  afterEach(() => Promise.all(apps.map((app) => app.close())));

  const start = async (config: Record<string, string>): Promise<TestApp> => {
    const app = await startTestApp(config, database);
    apps.push(app);
    return app;
  };
  const ask = (app: TestApp, origin: string, path = '/lotteries') => app.request().get(path).set('origin', origin);
  const preflight = (app: TestApp, origin: string) =>
    app
      .request()
      .options('/lotteries/today/ballots')
      .set({ origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' });

  it('may read nothing unless they are allowed', async () => {
    const app = await start({});
    const { headers } = await ask(app, FRIEND).expect(200);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    await preflight(app, FRIEND).expect(404);
  });

  it('may ask and read where they are allowed, also what is refused; others may not', async () => {
    const app = await start({ CORS_ORIGINS: `https://other.example,${FRIEND}` });
    for (const path of ['/lotteries', '/nowhere', '/users/me', '/lotteries/2091-01-01']) {
      const { headers } = await ask(app, FRIEND, path);
      expect([path, headers['access-control-allow-origin'], headers['vary']]).toEqual([path, FRIEND, 'Origin']);
      expect(headers['access-control-expose-headers']).toContain('retry-after');
      const refused = await ask(app, STRANGER, path);
      expect([path, refused.headers['access-control-allow-origin']]).toEqual([path, undefined]);
    }
    const { headers } = await preflight(app, FRIEND).expect(204);
    expect(headers['access-control-allow-origin']).toBe(FRIEND);
    expect(headers['access-control-allow-methods']).toContain('POST');
    expect(headers['access-control-allow-headers']).toContain('idempotency-key');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    const stranger = await preflight(app, STRANGER);
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([`${FRIEND}.evil.example`, `${FRIEND}:444`, 'http://play.example', 'null', 'https://PLAY.example'])(
    'are not allowed for being alike: %s',
    async (origin) => {
      const app = await start({ CORS_ORIGINS: FRIEND });
      expect((await ask(app, origin)).headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('may also be told that they ask too often', async () => {
    const app = await start({ CORS_ORIGINS: FRIEND, ADDRESS_REQUESTS_PER_SECOND: '1' });
    for (let i = 0; i < 10; i++) await ask(app, FRIEND).expect(200);
    const { headers } = await ask(app, FRIEND).expect(429);
    expect(headers['access-control-allow-origin']).toBe(FRIEND);
    expect(headers['access-control-expose-headers']).toContain('ratelimit');
  });

  it('are all allowed with *', async () => {
    const app = await start({ CORS_ORIGINS: '*' });
    expect((await ask(app, STRANGER)).headers['access-control-allow-origin']).toBe('*');
  });
});

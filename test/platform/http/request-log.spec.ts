import { Logger } from '@nestjs/common';
import { pause } from '../../support/pause';
import { printed } from '../../support/printed';
import { startTestApp, TestApp } from '../../support/test-app';
import { LogIn } from '../../../src/user/application/log-in';

const PRODUCTION = {
  NODE_ENV: 'production',
  JWT_SECRET: '8c1f0c8d5f0e4f60b1de7a9d1a2b3c4d',
  INTERNAL_CLOSE_TOKEN: '0b9e4c5d6a7f8091a2b3c4d5e6f70819',
  SIGNING_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
  LOG_LEVEL: 'debug',
};

type Line = Readonly<Record<string, unknown>>;

describe('the log', () => {
  let app: TestApp;

  afterEach(async () => {
    jest.restoreAllMocks();
    Logger.overrideLogger(['error']);
    await app.close();
  });

  /** Gives what starting it prints. */
  const start = (overrides: Record<string, string> = {}) =>
    printed(async () => (app = await startTestApp({ ...PRODUCTION, ...overrides })));
  const json = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Line);
  const requestsIn = (lines: readonly string[]) => json(lines).filter(({ context }) => context === 'Http');

  it('has JSON in production, each line whole', async () => {
    const lines = [
      ...(await start()),
      ...(await printed(() => app.request().get('/lotteries/2091-01-01').expect(404))),
    ];
    expect(json(lines).length).toBeGreaterThan(2);
    for (const line of json(lines)) {
      expect(line).toMatchObject({
        level: expect.any(String),
        timestamp: expect.any(Number),
        message: expect.any(String),
      });
    }
  });

  it('has sentences elsewhere', async () => {
    await start({ NODE_ENV: 'test' });
    const lines = await printed(() =>
      app.request().get('/lotteries/2091-01-01').set('x-request-id', 'edge-00001').expect(404),
    );
    expect(lines.at(-1)).toMatch(/LOG \[Http\] edge-00001 GET \/lotteries\/:date 404 lottery\.not-found in [\d.]+ ms$/);
  });

  it('answers with the id of the request, and repeats it in problems', async () => {
    await start({ LOG_LEVEL: 'error' });
    const given = await app.request().get('/lotteries/2091-01-01').set('x-request-id', 'edge-00001').expect(404);
    expect(given.headers['x-request-id']).toBe('edge-00001');
    expect((given.body as Line)['instance']).toBe('urn:request:edge-00001');
    const own = await app.request().get('/lotteries').expect(200);
    expect(own.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    for (const path of ['/nowhere', '/%zz', `/lotteries/${'x'.repeat(300)}`]) {
      const { headers } = await app.request().get(path).set('x-request-id', 'edge-00002');
      expect(headers['x-request-id']).toBe('edge-00002');
    }
  });

  it('has the id in each line of a request, however many are under way', async () => {
    await start();
    let last = '';
    const planted: (readonly [string, string])[] = [];
    app.app
      .getHttpAdapter()
      .getInstance()
      .server.prependListener('request', ({ headers }) => {
        last = String(headers['x-request-id']);
      });
    // The name is the id: what is logged can be told from what should be.
    jest.spyOn(app.app.get(LogIn, { strict: false }), 'execute').mockImplementation(async ({ username }) => {
      for (const step of [1, 2, 3]) {
        await pause(step);
        new Logger('Test').debug(username);
        planted.push([username, last]);
      }
      throw new Error('nobody gets in');
    });
    const ids = Array.from({ length: 40 }, (_, i) => `request-${String(i).padStart(4, '0')}`);
    const lines = await printed(() =>
      Promise.all(
        ids.map((id) =>
          app
            .request()
            .post('/auth/login')
            .set('x-request-id', id)
            .send({ username: id, password: 'wrong horse' })
            .expect(500),
        ),
      ),
    );
    const own = json(lines).filter(({ context }) => context === 'Test');
    expect(own).toHaveLength(3 * ids.length);
    expect(own.filter(({ message, requestId }) => message !== requestId)).toEqual([]);
    const failed = json(lines).filter(({ context }) => context === 'Problem');
    expect(failed.map(({ requestId }) => requestId).sort()).toEqual(ids);
    expect(failed[0]?.['stack']).toContain('nobody gets in');
    // What a variable of the process in the place of the request's context would have written.
    expect(planted.filter(([should, is]) => should !== is).length).toBeGreaterThan(0);
  });

  it('has no id in lines that belong to no request', async () => {
    const lines = await start();
    expect(json(lines).filter((line) => 'requestId' in line)).toEqual([]);
  });

  it('has a line for each request that failed, with its route and not with what was asked', async () => {
    await start();
    const lines = await printed(async () => {
      await app.request().get('/lotteries').expect(200);
      await app.request().get('/lotteries/2091-01-01?private=private').expect(404);
      await app.request().get('/nowhere/private').expect(404);
      await app.request().post('/auth/login').set('content-type', 'application/json').send('{"private').expect(400);
      await app.request().get('/%zz').expect(400);
    });
    expect(requestsIn(lines).map(({ method, route, status, code }) => ({ method, route, status, code }))).toEqual([
      { method: 'GET', route: '/lotteries/:date', status: 404, code: 'lottery.not-found' },
      { method: 'GET', route: 'none', status: 404, code: 'http.not-found' },
      { method: 'POST', route: '/auth/login', status: 400, code: 'http.bad-request' },
      { method: 'GET', route: 'none', status: 400, code: 'http.bad-request' },
    ]);
    expect(lines.join()).not.toContain('private');
  });

  it('has a line for each request that was slow', async () => {
    await start();
    jest.spyOn(app.app.get(LogIn, { strict: false }), 'execute').mockImplementation(async () => {
      await pause(1_010);
      return { accessToken: '', refreshToken: '', expiresInSeconds: 0 };
    });
    const credentials = { username: 'somebody', password: 'correct horse' };
    const lines = await printed(() => app.request().post('/auth/login').send(credentials).expect(200));
    const [line] = requestsIn(lines);
    expect(line).toMatchObject({ route: '/auth/login', status: 200 });
    expect(line!['durationMs']).toBeGreaterThanOrEqual(1_000);
  });

  it.each([
    ['all', 2],
    ['none', 0],
  ])('has a line for %s of the requests where it is asked for', async (LOG_REQUESTS, count) => {
    await start({ LOG_REQUESTS });
    const lines = await printed(async () => {
      await app.request().get('/lotteries').expect(200);
      await app.request().get('/lotteries/2091-01-01').expect(404);
    });
    expect(requestsIn(lines)).toHaveLength(count);
  });

  it('counts a flood of refusals instead of writing it down', async () => {
    await start();
    const lines = await printed(async () => {
      for (let round = 0; round < 5; round++) {
        await Promise.all(Array.from({ length: 100 }, () => app.app.inject({ url: '/nowhere' })));
      }
      await pause(1_100);
      await app.request().get('/nowhere').expect(404);
    });
    const withheld = json(lines).map(({ message }) => /^(\d+) more failed or slow requests/.exec(String(message))?.[1]);
    const counted = withheld.reduce((sum, count) => sum + Number(count ?? 0), 0);
    expect(counted).toBeGreaterThan(0);
    expect(requestsIn(lines).filter(({ route }) => route === 'none').length + counted).toBe(501);
  });
});

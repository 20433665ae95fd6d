import { randomUUID } from 'node:crypto';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { addPlayer, adminBearer, TestPlayer } from '../support/players';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../support/test-app';

interface Route {
  readonly method: string;
  readonly path: string;
}

/** A route that nobody guards. */
const PLANTED = 'GET /planted';

/** Every route that Fastify is told of, whoever tells it. */
const mockRoutes: Route[] = [];

jest.mock('../../src/shared/infrastructure/http', () => {
  const actual = jest.requireActual<typeof import('../../src/shared/infrastructure/http')>(
    '../../src/shared/infrastructure/http',
  );
  const createHttpAdapter = (...given: Parameters<typeof actual.createHttpAdapter>): FastifyAdapter => {
    const adapter = actual.createHttpAdapter(...given);
    const fastify = adapter.getInstance();
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) mockRoutes.push({ method: one, path: url });
    });
    fastify.get('/planted', async () => 'somebody forgot the guard');
    return adapter;
  };
  return { ...actual, createHttpAdapter };
});

/** What anybody may call without a token. A route that is not listed here needs one. */
const PUBLIC = [
  'GET /ballots/:id',
  'GET /ballots/:id/proof',
  'GET /docs…',
  'GET /health/live',
  'GET /health/ready',
  'GET /journal/checkpoint',
  'GET /journal/consistency',
  'GET /journal/entries',
  'GET /journal/entries/:index/proof',
  'GET /lotteries',
  'GET /lotteries/:date',
  'GET /lotteries/:date/ballots',
  'GET /lotteries/:date/ballots.txt',
  'GET /lotteries/:date/bundle',
  'GET /lotteries/:date/checkpoint',
  'GET /lotteries/:date/consistency',
  'GET /lotteries/:date/winner',
  'GET /lotteries/winner',
  'GET /openapi.json',
  'GET /pools',
  'GET /pools/:id',
  'GET /pools/:id/ballots.txt',
  'GET /pools/:id/bundle',
  'GET /pools/:id/checkpoint',
  'GET /pools/:id/consistency',
  'GET /pools/:id/entries',
  'GET /pools/rules',
  'GET /problems',
  'GET /problems/:code',
  'GET /verifier-key',
  'GET /verifier-keys',
  'POST /auth/login',
  'POST /auth/logout',
  'POST /auth/refresh',
  'POST /auth/register',
];

/** What a player may not call. */
const ADMIN_ONLY = [
  'DELETE /webhooks/:id',
  'GET /audit',
  'GET /users',
  'GET /webhooks',
  'GET /webhooks/:id/deliveries',
  'POST /lotteries',
  'POST /users/:id/ban',
  'POST /users/:id/unban',
  'POST /webhooks',
  'POST /webhooks/:id/deliveries/:deliveryId/retry',
  'POST /webhooks/:id/test',
  'PUT /pools/rules/:gameId',
  'PUT /users/:id/role',
];

/** What needs the internal token, whoever calls. */
const INTERNAL_ONLY = ['POST /lotteries/close', 'POST /pools/stakes'];

describe('access', () => {
  let test: TestApp;
  let player: TestPlayer;
  let admin: string;

  beforeAll(async () => {
    test = await startTestApp();
    player = await addPlayer(test);
    admin = await adminBearer(test);
  });

  afterAll(() => test.close());

  it('is denied without a token on every route that is not listed as public', async () => {
    expect(await openRoutes()).toEqual([...PUBLIC, PLANTED].sort());
  });

  it('is not denied on a route that was planted past the guard: the walk above does look', async () => {
    expect(await openRoutes()).toContain(PLANTED);
  });

  it('is denied to players on the routes of admins', async () => {
    const refused = await routesThat(async (route) => {
      const { statusCode, body } = await call(route, { authorization: player.bearer });
      return statusCode === 403 && body.includes('access.forbidden');
    });
    // Another person's page is refused as well; that decision is the use case's.
    expect(refused.filter((route) => route !== 'GET /users/:id')).toEqual(ADMIN_ONLY);
  });

  it('is denied even to admins on the routes of the operator', async () => {
    const refused = await routesThat(async (route) => {
      const { statusCode, body } = await call(route, { authorization: admin });
      return statusCode === 401 && body.includes('access.internal-token-missing');
    });
    expect(refused).toEqual(INTERNAL_ONLY);
  });

  it('is denied to the operator on the routes of people', async () => {
    const refused = await routesThat(async (route) => {
      const { statusCode } = await call(route, { 'x-internal-token': CLOSE_TOKEN });
      return statusCode === 401;
    });
    expect(refused).toEqual(expect.arrayContaining([...ADMIN_ONLY, 'GET /users/me']));
  });

  it.each(['', 'wrong', `${CLOSE_TOKEN}x`, CLOSE_TOKEN.slice(1), CLOSE_TOKEN.toUpperCase(), 'é'])(
    'is denied on the routes of the operator with the internal token %j',
    async (token) => {
      for (const route of mockRoutes.filter((one) => INTERNAL_ONLY.includes(nameOf(one)))) {
        const { statusCode, body } = await call(route, { 'x-internal-token': token });
        const code = token === '' ? 'access.internal-token-missing' : 'access.internal-token-wrong';
        expect({ statusCode, code: (JSON.parse(body) as { code: string }).code }).toEqual({
          statusCode: token === '' ? 401 : 403,
          code,
        });
      }
    },
  );

  async function openRoutes(): Promise<string[]> {
    return routesThat(async (route) => (await call(route)).statusCode !== 401);
  }

  async function routesThat(holds: (route: Route) => Promise<boolean>): Promise<string[]> {
    const found = new Set<string>();
    for (const route of mockRoutes) {
      if (await holds(route)) found.add(nameOf(route));
    }
    return [...found].sort();
  }

  async function call({ method, path }: Route, headers: Record<string, string> = {}) {
    const url = path.replaceAll(/:\w+/g, () => randomUUID()).replace('*', 'x');
    const request = { method, url, headers } as Parameters<TestApp['app']['inject']>[0];
    return test.app.inject(request);
  }
});

/** HEAD is GET without the body; the pages of the documentation are one. */
function nameOf({ method, path }: Route): string {
  return `${method === 'HEAD' ? 'GET' : method} ${path.replace(/^\/docs.*/, '/docs…')}`;
}

import { randomUUID } from 'node:crypto';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { openFreshLottery } from '../support/lottery-client';
import { addPlayers, adminBearer, TestPlayer } from '../support/players';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../support/test-app';
import { Caller, CALLERS, MATRIX, OPERATORS, Row, SIGNED_IN } from './access-matrix';
import { wrongTokens } from './wrong-tokens';

interface Route {
  readonly method: string;
  readonly path: string;
}

/** A route that nobody guards. */
const PLANTED = 'GET /planted';

/** Every route that Fastify is told of, whoever tells it. */
const mockRoutes: Route[] = [];

jest.mock('../../src/platform/http/http', () => {
  const actual = jest.requireActual<typeof import('../../src/platform/http/http')>('../../src/platform/http/http');
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

describe('access', () => {
  let test: TestApp;
  let date: string;
  let owner: TestPlayer;
  /** What each caller sends, by who it is; a wrong token is sent in every way in which one can be wrong. */
  let headers: Readonly<Record<Caller, readonly Record<string, string>[]>>;

  beforeAll(async () => {
    test = await startTestApp();
    date = await openFreshLottery(test);
    const [player, other, banned] = (await addPlayers(test, 3)) as [TestPlayer, TestPlayer, TestPlayer];
    const admin = await adminBearer(test);
    await test.request().post(`/users/${banned.id}/ban`).set('authorization', admin).send({}).expect(204);
    owner = player;
    const wrong = [...wrongTokens(test.config, player.id).values()].map((token) => `Bearer ${token}`);
    headers = {
      nobody: [{}, { authorization: 'Basic YWRtaW46YWRtaW4=' }, { authorization: 'Bearer' }],
      player: [{ authorization: player.bearer }],
      'other player': [{ authorization: other.bearer }],
      'banned player': [{ authorization: banned.bearer }],
      admin: [{ authorization: admin }],
      'wrong token': wrong.map((authorization) => ({ authorization })),
      operator: [{ 'x-internal-token': CLOSE_TOKEN }],
      'wrong operator': ['wrong', `${CLOSE_TOKEN}x`, CLOSE_TOKEN.slice(1), CLOSE_TOKEN.toUpperCase(), 'é'].map(
        (token) => {
          return { 'x-internal-token': token };
        },
      ),
    };
  });

  afterAll(() => test.close());

  it('has a row for every route, and no row without a route', () => {
    const known = new Set(mockRoutes.map(nameOf));
    expect([...known].sort()).toEqual([...Object.keys(MATRIX), PLANTED].sort());
  });

  it.each(Object.entries(MATRIX))('to %s is as its row says', async (name, row) => {
    expect(await deviations(name, row)).toEqual([]);
  });

  it('to HEAD is as to GET', async () => {
    for (const { path } of mockRoutes.filter(({ method }) => method === 'HEAD')) {
      for (const [sent] of Object.values(headers)) {
        const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => call({ method, path }, sent ?? {})));
        expect([path, head?.statusCode]).toEqual([path, get?.statusCode]);
      }
    }
  });

  it('deviates where a route was planted past the guard: the rows above do look', async () => {
    const found = await deviations(PLANTED, SIGNED_IN);
    expect(found.map(({ caller }) => caller)).toEqual(expect.arrayContaining(['nobody', 'wrong token', 'operator']));
  });

  it('is not had by an internal token that is empty', async () => {
    for (const route of routesOf('POST /lotteries/close')) {
      expect(await outcome(route, { 'x-internal-token': '' })).toBe('access.internal-token-missing');
    }
  });

  async function deviations(name: string, row: Row): Promise<{ caller: Caller; expected: string; found: string }[]> {
    const found = [];
    for (const route of routesOf(name)) {
      for (const caller of [...CALLERS, ...OPERATORS]) {
        const outcomes = [];
        for (const sent of headers[caller]) outcomes.push(await outcome(route, sent));
        const wrong = outcomes.find((one) => one !== row[caller]);
        if (wrong !== undefined) found.push({ caller, expected: row[caller], found: wrong });
      }
    }
    return found;
  }

  /** The code of the refusal; `in` where the answer says anything but that this caller may not. */
  async function outcome(route: Route, sent: Record<string, string>): Promise<string> {
    const { statusCode, body } = await call(route, sent);
    expect([route, statusCode >= 500]).toEqual([route, false]);
    return statusCode === 401 || statusCode === 403 ? (JSON.parse(body) as { code: string }).code : 'in';
  }

  async function call({ method, path }: Route, sent: Record<string, string>) {
    const url = path
      .replace('/users/:id', method === 'POST' || method === 'PUT' ? `/users/${randomUUID()}` : `/users/${owner.id}`)
      .replace(':date', date)
      .replaceAll(/:\w+/g, () => randomUUID())
      .replace('*', 'x');
    const answer = await test.app.inject({ method, url, headers: sent } as Parameters<TestApp['app']['inject']>[0]);
    // The time that a stalled reader has, which an answer to an injected request keeps if its body is empty.
    clearTimeout((answer.raw.res as { timeoutHandle?: NodeJS.Timeout }).timeoutHandle);
    return answer;
  }
});

function routesOf(name: string): Route[] {
  return mockRoutes.filter((route) => route.method !== 'HEAD' && nameOf(route) === name);
}

/** HEAD is GET without the body; the pages of the documentation are one. */
function nameOf({ method, path }: Route): string {
  return `${method === 'HEAD' ? 'GET' : method} ${path.replace(/^\/docs.*/, '/docs…')}`;
}

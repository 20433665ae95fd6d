import { close, openFreshLottery, submit } from '../../support/lottery-client';
import type { OpenApiDocument } from '../../support/openapi-document';
import { addPlayer, adminBearer } from '../../support/players';
import { sendRaw } from '../../support/raw-request';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../../support/test-app';

/** The only routes whose answers caches may keep; the answers of all others change, or are for one client. */
const STORABLE = [
  'GET /lotteries/:date/bundle',
  'GET /lotteries/:date/ballots.txt',
  'GET /pools/:id/bundle',
  'GET /pools/:id/ballots.txt',
  'GET /openapi.json',
  'GET /docs/*',
];
/** Pages for people, the document itself, and what browsers ask before a call. */
const NOT_IN_THE_DOCUMENT =
  /^OPTIONS \*$|^GET (\/openapi\.json|\/docs(\/(index\.html|LICENSE|\*|swagger-ui-init\.js|docs\/swagger-ui-init\.js)?)?)$/;
const CLASSES = ['no-store', 'public, no-cache', 'public, max-age=31536000, immutable'];
const PERSONAL = ['x-request-id', 'ratelimit', 'ratelimit-policy', 'set-cookie'];

describe('what caches may keep', () => {
  let app: TestApp;
  let routes: string[];
  let paths: (route: string) => string;
  let bearer: string;
  let date: string;

  beforeAll(async () => {
    app = await startTestApp({
      ADDRESS_REQUESTS_PER_SECOND: '10000',
      CORS_ORIGINS: 'https://a.example,https://b.example',
    });
    routes = routesIn(app.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
    bearer = await adminBearer(app);
    date = await openFreshLottery(app);
    const ballot = await submit(app, date, await addPlayer(app)).expect(201);
    await close(app, date, '&early=true').expect(200);
    const ids: Record<string, string> = {
      date,
      index: '0',
      code: 'http.not-found',
      id: (ballot.body as { id: string }).id,
    };
    paths = (route) =>
      route
        .replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? (ids['id'] as string))
        .replace('docs/*', 'docs/swagger-ui.css')
        .replace(/^\*$/, '/lotteries');
  });
  afterAll(() => app.close());

  const ask = (route: string) => {
    const [method, path] = route.split(' ') as [string, string];
    const send = app.request()[method.toLowerCase() as 'get'](paths(path));
    return send.set({ authorization: bearer, 'x-internal-token': CLOSE_TOKEN });
  };

  it('is asked of every route that there is, and all of them are documented', async () => {
    expect(routes.length).toBeGreaterThan(40);
    const { paths: documented } = (await app.request().get('/openapi.json').expect(200)).body as OpenApiDocument;
    const names = Object.entries(documented).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = routes.filter((route) => !route.startsWith('HEAD ') && !NOT_IN_THE_DOCUMENT.test(route));
    expect(served.toSorted()).toEqual(names.toSorted());
  });

  it('is said by every route, and no other than the listed ones lets them', async () => {
    const storable = new Set<string>();
    for (const route of routes) {
      const { headers, status } = await ask(route);
      const said = headers['cache-control'];
      expect([route, status < 500, CLASSES.includes(said ?? 'nothing')]).toEqual([route, true, true]);
      if (said === 'no-store') continue;
      storable.add(route.replace(/^HEAD /, 'GET '));
      expect([route, headers['etag']]).toEqual([route, expect.any(String)]);
      for (const name of PERSONAL) expect([route, name, headers[name]]).toEqual([route, name, undefined]);
    }
    // Those of pools need a pool to be more than a problem.
    const expected = STORABLE.filter((route) => !route.startsWith('GET /pools'));
    expect([...storable].toSorted()).toEqual(expected.toSorted());
  });

  it.each(['bundle', 'ballots.txt'])('never includes what is about the request of somebody else: %s', async (file) => {
    const path = `/lotteries/${date}/${file}`;
    const first = await app.request().get(path).set('x-request-id', 'of-somebody').expect(200);
    const again = await app
      .request()
      .get(path)
      .set({ 'x-request-id': 'of-somebody', 'if-none-match': first.headers['etag'] })
      .expect(304);
    for (const { headers } of [first, again]) {
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      for (const name of PERSONAL) expect([name, headers[name]]).toEqual([name, undefined]);
    }
    const { headers } = await app.request().get(`/lotteries/${date}`).expect(200);
    for (const name of PERSONAL.slice(0, 3)) expect([name, headers[name]]).toEqual([name, expect.any(String)]);
  });

  it('depends on the origin that asks where pages of several may read it', async () => {
    for (const origin of [undefined, 'https://a.example', 'https://b.example', 'https://c.example']) {
      const { headers } = await app
        .request()
        .get(`/lotteries/${date}/bundle`)
        .set(origin === undefined ? {} : { origin })
        .expect(200);
      expect([origin, headers['vary']]).toEqual([origin, expect.stringMatching(/\borigin\b/i)]);
    }
  });

  it('is no receipt, which comes past the pipeline', async () => {
    const { headers } = await submit(app, 'today', await addPlayer(app)).expect(201);
    expect([headers['cache-control'], headers['x-request-id']]).toEqual(['no-store', expect.any(String)]);
  });

  it('is no refusal, at whatever layer', async () => {
    const port = Number(new URL(app.url).port);
    const refused = [
      'GARBAGE\r\n\r\n',
      'GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      'GET /lotteries/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      'GET /lotteries HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n',
      `GET /lotteries?${'x'.repeat(3_000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    ];
    for (const bytes of refused) {
      expect([bytes, (await sendRaw(port, bytes))?.headers['cache-control']]).toEqual([bytes, 'no-store']);
    }
  });

  it('leads to the pages of the API from every name of them', async () => {
    const { headers } = await app.request().get('/docs/index.html').expect(302);
    expect(headers).toMatchObject({ location: '/docs/', 'cache-control': 'no-store' });
  });

  it('is the document of the API, as long as it is the same', async () => {
    const { headers } = await app.request().get('/openapi.json').expect(200);
    await app
      .request()
      .get('/openapi.json')
      .set('if-none-match', headers['etag'] as string)
      .expect(304);
  });
});

/** `GET /lotteries/:date` and so on, from Fastify's tree of routes. */
function routesIn(tree: string): string[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([\s│]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    const depth = indent.length / 4;
    const path = (depth === 0 ? '' : (parents[depth - 1] as string)) + part;
    parents[depth] = path;
    return (methods?.split(', ') ?? []).map((method) => `${method} ${path.replaceAll('//', '/')}`);
  });
}

import type { Test } from 'supertest';
import { RefreshSession } from '../../src/user/application/refresh-session';
import { rounds } from '../support/rounds';
import { ADMIN, startTestApp, TestApp } from '../support/test-app';
import { refuses } from './refuses';

type Headers = Readonly<Record<string, string>>;

const LATER_MS = 11_000;
const OURS: Headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
const PUBLIC_URL = 'https://lottery.example';

describe('the door for browsers', () => {
  let test: TestApp;
  let now = 0;

  beforeAll(async () => (test = await startTestApp()));
  afterAll(() => test.close());

  const post = (path: string, headers: Headers, body: object | undefined = undefined): Test =>
    test.request().post(`/auth/web/${path}`).set(headers).send(body);
  const logIn = (headers: Headers = OURS) => post('login', headers, ADMIN);
  const cookieOf = ({ headers }: { headers: Record<string, unknown> }): string =>
    (headers['set-cookie'] as string[] | undefined)?.join('\n') ?? 'none';
  const pairOf = (answer: { headers: Record<string, unknown> }): string => cookieOf(answer).split(';')[0] ?? '';
  const refresh = (cookie: string) => post('refresh', { ...OURS, cookie });
  const me = (token: string) => test.request().get('/users/me').auth(token, { type: 'bearer' });
  const timePasses = (ms: number) => test.database.setClockOffset((now += ms));

  it('gives the access token in the answer, and the refresh token in a cookie alone', async () => {
    const answer = await logIn().expect(200);
    expect(Object.keys(answer.body as object)).toEqual(['accessToken', 'tokenType', 'expiresInSeconds']);
    expect(cookieOf(answer)).toMatch(
      /^refresh=[\w-]{43}; Max-Age=2592000; Path=\/auth\/web; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    await me((answer.body as { accessToken: string }).accessToken).expect(200);
    const again = await refresh(pairOf(answer)).expect(200);
    expect(Object.keys(again.body as object)).toEqual(['accessToken', 'tokenType', 'expiresInSeconds']);
    expect(pairOf(again)).not.toBe(pairOf(answer));
  });

  it.each<[string, Headers]>([
    ['another site', { ...OURS, 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring host', { ...OURS, 'sec-fetch-site': 'same-site' }],
    ['the address bar', { ...OURS, 'sec-fetch-site': 'none' }],
    ['a header twice', { ...OURS, 'sec-fetch-site': 'same-origin, same-origin' }],
    ['no page', { 'content-type': 'application/json' }],
    ['an opaque origin', { 'content-type': 'application/json', origin: 'null' }],
    ['an origin that is not ours', { 'content-type': 'application/json', origin: 'https://evil.example' }],
    ['another port', { 'content-type': 'application/json', origin: 'http://127.0.0.1:1' }],
    ['another scheme', { 'content-type': 'application/json', origin: 'https://127.0.0.1' }],
    ['a form', { 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' }],
    ['a URL-encoded form', { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }],
    ['a type that only begins alike', { ...OURS, 'content-type': 'application/jsonp' }],
  ])('is shut to %s, whatever the route', async (_, headers) => {
    const body = headers['content-type']?.startsWith('application/json') ? JSON.stringify(ADMIN) : 'x';
    for (const path of ['login', 'refresh', 'logout']) {
      const request = test.request().post(`/auth/web/${path}`).set(headers);
      const { headers: sent } = await request.send(body).expect(403);
      expect(sent['set-cookie']).toBeUndefined();
    }
    await refuses(test.request().post('/auth/web/login').set(headers).send(body), 403, 'auth.foreign-origin');
  });

  it('needs the type also where there is no body', async () => {
    for (const path of ['refresh', 'logout']) {
      await refuses(
        test.request().post(`/auth/web/${path}`).set('sec-fetch-site', 'same-origin'),
        403,
        'auth.foreign-origin',
      );
    }
  });

  it('takes the origin of a browser that does not say where a request comes from', async () => {
    await logIn({ 'content-type': 'application/json; charset=utf-8', origin: test.url }).expect(200);
  });

  it.each<[string, Headers]>([
    ['the name of another machine', { ...OURS, host: 'lottery.example' }],
    ['the address of another machine', { ...OURS, host: '192.168.1.5:8000' }],
    ['a name that only begins alike', { ...OURS, host: 'localhost.evil.example' }],
    ['a browser that came through a proxy', { ...OURS, origin: PUBLIC_URL }],
    ['an old browser', { 'content-type': 'application/json', host: '10.0.0.7', origin: 'http://10.0.0.7' }],
  ])('logs nobody in over http by %s', async (_, headers) => {
    await refuses(logIn(headers), 403, 'auth.insecure-origin');
  });

  it.each(['localhost:8000', '127.0.0.1', '[::1]:8000'])('logs people in over http at %s', async (host) => {
    await logIn({ ...OURS, host, origin: `http://${host}` }).expect(200);
  });

  it('refuses a password as the other door does', async () => {
    await refuses(post('login', OURS, { ...ADMIN, password: 'wrong' }), 401, 'auth.bad-credentials');
    await refuses(post('login', OURS, { username: 'x' }), 400, 'request.invalid');
  });

  it.each([
    ['no cookie', 'theme=dark'],
    ['an empty cookie', 'refresh='],
    ['an unknown cookie', `refresh=${'A'.repeat(43)}`],
    ['a cookie longer than any of ours', `refresh=${'A'.repeat(129)}`],
    ['the cookie of https', `__Secure-refresh=${'A'.repeat(43)}`],
  ])('refreshes nothing with %s, and leaves the cookie alone', async (_, cookie) => {
    const answer = await refresh(cookie).expect(401);
    expect([cookieOf(answer), (answer.body as { code: string }).code]).toEqual(['none', 'auth.refresh-token-invalid']);
  });

  it('does not choose between two cookies of the name', async () => {
    const pair = pairOf(await logIn().expect(200));
    await refuses(refresh(`${pair}; refresh=planted`), 401, 'auth.refresh-token-invalid');
    await refuses(refresh(`refresh=planted; ${pair}`), 401, 'auth.refresh-token-invalid');
    await refresh(`theme=dark; ${pair};`).expect(200);
  });

  it('never clears the cookie of a refresh that lost: another tab may have the newer one', async () => {
    const first = pairOf(await logIn().expect(200));
    const second = pairOf(await refresh(first).expect(200));
    await timePasses(LATER_MS);
    const lost = await refresh(first).expect(401);
    expect([cookieOf(lost), (lost.body as { code: string }).code]).toEqual(['none', 'auth.refresh-token-reused']);
    expect(cookieOf(await refresh(second).expect(401))).toBe('none');
  });

  it('logs out though another host has set a cookie of the same name', async () => {
    const pair = pairOf(await logIn().expect(200));
    await post('logout', { ...OURS, cookie: `refresh=${'x'.repeat(43)}; ${pair}` }).expect(204);
    await refuses(refresh(pair), 401, 'auth.refresh-token-invalid');
  });

  it('logs out for good, clears the cookie, and may be told twice', async () => {
    const pair = pairOf(await logIn().expect(200));
    for (const cookie of [pair, pair, 'theme=dark']) {
      const answer = await post('logout', { ...OURS, cookie }).expect(204);
      expect(cookieOf(answer)).toBe('refresh=; Max-Age=0; Path=/auth/web; HttpOnly; SameSite=Strict');
    }
    await refuses(refresh(pair), 401, 'auth.refresh-token-invalid');
  });

  describe('with two tabs that refresh at once', () => {
    const TABS = 2;
    const ROUNDS = rounds({ few: 50, all: 50 });

    /** Both tabs send the cookie that the browser has; the answer that comes last is the cookie from then on. */
    async function loggedOutIn(count: number): Promise<number | null> {
      let pair = pairOf(await logIn().expect(200));
      for (let round = 0; round < count; round++) {
        const answers = await Promise.all(Array.from({ length: TABS }, () => refresh(pair)));
        if (answers.some(({ status }) => status !== 200)) return round;
        if (new Set(answers.map(cookieOf)).size !== 1) return round;
        pair = pairOf(answers.at(-1) as (typeof answers)[number]);
        await timePasses(LATER_MS);
      }
      return null;
    }

    it('gives both the same cookie, 50 times, and logs nobody out', async () => {
      expect(await loggedOutIn(ROUNDS)).toBeNull();
    });

    it('would find a successor of its own for each tab', async () => {
      const session = test.app.get(RefreshSession, { strict: false });
      const execute = session.execute.bind(session);
      let tabs = 0;
      const planted = jest.spyOn(session, 'execute').mockImplementation(async (command) => {
        const tokens = await execute(command);
        return ++tabs % 2 === 0 ? { ...tokens, refreshToken: `${tokens.refreshToken.slice(0, -1)}_` } : tokens;
      });
      expect(await loggedOutIn(2)).not.toBeNull();
      planted.mockRestore();
    });
  });

  it('counts for the limits of log-ins as the other door does', async () => {
    await test.request().post('/auth/register').send({ username: 'guessed', password: ADMIN.password }).expect(201);
    const wrong = { username: 'guessed', password: 'wrong' };
    const guess = () => post('login', OURS, wrong);
    const codes = [];
    for (let i = 0; i < 7; i++) codes.push(((await guess()).body as { code: string }).code);
    expect(codes).toContain('auth.too-many-attempts');
    const other = await test.request().post('/auth/login').send(wrong);
    expect((other.body as { code: string }).code).toBe('auth.too-many-attempts');
  });
});

describe('the door for browsers at an address of https', () => {
  let test: TestApp;

  beforeAll(async () => (test = await startTestApp({ PUBLIC_URL })));
  afterAll(() => test.close());

  const logIn = (headers: Headers) => test.request().post('/auth/web/login').set(headers).send(ADMIN);

  it('sets a cookie that is sent over https alone', async () => {
    const { headers } = await logIn({ ...OURS, host: 'lottery.example' }).expect(200);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Secure-refresh=[\w-]{43}; Max-Age=2592000; Path=\/auth\/web; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ]);
  });

  it('compares the origin of an old browser with the address, whatever the host', async () => {
    const json = { 'content-type': 'application/json', host: '127.0.0.1:8000' };
    await logIn({ ...json, origin: PUBLIC_URL }).expect(200);
    await refuses(logIn({ ...json, origin: 'http://127.0.0.1:8000' }), 403, 'auth.foreign-origin');
    await refuses(logIn({ ...json, origin: 'http://lottery.example' }), 403, 'auth.foreign-origin');
  });
});

import { PasswordHasher } from '../../src/user/application/password-hasher';
import type { SessionTokens } from '../../src/user/application/token-mint';
import { AuthBusy } from '../../src/user/domain/errors';
import { ADMIN, startTestApp, TestApp } from '../support/test-app';
import { refuses } from './refuses';

const alice = { username: 'Alice', password: 'correct horse' };

describe('auth over HTTP', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });

  afterAll(() => test.close());

  beforeEach(async () => {
    await test.database.setClockOffset(0);
    await test.database.dataSource.query('delete from sessions');
    await test.database.dataSource.query('delete from login_attempts');
    await test.database.dataSource.query('delete from users where username_key <> $1', [ADMIN.username]);
  });

  const post = (path: string, body?: object) => test.request().post(`/auth/${path}`).send(body);
  const register = (body: object) => post('register', body);
  const logIn = (body: object) => post('login', body);
  const refresh = (refreshToken: unknown) => post('refresh', { refreshToken });
  const me = (accessToken: string) => test.request().get('/users/me').auth(accessToken, { type: 'bearer' });

  describe('POST /auth/register', () => {
    it('answers 201 with the user and nothing secret', async () => {
      const answer = await register({ ...alice, email: 'alice@example.org', name: '  Alice L. ' }).expect(201);
      expect(answer.body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        username: 'Alice',
        name: 'Alice L.',
        email: 'alice@example.org',
        role: 'player',
        bannedAt: null,
        banReason: null,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    });

    it('needs neither email nor name; null says the same', async () => {
      const answer = await register({ ...alice, email: null, name: null }).expect(201);
      expect(answer.body).toMatchObject({ email: null, name: null });
    });

    it('takes letters of every script', async () => {
      await register({ username: 'Ωμέγα.1_x', password: 'пароль длинный 🎲' }).expect(201);
      await logIn({ username: 'ωΜΈΓΑ.1_X', password: 'пароль длинный 🎲' }).expect(200);
    });

    it.each(['Alice', 'alice', 'ALICE', 'ａｌｉｃｅ'])('answers 409 where the name is taken: %s', async (username) => {
      await register(alice).expect(201);
      await refuses(register({ ...alice, username }), 409, 'user.username-taken');
    });

    it('gives one of 32 that come at once the name, and 409 to the others', async () => {
      const answers = await Promise.all(Array.from({ length: 32 }, () => register(alice)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array<number>(31).fill(409)]);
    });

    it('answers 503 with Retry-After when too many register at once', async () => {
      const hasher = test.app.get(PasswordHasher, { strict: false });
      jest.spyOn(hasher, 'hash').mockRejectedValueOnce(new AuthBusy());
      const answer = await register(alice).expect(503);
      expect(answer.body.code).toBe('auth.busy');
      expect(answer.headers['retry-after']).toBe('1');
    });

    it('answers 400 and names every fault', async () => {
      const answer = await refuses(
        register({ username: 'a', password: 'short', email: 'nobody', name: ' ', role: 'admin' }),
        400,
        'request.invalid',
      );
      const pointers = new Set(answer.errors?.map(({ pointer }) => pointer));
      expect(pointers).toEqual(new Set(['/username', '/password', '/email', '/name', '/role']));
    });

    it.each([
      ['username', 'ab'],
      ['username', 'a'.repeat(33)],
      ['username', 'al ice'],
      ['username', 7],
      ['username', ['alice']],
      ['username', null],
      ['password', '1234567'],
      ['password', 'x'.repeat(129)],
      ['password', 12345678],
      ['password', { length: 8 }],
      ['name', 'x'.repeat(101)],
      ['name', 'x\ufe0f'.repeat(51)],
      ['name', 'left\u202eright'],
      ['name', '\u3164'],
      ['name', '\u{e0041}'],
      ['username', '\u3164\u1160\u115f'],
      ['username', 'alice\u3164'],
      ['email', 'a\u200bb@c.org'],
      ['email', `${'x'.repeat(250)}@example.org`],
      ['email', 'a@b@c.org'],
      ['email', '"a b"@c.org'],
    ])('answers 400 for the %s %j', async (field, value) => {
      await refuses(register({ ...alice, [field]: value }), 400, 'request.invalid');
    });

    it.each(['', 'null', '[]', '"alice"', '{', '{"__proto__":{"role":"admin"}}', '{"username":"\\ud8'])(
      'answers 400 for the body %s',
      async (body) => {
        await test.request().post('/auth/register').set('content-type', 'application/json').send(body).expect(400);
      },
    );
  });

  describe.each([
    ['register', 'username'],
    ['register', 'password'],
    ['register', 'email'],
    ['register', 'name'],
    ['login', 'username'],
    ['login', 'password'],
    ['refresh', 'refreshToken'],
    ['logout', 'refreshToken'],
  ])('POST /auth/%s with a strange %s', (route, field) => {
    it.each([
      ['NUL', '\\u0000'],
      ['a control character', '\\u0007'],
      ['a line feed', '\\n'],
      ['DEL', '\\u007f'],
      ['a C1 control', '\\u0085'],
      ['half a surrogate', '\\ud800'],
      ['the other half', '\\udc00'],
      ['a line separator', '\\u2028'],
    ])('answers 400 for %s', async (_, character) => {
      const whole = route === 'refresh' || route === 'logout' ? { refreshToken: 'x' } : alice;
      const value = field === 'email' ? `a${character}b@example.org` : `correct${character}horse`;
      const body = JSON.stringify({ ...whole, [field]: 'PLACE' }).replace('PLACE', value);
      const answer = await test.request().post(`/auth/${route}`).set('content-type', 'application/json').send(body);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 'request.invalid' });
    });
  });

  describe('POST /auth/login', () => {
    beforeEach(() => register(alice).expect(201));

    it('answers 200 with the tokens, whatever the case of the username', async () => {
      const answer = await logIn({ ...alice, username: 'aLICE' }).expect(200);
      expect(answer.body).toEqual({
        accessToken: expect.any(String),
        tokenType: 'Bearer',
        expiresInSeconds: 600,
        refreshToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      });
      expect((await me(answer.body.accessToken).expect(200)).body.username).toBe('Alice');
    });

    it('keeps neither the password nor the refresh token', async () => {
      const { refreshToken } = (await logIn(alice)).body;
      const stored = await test.database.dataSource.query<{ row: string }[]>(`
        select to_jsonb(users)::text as row from users union all select to_jsonb(sessions)::text from sessions
        union all select to_jsonb(refresh_tokens)::text from refresh_tokens`);
      const text = stored.map(({ row }) => row).join('\n');
      for (const secret of [alice.password, refreshToken, Buffer.from(refreshToken, 'base64url').toString('hex')]) {
        expect(text).not.toContain(secret);
      }
    });

    it('answers a wrong password and an unknown user with the same 401', async () => {
      const wrong = await refuses(logIn({ ...alice, password: 'wrong horse' }), 401, 'auth.bad-credentials');
      const unknown = await refuses(logIn({ ...alice, username: 'nobody' }), 401, 'auth.bad-credentials');
      expect(unknown).toEqual(wrong);
    });

    it('answers 429 with Retry-After when an account was guessed at too often, whether or not it exists', async () => {
      for (const username of ['alice', 'nobody']) {
        for (let guess = 0; guess < 5; guess++) await logIn({ username, password: `guess ${guess}` }).expect(401);
        const answer = await logIn({ username, password: alice.password }).expect(429);
        expect(answer.body.code).toBe('auth.too-many-attempts');
        expect(answer.headers['retry-after']).toBe('1');
      }
    });

    it('answers 200 again after the wait', async () => {
      for (let guess = 0; guess < 5; guess++) await logIn({ ...alice, password: `guess ${guess}` }).expect(401);
      await logIn(alice).expect(429);
      await test.database.setClockOffset(1_000);
      await logIn(alice).expect(200);
    });

    it('lets no more than the free guesses of 100 through that come at once', async () => {
      const began = Date.now();
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) => logIn({ ...alice, password: `guess ${index}` })),
      );
      const waits = Math.floor(Math.log2((Date.now() - began) / 1000 + 1));
      const compared = answers.filter(({ status }) => status === 401).length;
      expect(compared).toBeGreaterThanOrEqual(5);
      expect(compared).toBeLessThanOrEqual(5 + waits);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - compared);
    });

    it.each([
      {},
      { username: 'alice' },
      { ...alice, password: '' },
      { ...alice, username: 'x'.repeat(65) },
      { ...alice, x: 1 },
    ])('answers 400 for %j', async (body) => {
      await refuses(logIn(body), 400, 'request.invalid');
    });
  });

  describe('POST /auth/refresh', () => {
    let first: string;

    beforeEach(async () => {
      await register(alice).expect(201);
      first = (await logIn(alice).expect(200)).body.refreshToken;
    });

    it('answers 200 with new tokens, again and again', async () => {
      const second = (await refresh(first).expect(200)).body;
      await me(second.accessToken).expect(200);
      const third = (await refresh(second.refreshToken).expect(200)).body;
      expect(new Set([first, second.refreshToken, third.refreshToken]).size).toBe(3);
    });

    it('gives one successor to 16 that come at once', async () => {
      const answers = await Promise.all(Array.from({ length: 16 }, () => refresh(first).expect(200)));
      expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    });

    it('gives the same successor for ten seconds', async () => {
      const second = (await refresh(first).expect(200)).body.refreshToken;
      await test.database.setClockOffset(9_000);
      expect((await refresh(first).expect(200)).body.refreshToken).toBe(second);
    });

    it('answers 401 when a token is used again later, and ends the session for good', async () => {
      const second = (await refresh(first).expect(200)).body.refreshToken;
      await test.database.setClockOffset(11_000);
      await refuses(refresh(first), 401, 'auth.refresh-token-reused');
      await refuses(refresh(second), 401, 'auth.refresh-token-invalid');
      await refuses(refresh(first), 401, 'auth.refresh-token-invalid');
    });

    it('leaves the other sessions alone when one is ended', async () => {
      const elsewhere = (await logIn(alice).expect(200)).body.refreshToken;
      await post('logout', { refreshToken: first }).expect(204);
      await refresh(elsewhere).expect(200);
    });

    it('answers 401 when the log-in is 30 days ago', async () => {
      await test.database.setClockOffset(30 * 86_400_000 - 60_000);
      const second = (await refresh(first).expect(200)).body.refreshToken;
      await test.database.setClockOffset(30 * 86_400_000);
      await refuses(refresh(second), 401, 'auth.refresh-token-invalid');
    });

    it('answers 401 when the session was refreshed 10,000 times, so that its rows are bounded', async () => {
      await test.database.dataSource.query(`
        insert into refresh_tokens (digest, session_id, used_at)
          select sha256(n::text::bytea), sessions.id, database_time() from sessions, generate_series(1, 9999) as n`);
      const last = (await refresh(first).expect(200)).body.refreshToken;
      await refuses(refresh(last), 401, 'auth.refresh-token-invalid');
      expect(await count('refresh_tokens')).toBe(10_001);
    });

    it('ends the session for a token that was used thousands of refreshes ago', async () => {
      const second = (await refresh(first).expect(200)).body.refreshToken;
      await test.database.setClockOffset(11_000);
      await test.database.dataSource.query(`
        insert into refresh_tokens (digest, session_id, used_at)
          select sha256(n::text::bytea), sessions.id, database_time() from sessions, generate_series(1, 9000) as n`);
      await refuses(refresh(first), 401, 'auth.refresh-token-reused');
      await refuses(refresh(second), 401, 'auth.refresh-token-invalid');
    });

    it('forgets sessions that are over at the next log-ins, some at a time', async () => {
      for (let index = 0; index < 6; index++) await logIn(alice).expect(200);
      await test.database.setClockOffset(31 * 86_400_000);
      await logIn(alice).expect(200);
      expect(await count('sessions')).toBe(3);
      await logIn(alice).expect(200);
      expect(await count('sessions')).toBe(2);
      expect(await count('refresh_tokens')).toBe(2);
    });

    it.each(['A'.repeat(43), 'x', '🎲'])('answers 401 for the unknown token %s', async (token) => {
      await refuses(refresh(token), 401, 'auth.refresh-token-invalid');
    });

    it('takes no access token for a refresh token, nor the other way round', async () => {
      const { accessToken, refreshToken } = (await refresh(first).expect(200)).body as SessionTokens;
      await refuses(refresh(accessToken.slice(0, 128)), 401, 'auth.refresh-token-invalid');
      await refuses(me(refreshToken), 401, 'auth.token-invalid');
    });

    it.each([undefined, null, 7, '', 'x'.repeat(129), {}])('answers 400 for %j', async (token) => {
      await refuses(refresh(token), 400, 'request.invalid');
    });
  });

  describe('POST /auth/logout', () => {
    it('answers 204, and the refresh token is worth nothing', async () => {
      await register(alice).expect(201);
      const { refreshToken } = (await logIn(alice).expect(200)).body;
      await post('logout', { refreshToken }).expect(204);
      await refuses(refresh(refreshToken), 401, 'auth.refresh-token-invalid');
    });

    it('answers 204 again, and for a token that nobody knows', async () => {
      await post('logout', { refreshToken: 'unknown' }).expect(204);
      await post('logout', { refreshToken: 'unknown' }).expect(204);
    });

    it('answers 400 without a token', async () => {
      await refuses(post('logout', {}), 400, 'request.invalid');
    });
  });

  async function count(table: string): Promise<number> {
    const [row] = await test.database.dataSource.query<[{ count: number }]>(
      `select count(*)::integer as count from ${table}`,
    );
    return row.count;
  }
});

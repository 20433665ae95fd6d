import { randomUUID } from 'node:crypto';
import type { Page } from '../../src/shared/application/page';
import { SessionTokens, TokenMint } from '../../src/user/application/token-mint';
import type { User } from '../../src/user/domain/user';
import { addPlayer, adminBearer, bearerOf, TestPlayer } from '../support/players';
import { ADMIN, startTestApp, TestApp } from '../support/test-app';
import { until } from '../support/until';
import { refuses } from './refuses';

describe('users over HTTP', () => {
  let test: TestApp;
  let admin: string;
  let adminId: string;
  let player: TestPlayer;

  beforeAll(async () => {
    test = await startTestApp();
    admin = await adminBearer(test);
    adminId = (await get('/users/me', admin)).body.id;
  });

  afterAll(() => test.close());

  beforeEach(async () => {
    player = await addPlayer(test);
  });

  const get = (path: string, bearer: string) => test.request().get(path).set('authorization', bearer);
  const post = (path: string, bearer: string, body?: object) =>
    test.request().post(path).set('authorization', bearer).send(body);
  const ban = (id: string, body?: object) => post(`/users/${id}/ban`, admin, body);
  const unban = (id: string) => post(`/users/${id}/unban`, admin);
  const changeRole = (id: string, role: unknown, bearer = admin) =>
    test.request().put(`/users/${id}/role`).set('authorization', bearer).send({ role });

  describe('the configured admin', () => {
    it('is there from the first start and can log in', async () => {
      const answer = await test.request().post('/auth/login').send(ADMIN).expect(200);
      expect((await get('/users/me', `Bearer ${answer.body.accessToken}`)).body.role).toBe('admin');
    });

    it('is one, however often and in how many processes the service starts', async () => {
      const replicas = await Promise.all([1, 2, 3].map(() => startTestApp({ ADMIN_USERNAME: 'boss' }, test.database)));
      await Promise.all(replicas.map((replica) => replica.close()));
      const rows = await test.database.dataSource.query(`select role from users where username_key = 'boss'`);
      expect(rows).toEqual([{ role: 'admin' }]);
    });
  });

  describe('DELETE /users/me/sessions', () => {
    const logIn = async (username: string) =>
      (await test.request().post('/auth/login').send({ username, password: ADMIN.password }).expect(200))
        .body as SessionTokens;
    const refresh = (refreshToken: string) => test.request().post('/auth/refresh').send({ refreshToken });

    it('ends all sessions of a person and nobody else, and may be told twice', async () => {
      const names = ['everywhere', 'elsewhere'];
      for (const username of names) {
        await test.request().post('/auth/register').send({ username, password: ADMIN.password }).expect(201);
      }
      const [phone, desk, other] = await Promise.all(['everywhere', 'EveryWhere', 'elsewhere'].map(logIn));
      const bearer = `Bearer ${desk?.accessToken}`;
      await test.request().delete('/users/me/sessions').set('authorization', bearer).expect(204);
      for (const ended of [phone, desk]) await refresh(ended?.refreshToken ?? '').expect(401);
      await refresh(other?.refreshToken ?? '').expect(200);
      await until(async () => (await get('/users/me', bearer)).status === 401);
      const again = await logIn('everywhere');
      await test.request().delete('/users/me/sessions').set('authorization', `Bearer ${again.accessToken}`).expect(204);
    });
  });

  describe('GET /users?username=', () => {
    it('finds one person in any spelling, or nobody', async () => {
      const found = async (username: string) =>
        (await get(`/users?username=${encodeURIComponent(username)}`, admin).expect(200)).body as unknown;
      expect(await found(player.name.toUpperCase())).toMatchObject({ items: [{ id: player.id }], nextCursor: null });
      expect(await found(player.name.slice(1))).toEqual({ items: [], nextCursor: null });
      await get(`/users?username=${'x'.repeat(65)}`, admin).expect(400);
    });
  });

  describe('GET /users/me', () => {
    it('shows people themselves and nothing secret', async () => {
      const { body } = await get('/users/me', player.bearer).expect(200);
      expect(body).toEqual({
        id: player.id,
        username: player.name,
        name: null,
        email: null,
        role: 'player',
        bannedAt: null,
        banReason: null,
        createdAt: expect.any(String),
      });
    });

    it('answers 401 without a token, with another scheme, and with a broken token', async () => {
      await refuses(test.request().get('/users/me'), 401, 'auth.token-missing');
      await refuses(get('/users/me', ''), 401, 'auth.token-missing');
      await refuses(get('/users/me', 'Basic YTpi'), 401, 'auth.token-missing');
      await refuses(get('/users/me', 'Bearer'), 401, 'auth.token-missing');
      await refuses(get('/users/me', 'Bearer x'), 401, 'auth.token-invalid');
      await refuses(get('/users/me', `${player.bearer}x`), 401, 'auth.token-invalid');
    });

    it('takes the scheme in any case', async () => {
      await get('/users/me', player.bearer.replace('Bearer', 'bearer')).expect(200);
    });
  });

  describe('GET /users/{id}', () => {
    it('shows people themselves, and everybody to admins', async () => {
      expect((await get(`/users/${player.id}`, player.bearer).expect(200)).body.id).toBe(player.id);
      expect((await get(`/users/${player.id.toUpperCase()}`, player.bearer).expect(200)).body.id).toBe(player.id);
      expect((await get(`/users/${player.id}`, admin).expect(200)).body.id).toBe(player.id);
    });

    it('answers a player with the same 403 whether somebody exists or not', async () => {
      const existing = await refuses(get(`/users/${adminId}`, player.bearer), 403, 'access.forbidden');
      const unknown = await refuses(get(`/users/${randomUUID()}`, player.bearer), 403, 'access.forbidden');
      expect(unknown).toEqual(existing);
    });

    it('answers an admin 404 where nobody has the id', async () => {
      await refuses(get(`/users/${randomUUID()}`, admin), 404, 'user.not-found');
    });

    it.each(['x', '%00', '1', `${'0'.repeat(36)}`, "1'--", '%F0%9F%8E%B2'])('answers 400 for the id %s', async (id) => {
      const body = await refuses(get(`/users/${id}`, admin), 400, 'request.invalid');
      expect(body.errors).toEqual([{ parameter: 'id', detail: 'id must be a UUID' }]);
    });
  });

  describe('GET /users', () => {
    it('lists everybody, newest first, page by page', async () => {
      await addPlayer(test);
      const listed: string[] = [];
      let cursor = '';
      do {
        const { body } = await get(`/users?limit=2${cursor}`, admin).expect(200);
        listed.push(...(body as Page<User>).items.map(({ id }) => id));
        cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      const rows = await test.database.dataSource.query<{ id: string }[]>('select id from users order by id desc');
      expect(listed).toEqual(rows.map(({ id }) => id));
    });

    it('shows nothing secret', async () => {
      const { text } = await get('/users', admin).expect(200);
      expect(text).not.toMatch(/hash|salt|password|argon2/i);
    });

    it('answers players 403', async () => {
      await refuses(get('/users', player.bearer), 403, 'access.forbidden');
    });

    it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'cursor=%00', 'limit=1&limit=2', 'page=2'])(
      'answers 400 for ?%s',
      async (query) => {
        await refuses(get(`/users?${query}`, admin), 400, 'request.invalid');
      },
    );
  });

  describe('POST /users/{id}/ban', () => {
    it('answers 204, and the user shows when and why', async () => {
      await ban(player.id, { reason: 'three accounts' }).expect(204);
      expect((await get('/users/me', player.bearer)).body).toMatchObject({
        bannedAt: expect.stringMatching(/\.\d{3}Z$/),
        banReason: 'three accounts',
      });
    });

    it('needs neither reason nor body', async () => {
      await ban(player.id).expect(204);
      await ban((await addPlayer(test)).id, {}).expect(204);
      await ban((await addPlayer(test)).id, { reason: null }).expect(204);
    });

    it('answers 409 the second time', async () => {
      await ban(player.id).expect(204);
      await refuses(ban(player.id), 409, 'user.already-banned');
    });

    it('answers one 204 and one 409 to two at once', async () => {
      const answers = await Promise.all([ban(player.id), ban(player.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    });

    it('answers 404 where nobody has the id, 400 where it is none, 403 to players', async () => {
      await refuses(ban(randomUUID()), 404, 'user.not-found');
      await refuses(ban('x'), 400, 'request.invalid');
      await refuses(post(`/users/${adminId}/ban`, player.bearer), 403, 'access.forbidden');
    });

    it.each([
      '{"reason":""}',
      '{"reason":7}',
      '{"reason":"\\u0000"}',
      '{"reason":"\\ud800"}',
      '{"why":"x"}',
      '[]',
      `{"reason":"${'x'.repeat(501)}"}`,
    ])('answers 400 for the body %s', async (body) => {
      const request = post(`/users/${player.id}/ban`, admin).set('content-type', 'application/json');
      await refuses(request.send(body), 400, 'request.invalid');
    });
  });

  describe('POST /users/{id}/unban', () => {
    it('answers 204, again and again', async () => {
      await ban(player.id, { reason: 'three accounts' }).expect(204);
      await unban(player.id).expect(204);
      await unban(player.id).expect(204);
      expect((await get('/users/me', player.bearer)).body).toMatchObject({ bannedAt: null, banReason: null });
    });

    it('answers 404 where nobody has the id, 400 where it is none, 403 to players', async () => {
      await refuses(unban(randomUUID()), 404, 'user.not-found');
      await refuses(unban('x'), 400, 'request.invalid');
      await refuses(post(`/users/${player.id}/unban`, player.bearer), 403, 'access.forbidden');
    });
  });

  it('answers 403 to bans and unbans of an admin who was demoted a moment ago', async () => {
    await changeRole(player.id, 'admin').expect(200);
    const former = await promoted(player);
    await changeRole(player.id, 'player').expect(200);
    const { id } = await addPlayer(test);
    await refuses(post(`/users/${id}/ban`, former), 403, 'access.forbidden');
    await ban(id).expect(204);
    await refuses(post(`/users/${id}/unban`, former), 403, 'access.forbidden');
    expect((await get(`/users/${id}`, admin)).body.bannedAt).not.toBeNull();
  });

  describe('PUT /users/{id}/role', () => {
    it('answers 200 with the user, whose next token has the role', async () => {
      expect((await changeRole(player.id, 'admin').expect(200)).body).toMatchObject({ id: player.id, role: 'admin' });
      expect((await changeRole(player.id, 'player').expect(200)).body).toMatchObject({ role: 'player' });
    });

    it('answers 409 for the last admin', async () => {
      await test.database.dataSource.query(`update users set role = 'player' where id <> $1`, [adminId]);
      await refuses(changeRole(adminId, 'player'), 409, 'user.last-admin');
    });

    it('answers 403 to players, and to an admin who was demoted a moment ago', async () => {
      await refuses(changeRole(player.id, 'admin', player.bearer), 403, 'access.forbidden');
      await changeRole(player.id, 'admin').expect(200);
      const former = await promoted(player);
      await changeRole(player.id, 'player').expect(200);
      await refuses(changeRole(player.id, 'admin', former), 403, 'access.forbidden');
    });

    it('answers 404 where nobody has the id and 400 where it is none', async () => {
      await refuses(changeRole(randomUUID(), 'admin'), 404, 'user.not-found');
      await refuses(changeRole('x', 'admin'), 400, 'request.invalid');
    });

    it.each([undefined, null, '', 'owner', 'Admin', ['admin'], 1])('answers 400 for the role %j', async (role) => {
      await refuses(changeRole(player.id, role), 400, 'request.invalid');
    });
  });

  it('leaves an entry in the audit trail for each of these acts', async () => {
    const username = `new-${player.id.slice(0, 8)}`;
    const { body: user } = await test.request().post('/auth/register').send({ username, password: 'correct horse' });
    await ban(user.id, { reason: 'why' }).expect(204);
    await unban(user.id).expect(204);
    await changeRole(user.id, 'admin').expect(200);
    await changeRole(user.id, 'player').expect(200);
    const entries = await test.database.dataSource.query(
      'select action, actor, details from audit_entries where subject = $1 order by id',
      [user.id],
    );
    expect(entries).toEqual([
      { action: 'user.created', actor: user.id, details: { username, role: 'player' } },
      { action: 'user.banned', actor: adminId, details: { reason: 'why' } },
      { action: 'user.unbanned', actor: adminId, details: {} },
      { action: 'user.role-changed', actor: adminId, details: { from: 'player', to: 'admin' } },
      { action: 'user.role-changed', actor: adminId, details: { from: 'admin', to: 'player' } },
    ]);
  });

  /** A token from the time when this person was an admin. */
  async function promoted({ id }: TestPlayer): Promise<string> {
    const rows = await test.database.dataSource.query<{ role: string }[]>('select role from users where id = $1', [id]);
    expect(rows).toEqual([{ role: 'admin' }]);
    return bearerOf(test.app.get(TokenMint, { strict: false }), { id, role: 'admin' });
  }
});

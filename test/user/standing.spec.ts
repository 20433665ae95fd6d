import { randomUUID } from 'node:crypto';
import { Standing } from '../../src/platform/http/standing';
import { TokenMint } from '../../src/user/application/token-mint';
import { addPlayer, adminBearer, bearerOf } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { pause } from '../support/pause';
import { until } from '../support/until';

const PASSWORD = 'correct horse battery';
/** What was read of a standing is used this long. */
const SOON_MS = 1_000;
/** Behind the seconds in which a client that lost an answer may use a refresh token again. */
const LATER_MS = 11_000;

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Two replicas. Whatever happens, happens on the first. */
describe('what an access token is worth after', () => {
  let here: TestApp;
  let there: TestApp;
  let admin: string;
  let webhookId: string;
  let names = 0;

  beforeAll(async () => {
    here = await startTestApp();
    there = await startTestApp({}, here.database);
    admin = await adminBearer(here);
    const webhook = { url: 'https://receiver.example/', types: ['*'] };
    webhookId = (await post(here, '/webhooks', webhook, admin).expect(201)).body.id as string;
  });

  beforeEach(() => here.database.setClockOffset(0));

  afterAll(async () => {
    await there.close();
    await here.close();
  });

  const post = (app: TestApp, path: string, body: object, authorization = '') =>
    app.request().post(path).set('authorization', authorization).send(body);
  const statusOf = async (app: TestApp, path: string, authorization: string): Promise<number> =>
    (await app.request().get(path).set('authorization', authorization)).status;
  const both = (path: string, bearer: string) => Promise.all([here, there].map((app) => statusOf(app, path, bearer)));

  async function logIn(): Promise<Tokens> {
    const credentials = { username: `standing-${++names}`, password: PASSWORD };
    await here.database.dataSource.query('delete from login_attempts');
    await post(here, '/auth/register', credentials).expect(201);
    return (await post(here, '/auth/login', credentials).expect(200)).body as Tokens;
  }

  /** Whether both replicas refuse the token within a second of what was done, on both having been asked just before. */
  async function endsWithinASecond(bearer: string, act: () => Promise<unknown>): Promise<boolean> {
    expect(await both('/users/me', bearer)).toEqual([200, 200]);
    await act();
    await pause(SOON_MS);
    return (await both('/users/me', bearer)).every((status) => status === 401);
  }

  describe('a log-out', () => {
    it('is nothing within a second, on every replica', async () => {
      const { accessToken, refreshToken } = await logIn();
      const logOut = () => post(here, '/auth/logout', { refreshToken }).expect(204);
      expect(await endsWithinASecond(`Bearer ${accessToken}`, logOut)).toBe(true);
      const { body } = await post(there, '/lotteries/today/ballots', {}, `Bearer ${accessToken}`).expect(401);
      expect(body).toMatchObject({ code: 'auth.token-invalid' });
    });

    it('is what it was in the other sessions of the same person', async () => {
      const [{ refreshToken }, { accessToken }] = await logInTwice();
      await post(here, '/auth/logout', { refreshToken }).expect(204);
      await pause(SOON_MS);
      expect(await both('/users/me', `Bearer ${accessToken}`)).toEqual([200, 200]);
    });

    it('would still be good if the replica believed its tokens: the first rule does look', async () => {
      const { accessToken, refreshToken } = await logIn();
      const standing = there.app.get(Standing, { strict: false });
      const believes = jest.spyOn(standing, 'of').mockImplementation((user) => user);
      const logOut = () => post(here, '/auth/logout', { refreshToken }).expect(204);
      expect(await endsWithinASecond(`Bearer ${accessToken}`, logOut)).toBe(false);
      believes.mockRestore();
      expect(await both('/users/me', `Bearer ${accessToken}`)).toEqual([401, 401]);
    });

    it('is nothing though the clock of the database went three days forward and back', async () => {
      await here.database.setClockOffset(3 * 86_400_000);
      const bearer = `Bearer ${(await logIn()).accessToken}`;
      await until(async () => (await both('/users/me', bearer)).join() === '200,200');
      await here.database.setClockOffset(0);
      const { accessToken, refreshToken } = await logIn();
      const logOut = () => post(here, '/auth/logout', { refreshToken }).expect(204);
      expect(await endsWithinASecond(`Bearer ${accessToken}`, logOut)).toBe(true);
    });
  });

  it('a theft is nothing within a second, on every replica', async () => {
    const { refreshToken } = await logIn();
    const thief = (await post(here, '/auth/refresh', { refreshToken }).expect(200)).body as Tokens;
    await here.database.setClockOffset(LATER_MS);
    const owner = () => post(here, '/auth/refresh', { refreshToken }).expect(401);
    expect(await endsWithinASecond(`Bearer ${thief.accessToken}`, owner)).toBe(true);
  });

  describe.each([
    ['demotion', (id: string) => here.request().put(`/users/${id}/role`).send({ role: 'player' })],
    ['ban', (id: string) => here.request().post(`/users/${id}/ban`).send({})],
  ])('the %s of an admin', (_, fall) => {
    let id: string;
    let bearer: string;

    beforeAll(async () => {
      ({ id } = await addPlayer(here));
      const promote = here.request().put(`/users/${id}/role`).set('authorization', admin);
      await promote.send({ role: 'admin' }).expect(200);
      bearer = bearerOf(here.app.get(TokenMint, { strict: false }), { id, role: 'admin' });
      expect(await both('/users', bearer)).toEqual([200, 200]);
      const fell = await fall(id).set('authorization', admin);
      expect([200, 204]).toContain(fell.status);
    });

    it.each([
      ['bans nobody', 'post', '/users/:victim/ban', {}],
      ['lifts no ban, not their own either', 'post', '/users/:id/unban', {}],
      ['changes no role', 'put', '/users/:id/role', { role: 'admin' }],
      ['registers no webhook', 'post', '/webhooks', { url: 'https://a.example/', types: ['*'] }],
      ['sends no test', 'post', '/webhooks/:webhook/test', {}],
      ['repeats no delivery', 'post', `/webhooks/:webhook/deliveries/${randomUUID()}/retry`, {}],
      ['removes no webhook', 'delete', '/webhooks/:webhook', {}],
      ['opens no lottery', 'post', '/lotteries', { date: '2999-01-01' }],
      ['sets no rules', 'put', `/pools/rules/${randomUUID()}`, { size: 10, payoutShare: 1 }],
    ] as const)('%s, at once and on every replica', async (__, method, path, body) => {
      const url = path.replace(':id', id).replace(':webhook', webhookId).replace(':victim', randomUUID());
      for (const app of [here, there]) {
        const answer = await app.request()[method](url).set('authorization', bearer).send(body);
        expect([answer.status, answer.body.code]).toEqual([403, 'access.forbidden']);
      }
    });

    it('shows nothing within a second, on every replica, but who they are themselves', async () => {
      await pause(SOON_MS);
      const deliveries = `/webhooks/${webhookId}/deliveries`;
      for (const path of ['/users', '/audit', '/webhooks', deliveries, `/users/${randomUUID()}`]) {
        expect([path, ...(await both(path, bearer))]).toEqual([path, 403, 403]);
      }
      expect(await both(`/users/${id}`, bearer)).toEqual([200, 200]);
    });
  });

  it('a promotion is all at once, with the next token', async () => {
    const { id } = await addPlayer(here);
    expect(await both('/users', admin)).toEqual([200, 200]);
    const promote = here.request().put(`/users/${id}/role`).set('authorization', admin);
    await promote.send({ role: 'admin' }).expect(200);
    const bearer = bearerOf(here.app.get(TokenMint, { strict: false }), { id, role: 'admin' });
    expect(await both('/users', bearer)).toEqual([200, 200]);
  });

  it('the last admin is banned: that is refused', async () => {
    await here.database.dataSource.query(`update users set role = 'player' where username_key <> 'admin'`);
    const { id } = (await here.request().get('/users/me').set('authorization', admin)).body as { id: string };
    const { body } = await post(here, `/users/${id}/ban`, {}, admin).expect(409);
    expect(body).toMatchObject({ code: 'user.last-admin' });
  });

  async function logInTwice(): Promise<readonly [Tokens, Tokens]> {
    const first = await logIn();
    const credentials = { username: `standing-${names}`, password: PASSWORD };
    return [first, (await post(here, '/auth/login', credentials).expect(200)).body as Tokens];
  }
});

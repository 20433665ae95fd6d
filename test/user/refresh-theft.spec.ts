import { addPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const PASSWORD = 'correct horse battery';
/** Behind the seconds in which a client that lost an answer may ask again. */
const LATER_MS = 11_000;

describe('a stolen refresh token', () => {
  let test: TestApp;
  let stolen: string;
  let names = 0;

  beforeAll(async () => (test = await startTestApp()));
  afterAll(() => test.close());

  let now = 0;
  const timePasses = (ms: number) => test.database.setClockOffset((now += ms));
  const post = (path: string, body: object) => test.request().post(`/auth/${path}`).send(body);
  const refresh = async (refreshToken: string): Promise<Tokens> =>
    (await post('refresh', { refreshToken }).expect(200)).body as Tokens;
  const refused = async (refreshToken: string): Promise<string> =>
    ((await post('refresh', { refreshToken }).expect(401)).body as { code: string }).code;

  beforeEach(async () => {
    const credentials = { username: `owner-${++names}`, password: PASSWORD };
    await post('register', credentials).expect(201);
    stolen = ((await post('login', credentials).expect(200)).body as Tokens).refreshToken;
  });

  it('is worth nothing to either once the thief was first and the owner comes later', async () => {
    const thief = await refresh(stolen);
    await timePasses(LATER_MS);
    expect(await refused(stolen)).toBe('auth.refresh-token-reused');
    expect(await refused(thief.refreshToken)).toBe('auth.refresh-token-invalid');
  });

  it('is worth nothing to either once the owner was first and the thief comes later', async () => {
    const owner = await refresh(stolen);
    await timePasses(LATER_MS);
    expect(await refused(stolen)).toBe('auth.refresh-token-reused');
    expect(await refused(owner.refreshToken)).toBe('auth.refresh-token-invalid');
  });

  it('gives a thief who was first no lasting access, however often they refreshed meanwhile', async () => {
    let thief = await refresh(stolen);
    for (let i = 0; i < 5; i++) {
      await timePasses(LATER_MS);
      thief = await refresh(thief.refreshToken);
    }
    expect(await refused(stolen)).toBe('auth.refresh-token-reused');
    expect(await refused(thief.refreshToken)).toBe('auth.refresh-token-invalid');
  });

  it('used by both within seconds gives them one successor, and the next use of it tells on the thief', async () => {
    const [thief, owner] = await Promise.all([refresh(stolen), refresh(stolen)]);
    expect(thief.refreshToken).toBe(owner.refreshToken);
    const next = await refresh(owner.refreshToken);
    await timePasses(LATER_MS);
    expect(await refused(thief.refreshToken)).toBe('auth.refresh-token-reused');
    expect(await refused(next.refreshToken)).toBe('auth.refresh-token-invalid');
  });

  it('dies with the log-out of the owner, and so does all that was made of it', async () => {
    const thief = await refresh(stolen);
    await post('logout', { refreshToken: stolen }).expect(204);
    expect(await refused(thief.refreshToken)).toBe('auth.refresh-token-invalid');
    expect(await refused(stolen)).toBe('auth.refresh-token-invalid');
  });

  it('opens no session of another person, and leaves their sessions alone', async () => {
    const credentials = { username: `neighbour-${names}`, password: PASSWORD };
    await post('register', credentials).expect(201);
    const neighbour = (await post('login', credentials).expect(200)).body as Tokens;
    const thief = await refresh(stolen);
    await timePasses(LATER_MS);
    await refused(stolen);
    await refused(thief.refreshToken);
    await refresh(neighbour.refreshToken);
  });

  it('cannot be made up: its text alone says nothing of the next one', async () => {
    const { refreshToken } = await refresh(stolen);
    const player = await addPlayer(test);
    expect(refreshToken).not.toContain(stolen.slice(0, 8));
    expect(await refused(`${refreshToken.slice(0, -1)}${refreshToken.endsWith('A') ? 'B' : 'A'}`)).toBe(
      'auth.refresh-token-invalid',
    );
    expect(await refused(player.bearer.slice('Bearer '.length, 128))).toBe('auth.refresh-token-invalid');
  });
});

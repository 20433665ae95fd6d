import { Browser, Session } from '../../web/client/session';
import { rounds } from '../support/rounds';

const ROUNDS = rounds({ few: 50, all: 50 });

/** A service with one session: its cookie, and the access tokens that it takes. */
class FakeService {
  valid = new Set<string>();
  hasSession = false;
  isAway = false;
  /** Of the next answers to a refresh. */
  refreshStatus = 200;
  breaksOff = false;
  person = 'alice';
  readonly asked: string[] = [];
  private made = 0;

  async send(path: string, { headers }: RequestInit): Promise<Response> {
    this.asked.push(path);
    await Promise.resolve();
    if (this.isAway) throw new TypeError('Failed to fetch');
    if (path === '/auth/web/refresh' && this.refreshStatus !== 200)
      return new Response('{}', { status: this.refreshStatus });
    if (path === '/auth/web/login') this.hasSession = true;
    if (path === '/auth/web/logout') {
      this.hasSession = false;
      return new Response(null, { status: 204 });
    }
    if (path.startsWith('/auth/web/')) return this.hasSession ? this.token() : refusal();
    const { authorization } = headers as Record<string, string | undefined>;
    return this.valid.has(authorization?.slice('Bearer '.length) ?? '') ? this.found(path) : refusal();
  }

  /** Access tokens end, as all do. */
  expire(): void {
    this.valid = new Set();
  }

  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  private found(path: string): Response {
    return this.breaksOff ? new Response('{"path":') : Response.json({ path });
  }

  private token(): Response {
    const payload = btoa(JSON.stringify({ sub: this.person, number: ++this.made }));
    const accessToken = `e30.${payload}.signature`;
    this.valid.add(accessToken);
    return Response.json({ accessToken });
  }
}

/** Tabs of one browser: one lock, one channel, one storage. */
class FakeBrowser {
  isIn = false;
  hasLock = true;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners: ((token: string | null) => void)[] = [];

  constructor(private readonly service: FakeService) {}

  tab(): Browser {
    const place = this.listeners.push(() => undefined) - 1;
    return {
      send: (path, sent) => this.service.send(path, sent),
      alone: (work) => (this.hasLock ? this.inTurn(work) : work()),
      tell: (token) => {
        this.listeners.forEach((listener, other) => other !== place && listener(token));
      },
      hear: (listener) => {
        this.listeners[place] = listener;
      },
      hint: { get: () => this.isIn, set: (isIn) => (this.isIn = isIn) },
    };
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}

describe('the session of a browser', () => {
  let service: FakeService;
  let browser: FakeBrowser;
  let changes: boolean[];
  const openTab = () => new Session(browser.tab(), (isIn) => changes.push(isIn));

  beforeEach(() => {
    service = new FakeService();
    browser = new FakeBrowser(service);
    changes = [];
  });

  it('asks a stranger for nothing: there is no refusal in the console', async () => {
    expect(await openTab().resume()).toMatchObject({ status: 401 });
    expect(service.asked).toEqual([]);
  });

  it('goes on in a page that is loaded later', async () => {
    expect(await openTab().logIn('alice', 'correct horse')).toMatchObject({ status: 200 });
    const later = openTab();
    expect(await later.resume()).toMatchObject({ status: 200 });
    expect(await later.ask('/users/me')).toMatchObject({ status: 200, body: { path: '/users/me' } });
  });

  it('refreshes once after a 401, and asks again', async () => {
    const tab = openTab();
    await tab.logIn('alice', 'correct horse');
    service.expire();
    expect(await tab.ask('/users/me')).toMatchObject({ status: 200 });
    expect([service.count('/users/me'), service.count('/auth/web/refresh'), changes]).toEqual([2, 1, []]);
  });

  it('is over after a second 401, and says so', async () => {
    const tab = openTab();
    await tab.logIn('alice', 'correct horse');
    service.expire();
    service.hasSession = false;
    expect(await tab.ask('/users/me')).toMatchObject({ status: 401 });
    expect([changes, browser.isIn, service.count('/users/me')]).toEqual([[false], false, 1]);
  });

  it('is not over because the service is away', async () => {
    const tab = openTab();
    await tab.logIn('alice', 'correct horse');
    service.isAway = true;
    expect(await tab.ask('/users/me')).toEqual({ status: 0, body: null });
    service.isAway = false;
    expect([(await tab.ask('/users/me')).status, changes, browser.isIn]).toEqual([200, [], true]);
  });

  it.each([503, 429])('is not over because a refresh is answered with %i', async (status) => {
    const tab = openTab();
    await tab.logIn('alice', 'correct horse');
    service.expire();
    service.refreshStatus = status;
    expect(await tab.ask('/users/me')).toMatchObject({ status });
    expect(await openTab().resume()).toMatchObject({ status });
    service.refreshStatus = 200;
    expect([(await tab.ask('/users/me')).status, browser.isIn]).toEqual([200, true]);
    expect(changes).not.toContain(false);
  });

  it('has no answer where the answer breaks off', async () => {
    const tab = openTab();
    await tab.logIn('alice', 'correct horse');
    service.breaksOff = true;
    expect(await tab.ask('/users/me')).toEqual({ status: 0, body: null });
  });

  it('tells a tab that another person has logged in, and asks nothing of the one as the other', async () => {
    const [one, other] = [openTab(), openTab()];
    await one.logIn('alice', 'correct horse');
    service.person = 'bob';
    await other.logIn('bob', 'battery staple');
    expect(changes).toEqual([true, true]);
    service.expire();
    service.person = 'carol';
    expect(await one.ask('/lotteries/today/ballots', { method: 'POST' })).toMatchObject({ status: 401 });
    expect([changes, service.count('/lotteries/today/ballots')]).toEqual([[true, true, true, true], 1]);
  });

  it('hands log-in and log-out on to the other tabs', async () => {
    const [one, other] = [openTab(), openTab()];
    await one.logIn('alice', 'correct horse');
    expect(await other.ask('/users/me')).toMatchObject({ status: 200 });
    await other.logOut();
    expect([changes, browser.isIn]).toEqual([[true, false], false]);
    expect(service.count('/auth/web/refresh')).toBe(0);
  });

  /** How often two tabs refreshed that found their token expired at once; both must be answered each time. */
  async function refreshesOfTwoTabs(): Promise<number> {
    const tabs = [openTab(), openTab()];
    await tabs[0]?.logIn('alice', 'correct horse');
    for (let round = 0; round < ROUNDS; round++) {
      service.expire();
      const answers = await Promise.all(tabs.map((tab) => tab.ask('/users/me')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    }
    expect(changes).toEqual([true]);
    return service.count('/auth/web/refresh');
  }

  it(`is refreshed by one of two tabs, ${ROUNDS} times, and nobody is logged out`, async () => {
    expect(await refreshesOfTwoTabs()).toBe(ROUNDS);
  });

  it('would be refreshed by both without the lock: the count tells', async () => {
    browser.hasLock = false;
    expect(await refreshesOfTwoTabs()).toBeGreaterThan(ROUNDS);
  });
});

function refusal(): Response {
  return Response.json({ code: 'auth.token-invalid' }, { status: 401 });
}

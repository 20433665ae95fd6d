import { DataSource } from 'typeorm';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { MetricsServer } from '../../../src/platform/metrics/metrics-server';
import { close, openFreshLottery, submit } from '../../support/lottery-client';
import { addPlayers } from '../../support/players';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

const WATCHED = { METRICS_PORT: '0', METRICS_HOST: '127.0.0.1', MAX_CLOCK_SKEW_SECONDS: '1' };

describe('metrics', () => {
  let app: TestApp;

  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  const start = async (overrides: Record<string, string> = WATCHED) => (app = await startTestApp(overrides));
  const url = () => app.app.get(MetricsServer).url;

  async function scrape(): Promise<ReadonlyMap<string, number>> {
    const answer = await fetch(url()!);
    expect(answer.status).toBe(200);
    const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  }

  it('are not there unless they are asked for', async () => {
    await start({});
    expect(url()).toBeNull();
    await app.request().get('/metrics').expect(404);
  });

  it('are on a port of their own, on this machine alone, and nothing else is', async () => {
    await start({ METRICS_PORT: '0' });
    expect(url()).toMatch(/^http:\/\/localhost:\d+\/metrics$/);
    await app.request().get('/metrics').expect(404);
    expect((await fetch(url()!.replace('/metrics', '/lotteries'))).status).toBe(404);
    expect((await fetch(url()!, { method: 'POST' })).status).toBe(404);
    expect((await fetch(url()!)).headers.get('content-type')).toContain('version=0.0.4');
  });

  it('end in _total if they are counters, and only then', async () => {
    await start();
    const text = await (await fetch(url()!)).text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)];
    expect(types.filter(([, name, type]) => name?.endsWith('_total') !== (type === 'counter'))).toEqual([]);
    expect(types.length).toBeGreaterThan(40);
  });

  it('end with the process, whoever is connected', async () => {
    await start();
    const { port, hostname } = new URL(url()!);
    const idle = createConnection(Number(port), hostname);
    await until(() => !idle.connecting);
    await app.app.close();
    await expect(fetch(`http://${hostname}:${port}/metrics`)).rejects.toThrow('fetch failed');
    idle.destroy();
  });

  it('answer HEAD as GET without the text, whatever the query', async () => {
    await start();
    for (const path of ['', '?', '?format=text']) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(url()! + path, { method });
        const headers = Object.fromEntries(answer.headers);
        expect([path, method, answer.status, headers]).toEqual([
          path,
          method,
          200,
          expect.objectContaining({
            'content-type': expect.stringContaining('text/plain'),
            'cache-control': 'no-store',
          }),
        ]);
        expect((await answer.text()) === '').toBe(method === 'HEAD');
      }
    }
    expect((await fetch(`${url()!}x`)).status).toBe(404);
  });

  it('time requests by route template, never by what was asked', async () => {
    await start();
    for (const day of ['2091-01-01', '2091-01-02', '2091-01-03'])
      await app.request().get(`/lotteries/${day}`).expect(404);
    await app.request().get('/wp-login.php?user=admin').expect(404);
    await app.request().get('/lotteries').expect(200);
    const values = await scrape();
    const count = (method: string, route: string, status: number) =>
      values.get(`lottery_http_request_seconds_count{method="${method}",route="${route}",status="${status}"}`);
    expect(count('GET', '/lotteries/:date', 404)).toBe(3);
    expect(count('GET', 'none', 404)).toBe(1);
    expect(count('GET', '/lotteries', 200)).toBe(1);
    expect([...values.keys()].join()).not.toMatch(/2091|wp-login/);
  });

  it('count refusals by problem code, also of what was no request', async () => {
    await start();
    expect((await scrape()).get('lottery_http_problems_total{code="http.internal"}')).toBe(0);
    await app.request().get('/lotteries/2091-01-01').expect(404);
    await app.request().get('/%zz').expect(400);
    const socket = createConnection(Number(new URL(app.url).port), '127.0.0.1');
    socket.end('this is not HTTP\r\n\r\n').resume();
    const of = async (code: string) => (await scrape()).get(`lottery_http_problems_total{code="${code}"}`);
    expect(await of('lottery.not-found')).toBe(1);
    await until(async () => (await of('http.bad-request')) === 2);
  });

  it('tell how ballots are committed, and how many days there are', async () => {
    await start();
    const date = await openFreshLottery(app);
    const players = await addPlayers(app, 20);
    await Promise.all(players.map((player) => submit(app, date, player).expect(201)));
    await close(app, date, '&early=true').expect(200);
    const values = await scrape();
    expect(values.get('lottery_commit_batch_size_sum{queue="ballots"}')).toBe(20);
    const batches = values.get('lottery_commit_batch_size_count{queue="ballots"}')!;
    expect(batches).toBeGreaterThanOrEqual(1);
    expect(values.get('lottery_commit_seconds_count{queue="ballots"}')).toBe(batches);
    expect(values.get('lottery_queue_depth{queue="ballots"}')).toBe(0);
    expect(values.get('lottery_queue_capacity{queue="ballots"}')).toBe(10_000);
    const states = ['open', 'sealed', 'drawn', 'void'].map((state) =>
      values.get(`lottery_lotteries{state="${state}"}`),
    );
    expect(states).toEqual([2, 0, 1, 0]);
    expect(values.get('lottery_overdue_seconds{state="open"}')).toBe(0);
  });

  it('tell how overdue a day is that nobody closes', async () => {
    await start({ ...WATCHED, ROLES: 'api' });
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const { dataSource } = app.database;
    await dataSource.query(
      `insert into draws (id, name, opens_at, closes_at, winners, open_note)
       values ('0198c0de-0000-7000-8000-000000000001', 'old', now(), now(), 1, 'note')`,
    );
    await dataSource.query(
      `insert into lotteries (date, draw_id, state) values ($1, '0198c0de-0000-7000-8000-000000000001', 'open')`,
      [yesterday],
    );
    const sinceMidnight = (Date.now() % 86_400_000) / 1_000;
    const overdue = (await scrape()).get('lottery_overdue_seconds{state="open"}')!;
    expect(Math.abs(overdue - sinceMidnight)).toBeLessThan(30);
    expect((await scrape()).get('lottery_overdue_seconds{state="sealed"}')).toBe(0);
  });

  it('tell what waits in the outbox, and for how long', async () => {
    await start({ ...WATCHED, ROLES: 'api' });
    expect((await scrape()).get('lottery_outbox_pending{channel="dispatched"}')).toBe(0);
    await app.close();
    await start({ ...WATCHED, ROLES: 'api,scheduler' });
    const values = await scrape();
    expect(values.get('lottery_outbox_pending{channel="dispatched"}')).toBe(2);
    expect(values.get('lottery_outbox_oldest_seconds{channel="dispatched"}')).toBeGreaterThan(0);
    expect(values.has('lottery_outbox_pending{channel="published"}')).toBe(false);
  });

  it('ask the database every few seconds at most, however often somebody looks', async () => {
    await start({ ...WATCHED, ROLES: 'api' });
    const asked = jest.spyOn(app.app.get(DataSource).manager, 'query');
    await scrape();
    const once = asked.mock.calls.length;
    const startedMs = performance.now();
    for (let look = 0; look < 20; look++) await Promise.all([scrape(), scrape()]);
    const periods = Math.floor((performance.now() - startedMs) / 5_000) + 1;
    expect(once).toBeGreaterThan(5);
    expect(asked.mock.calls.length - once).toBeLessThanOrEqual(periods * once);
  });

  it('are told in time where the database does not answer, without what only it knows', async () => {
    await start({ ...WATCHED, ROLES: 'api' });
    const held = Array.from({ length: 10 }, () => app.app.get(DataSource).createQueryRunner());
    await Promise.all(held.map((runner) => runner.connect()));
    const startedMs = performance.now();
    const values = await scrape();
    expect(performance.now() - startedMs).toBeLessThan(8_000);
    expect(values.has('lottery_lotteries{state="open"}')).toBe(false);
    expect(values.get('lottery_database_connections{state="busy"}')).toBe(10);
    expect(values.get('lottery_database_waiting')).toBeGreaterThanOrEqual(0);
    expect(values.get('lottery_ready{check="database"}')).toBe(0);
    await Promise.all(held.map((runner) => runner.release()));
    await until(async () => (await scrape()).has('lottery_lotteries{state="open"}'));
  });

  it('tell of each check whether it passes', async () => {
    await start();
    await app.database.setClockOffset(2_000);
    const values = await scrape();
    expect(values.get('lottery_ready{check="clock"}')).toBe(0);
    expect(values.get('lottery_ready{check="migrations"}')).toBe(1);
    const skew = values.get('lottery_clock_skew_seconds')!;
    expect(skew).toBeGreaterThan(1);
    expect(skew).toBeLessThanOrEqual(2);
  });

  it('are those that docs/operations.md explains, and no others', async () => {
    await start({ ...WATCHED, KAFKA_BROKERS: '127.0.0.1:1', BEACON: 'drand' });
    const text = await (await fetch(url()!)).text();
    const measured = [...text.matchAll(/^# HELP (lottery_\w+) \S/gm)].map(([, name]) => name);
    const explained = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `(lottery_\w+)/gm)].map(
      ([, name]) => name,
    );
    expect(explained.sort()).toEqual(measured.sort());
  });
});

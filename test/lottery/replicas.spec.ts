import { Agent } from 'node:http';
import { Lotteries } from '../../src/lottery/application/lotteries';
import { close, drawIdOf, LotteryBody, openFreshLottery, submit } from '../support/lottery-client';
import { pause } from '../support/pause';
import { addPlayers } from '../support/players';
import { rounds } from '../support/rounds';
import { buildService, ServiceProcess, startService } from '../support/service-process';
import { CLOSE_TOKEN, startTestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

const STARTERS = rounds({ few: 6, all: 16 });
const CLOSERS = 50;

describe('many processes on one database', () => {
  let database: TestDatabase;
  let services: ServiceProcess[];

  beforeAll(buildService, 120_000);

  afterEach(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await database.drop();
  });

  const start = async (count: number, environment: Record<string, string> = {}) => {
    const starting = Array.from({ length: count }, () => startService({ DATABASE_URL: database.url, ...environment }));
    services = await Promise.all(starting);
  };

  const count = async (sql: string): Promise<number> =>
    Number((await database.dataSource.query<[{ count: string }]>(`select count(*) from ${sql}`))[0].count);

  it(`open each day once where ${STARTERS} start at once on an empty database`, async () => {
    database = await createTestDatabase(null, 2);
    await start(STARTERS, { DATABASE_POOL_SIZE: '2' });
    for (const table of ['lotteries', 'draws', 'draw_secrets', 'ballot_logs', 'ballot_checkpoints']) {
      expect([table, await count(table)]).toEqual([table, 2]);
    }
    expect(await count(`audit_entries where action = 'lottery.opened'`)).toBe(2);
    const found = await Promise.all(services.map((service) => service.request().get('/lotteries/today').expect(200)));
    expect(new Set(found.map(({ text }) => text)).size).toBe(1);
  }, 180_000);

  it(`seal once and draw once where ${CLOSERS} callers of 3 processes close at once, and tell all the same winner`, async () => {
    database = await createTestDatabase();
    await start(3);
    const app = await startTestApp({}, database);
    for (const player of await addPlayers(app, 20)) await submit(app, 'today', player).expect(201);
    await app.close();
    const date = new Date().toISOString().slice(0, 10);
    const closings = Array.from({ length: CLOSERS }, (_, i) =>
      (services[i % 3] as ServiceProcess)
        .request()
        .post(`/lotteries/close?date=${date}&early=true`)
        .set('x-internal-token', CLOSE_TOKEN)
        .expect(200),
    );
    const answers = await Promise.all(closings);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ state: 'drawn', ballots: 20 });
    expect(await count(`audit_entries where action = 'lottery.closed'`)).toBe(1);
    expect(await count('draws where seal_note is not null and draw_note is not null')).toBe(1);
  }, 120_000);

  it('close yesterday at midnight UTC by themselves, wherever they think they are', async () => {
    database = await createTestDatabase();
    await database.setClock(new Date('2026-12-31T23:59:45Z'));
    await start(2, { TZ: 'America/New_York' });
    const app = await startTestApp({}, database);
    for (const player of await addPlayers(app, 3)) await submit(app, 'today', player).expect(201);
    await app.close();
    const lookup = async (date: string) =>
      (await (services[0] as ServiceProcess).request().get(`/lotteries/${date}`).expect(200)).body as LotteryBody;
    const deadline = Date.now() + 40_000;
    while ((await lookup('2026-12-31')).state !== 'drawn' && Date.now() < deadline) await pause(250);
    expect(await lookup('2026-12-31')).toMatchObject({ state: 'drawn', ballots: 3 });
    expect(await lookup('2027-01-01')).toMatchObject({ state: 'open' });
    const [seal] = await database.dataSource.query<[{ lateMs: number }]>(
      `select extract(epoch from sealed_at - closes_at) * 1000 as "lateMs" from draws where seal_note is not null`,
    );
    expect(Number(seal.lateMs)).toBeGreaterThanOrEqual(0);
  }, 120_000);

  it('answer everybody in flight on SIGTERM, also on connections that are kept, and exit soon with 0', async () => {
    database = await createTestDatabase();
    await start(1);
    const [service] = services as [ServiceProcess];
    const app = await startTestApp({}, database);
    const players = await addPlayers(app, 24);
    const drawId = await drawIdOf(app, new Date().toISOString().slice(0, 10));
    await app.close();
    const agent = new Agent({ keepAlive: true });
    const submitAll = () =>
      players.map(({ bearer }) =>
        service.request().post('/lotteries/today/ballots').agent(agent).set('authorization', bearer).expect(201),
      );
    await Promise.all(submitAll());
    const hold = database.dataSource.createQueryRunner();
    await hold.startTransaction();
    await hold.query('select from ballot_logs where draw_id = $1 for update', [drawId]);
    const inFlight = Promise.all(submitAll());
    await pause(20);
    const stopped = service.stop('SIGTERM');
    const signalledAt = Date.now();
    await pause(1_000);
    await hold.commitTransaction();
    await hold.release();
    for (const { headers } of await inFlight) expect(headers['connection']).toBe('close');
    expect(await stopped).toBe(0);
    expect(Date.now() - signalledAt).toBeLessThan(20_000);
    expect(await count('ballots')).toBe(48);
    agent.destroy();
  }, 60_000);

  it('never write the close token into their log, right or wrong', async () => {
    database = await createTestDatabase();
    await start(1);
    const [service] = services as [ServiceProcess];
    const wrong = 'a-token-that-is-wrong-but-still-private';
    const path = '/lotteries/close?date=2020-01-01';
    await service.request().post(path).set('x-internal-token', wrong).expect(403);
    await service.request().post(path).set('x-internal-token', CLOSE_TOKEN).expect(404);
    const hold = database.dataSource.createQueryRunner();
    await hold.query('alter table lotteries rename to gone');
    await service.request().post(path).set('x-internal-token', CLOSE_TOKEN).expect(500);
    await hold.release();
    await service.stop();
    expect(service.output()).toContain('http.internal');
    expect(service.output()).not.toContain(CLOSE_TOKEN);
    expect(service.output()).not.toContain(wrong);
  }, 60_000);

  it('stop at once on a second SIGTERM', async () => {
    database = await createTestDatabase();
    await start(1);
    const [service] = services as [ServiceProcess];
    const hold = database.dataSource.createQueryRunner();
    await hold.startTransaction();
    await hold.query('lock table lotteries in access exclusive mode');
    const inFlight = service
      .request()
      .get('/lotteries/today')
      .then(
        () => 'answered',
        () => 'cut off',
      );
    await pause(300);
    const stopped = service.stop('SIGTERM');
    await pause(300);
    service.child.kill('SIGTERM');
    expect(await stopped).toBe(1);
    expect(await inFlight).toBe('cut off');
    await hold.rollbackTransaction();
    await hold.release();
  }, 60_000);
});

describe('replicas that close without the lottery’s row lock', () => {
  it('fail some callers: the test above would go red', async () => {
    const database = await createTestDatabase();
    const replicas = [await startTestApp({}, database), await startTestApp({}, database)];
    const [app] = replicas as [(typeof replicas)[0]];
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    for (const replica of replicas) {
      const lotteries = replica.app.get(Lotteries, { strict: false });
      jest.spyOn(lotteries, 'lock').mockImplementation((date) => lotteries.get(date));
    }
    const statuses = new Set<number>();
    for (let round = 0; round < 20 && !statuses.has(500); round++) {
      const date = await openFreshLottery(app);
      for (const player of await addPlayers(app, 2)) await submit(app, date, player).expect(201);
      const closings = Array.from({ length: 16 }, (_, i) => close(replicas[i % 2] as typeof app, date, '&early=true'));
      for (const { status } of await Promise.all(closings)) statuses.add(status);
    }
    jest.restoreAllMocks();
    expect(statuses).toContain(500);
    for (const replica of replicas) await replica.close();
    await database.drop();
  }, 60_000);
});

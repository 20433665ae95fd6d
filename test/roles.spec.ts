import { pause } from './support/pause';
import { addPlayers } from './support/players';
import { buildService, ServiceProcess, startService } from './support/service-process';
import { submit } from './support/lottery-client';
import { startTestApp } from './support/test-app';
import { createTestDatabase, TestDatabase } from './support/test-database';
import { until } from './support/until';

/** Longer than any interval of the scheduler and the relay. */
const LONG_MS = 4_000;

describe('processes with one role each', () => {
  let database: TestDatabase;
  let services: ServiceProcess[];

  beforeAll(buildService, 120_000);

  beforeEach(async () => {
    database = await createTestDatabase();
    services = [];
  });

  afterEach(async () => {
    await Promise.all(services.map((service) => service.stop('SIGKILL')));
    await database.drop();
  });

  const start = async (roles: string): Promise<ServiceProcess> => {
    const service = await startService({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '3', ROLES: roles });
    services.push(service);
    return service;
  };

  const count = async (what: string): Promise<number> =>
    Number((await database.dataSource.query<[{ count: string }]>(`select count(*) from ${what}`))[0].count);

  const lotteries = () => count('lotteries');
  const undelivered = () => count('outbox_events where dispatched_at is null');

  /** As if midnight had come: the scheduler opens the day that is not open yet. */
  const nextDay = async (days: number) => database.setClockOffset(days * 86_400_000);

  it('do together what one process does alone, and the others go on where one is killed', async () => {
    const api = await start('api');
    await pause(LONG_MS);
    expect(await lotteries()).toBe(0);
    const scheduler = await start('scheduler');
    await until(async () => (await lotteries()) === 2);
    await pause(LONG_MS);
    expect(await undelivered()).toBe(2);
    const relay = await start('relay');
    await until(async () => (await undelivered()) === 0);

    await relay.stop('SIGKILL');
    await nextDay(1);
    await until(async () => (await lotteries()) === 3);
    await until(async () => (await count(`lotteries where state = 'void'`)) === 1);
    await api.request().get('/lotteries').expect(200);
    expect(await undelivered()).toBe(2);

    await scheduler.stop('SIGKILL');
    await start('relay');
    await until(async () => (await undelivered()) === 0);
    await nextDay(2);
    await pause(LONG_MS);
    expect(await lotteries()).toBe(3);
    const app = await startTestApp({ ROLES: 'api' }, database);
    const [player] = await addPlayers(app, 1);
    await submit(app, 'today', player!).expect(201);
    await app.close();

    await api.stop('SIGKILL');
    await start('scheduler');
    await until(async () => (await lotteries()) === 4);
    await until(async () => (await undelivered()) === 0);
  }, 120_000);

  it('answer nothing but /health without the role api', async () => {
    const relay = await start('relay');
    for (const path of ['/health/live', '/health/ready']) await relay.request().get(path).expect(200);
    for (const path of ['/lotteries', '/docs', '/openapi.json', '/nowhere', '/health/../lotteries', '/problems']) {
      const { body, headers } = await relay.request().get(path).expect(404);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).toMatchObject({ code: 'http.not-served-here', status: 404 });
    }
    await relay.request().post('/auth/login').send({ username: 'admin', password: 'x' }).expect(404);
  });
});

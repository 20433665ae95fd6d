import { DataSource } from 'typeorm';
import { closeGently } from '../../../src/platform/health/close-gently';
import { startTestApp, TestApp } from '../../support/test-app';

interface Refusal {
  readonly code: string;
  readonly detail: string;
}

describe('/health/ready', () => {
  let app: TestApp;

  beforeEach(async () => (app = await startTestApp({ ROLES: 'api', MAX_CLOCK_SKEW_SECONDS: '1' })));

  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  const ready = () => app.request().get('/health/ready').expect(200);

  async function refused(): Promise<string> {
    const { body, headers } = await app.request().get('/health/ready').expect(503);
    expect(headers['content-type']).toContain('application/problem+json');
    expect((body as Refusal).code).toBe('health.not-ready');
    await app.request().get('/health/live').expect(200);
    return (body as Refusal).detail;
  }

  it('is ready where all is well', async () => {
    const { body } = await ready();
    expect(body).toEqual({ status: 'ok', databaseTime: expect.stringMatching(/Z$/) as string });
  });

  it.each([
    [3_000, 'behind its database'],
    [-3_000, 'ahead of its database'],
    [86_400_000, 'behind its database'],
  ])(
    'is not ready where the clock of the database jumps by %i ms, and is again afterwards',
    async (offsetMs, detail) => {
      await app.database.setClockOffset(offsetMs);
      expect(await refused()).toContain(detail);
      await app.database.setClockOffset(0);
      await ready();
    },
  );

  it.each([3_000, -3_000])('is not ready where the clock of the process jumps by %i ms', async (offsetMs) => {
    const real = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => real() + offsetMs);
    expect(await refused()).toContain(offsetMs > 0 ? 'ahead of its database' : 'behind its database');
    jest.restoreAllMocks();
    await ready();
  });

  it.each([600, -600])('is ready where the clocks are %i ms apart', async (offsetMs) => {
    await app.database.setClockOffset(offsetMs);
    await ready();
  });

  it('is not ready without a migration that it needs, whatever else there is', async () => {
    const { dataSource } = app.database;
    const [{ id, timestamp, name }] = await dataSource.query<[Record<'id' | 'timestamp' | 'name', string>]>(
      'select * from migrations order by id desc limit 1',
    );
    await dataSource.query('delete from migrations where id = $1', [id]);
    await dataSource.query(`insert into migrations (timestamp, name) values (1, 'OfANewerVersion1')`);
    expect(await refused()).toContain(name);
    await dataSource.query('insert into migrations (timestamp, name) values ($1, $2)', [timestamp, name]);
    await ready();
    await dataSource.query('alter table migrations rename to elsewhere');
    expect(await refused()).toContain('lacks');
  });

  it('is not ready where the database does not answer, says so in time, and is again afterwards', async () => {
    const dataSource = app.app.get(DataSource);
    const held = Array.from({ length: 10 }, () => dataSource.createQueryRunner());
    await Promise.all(held.map((runner) => runner.connect()));
    const startedMs = performance.now();
    expect(await refused()).toContain('does not answer');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    await Promise.all(held.map((runner) => runner.release()));
    await ready();
  });

  it('is not ready as soon as it is asked to stop, while it still answers', async () => {
    await ready();
    const closed = closeGently(app.app);
    expect(await refused()).toContain('stopping');
    await closed;
  });

  it('tells why in the problem, and not how', async () => {
    jest.spyOn(app.app.get(DataSource), 'query').mockRejectedValue(new Error('at postgres://lottery:hunter2@db'));
    expect(await refused()).toBe('This process takes no requests: its database does not answer.');
  });
});

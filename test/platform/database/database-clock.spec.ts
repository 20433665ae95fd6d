import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/data-source';
import type { DatabaseClock } from '../../../src/platform/database/database-clock';
import { TypeOrmUnitOfWork } from '../../../src/platform/database/typeorm-unit-of-work';
import { DatabaseProxy } from '../../support/database-proxy';
import { clockOf } from '../../support/database-clock';
import { pause } from '../../support/pause';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { until } from '../../support/until';

/** What a round trip may take on a busy machine; the faults below are many times that. */
const TOLERANCE_MS = 25;
const BLOCKED_MS = 300;
const HOUR_MS = 3_600_000;

describe("the service's clock", () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let dataSource: DataSource;
  let clock: DatabaseClock;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await DatabaseProxy.start(database.url);
  });

  afterAll(async () => {
    await proxy.stop();
    await database.drop();
  });

  beforeEach(async () => {
    await moveTo(0);
    await start(2);
  });

  afterEach(async () => {
    await clock.onApplicationShutdown();
    await dataSource.destroy();
  });

  async function start(poolSize: number): Promise<void> {
    dataSource = await createDataSource({ url: proxy.url, poolSize }).initialize();
    clock = clockOf(new TypeOrmUnitOfWork(dataSource));
    await clock.onModuleInit();
  }

  /** PostgreSQL runs on this machine: its clock is that of this process. */
  const errorMs = (offsetMs = 0) => Math.abs(clock.now().getTime() - Date.now() - offsetMs);
  const isAt = (offsetMs: number) => errorMs(offsetMs) <= TOLERANCE_MS;
  const moveTo = (offsetMs: number) => database.setClockOffset(offsetMs);

  function block(milliseconds: number): void {
    for (const endMs = performance.now() + milliseconds; performance.now() < endMs;);
  }

  it('shows the time of the database', () => {
    expect(errorMs()).toBeLessThanOrEqual(TOLERANCE_MS);
  });

  it('is not thrown off by an answer that had to wait for the event loop', async () => {
    for (let i = 0; i < 3; i++) {
      const asked = clock.synchronise();
      await new Promise(setImmediate);
      block(BLOCKED_MS);
      await asked;
      expect(errorMs()).toBeLessThanOrEqual(TOLERANCE_MS);
    }
  });

  it('stays right while the event loop is blocked 60 % of the time', async () => {
    const errors: number[] = [];
    for (const endMs = performance.now() + 2_000; performance.now() < endMs;) {
      block(45);
      await pause(30);
      errors.push(errorMs());
    }
    expect(Math.max(...errors)).toBeLessThanOrEqual(TOLERANCE_MS);
  });

  it('does not take a wait for a connection for the time that an answer takes', async () => {
    await clock.onApplicationShutdown();
    const held = [dataSource.createQueryRunner(), dataSource.createQueryRunner()];
    await Promise.all(held.map((runner) => runner.connect()));
    clock = clockOf(new TypeOrmUnitOfWork(dataSource));
    const asked = clock.synchronise();
    await pause(BLOCKED_MS);
    await Promise.all(held.map((runner) => runner.release()));
    await asked;
    expect(errorMs()).toBeLessThanOrEqual(TOLERANCE_MS);
  });

  it('follows a step within seconds, by itself, there and back', async () => {
    await moveTo(-400);
    await until(() => isAt(-400), 5_000);
    await moveTo(0);
    await until(() => isAt(0), 5_000);
  });

  it('is never behind what the database has just said, also where its clock was set back', async () => {
    for (let i = 0; i < 200; i++) {
      if (i % 50 === 0) await moveTo((i % 100) * 1_000);
      const said = await clock.synchronise();
      expect(clock.now().getTime()).toBeGreaterThanOrEqual(said.getTime());
    }
  });

  it('says within a unit of work what that transaction sees, on its connection', async () => {
    await clock.onApplicationShutdown();
    await dataSource.destroy();
    await start(1);
    const work = new TypeOrmUnitOfWork(dataSource);
    const inside = clockOf(work);
    await work.run(async () => {
      await work.writer.query(
        `create or replace function database_time() returns timestamptz language sql as $$ select timestamptz '2031-05-06' $$`,
      );
      expect(await inside.synchronise()).toEqual(new Date('2031-05-06'));
      expect(inside.now() < new Date('2031-05-06T00:00:10Z')).toBe(true);
    });
  });

  it('goes on without the database, and reads it again when it is back', async () => {
    proxy.cut();
    await pause(1_500);
    expect(errorMs()).toBeLessThanOrEqual(TOLERANCE_MS);
    await expect(clock.synchronise()).rejects.toThrow();
    await moveTo(HOUR_MS);
    proxy.mend();
    await until(() => isAt(HOUR_MS), 10_000);
  });

  it('waits for a connection at most once at a time', async () => {
    const held = [dataSource.createQueryRunner(), dataSource.createQueryRunner()];
    await Promise.all(held.map((runner) => runner.connect()));
    const { master } = dataSource.driver as unknown as { master: Pool };
    await until(() => master.waitingCount === 1, 5_000);
    await pause(1_500);
    expect(master.waitingCount).toBe(1);
    await Promise.all(held.map((runner) => runner.release()));
    await moveTo(HOUR_MS);
    await until(() => isAt(HOUR_MS), 5_000);
  });

  it('reads nothing any more after the stop', async () => {
    await clock.onApplicationShutdown();
    await moveTo(HOUR_MS);
    await pause(1_200);
    expect(errorMs()).toBeLessThanOrEqual(TOLERANCE_MS);
  });

  it('keeps no process alive', async () => {
    const timeouts = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    await clock.onApplicationShutdown();
    const before = timeouts();
    await clock.onModuleInit();
    // Others may end meanwhile.
    expect(timeouts()).toBeLessThanOrEqual(before);
  });
});

import { randomUUID } from 'node:crypto';
import { addPlayer, adminBearer, TestPlayer } from '../../support/players';
import { openFreshLottery, submit } from '../../support/lottery-client';
import { announce } from '../../support/pool-client';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

/** A demoted server: reads are answered, writes are not (SQLSTATE 25006). */
describe('a database that takes no writes any more', () => {
  let app: TestApp;
  let date: string;
  let player: TestPlayer;
  let admin: string;

  beforeAll(async () => {
    app = await startTestApp();
    date = await openFreshLottery(app);
    player = await addPlayer(app);
    admin = await adminBearer(app);
    await submit(app, date, player).expect(201);
  });

  afterAll(() => app.close());

  const name = () => new URL(app.database.url).pathname.slice(1);
  const alter = (what: string) => app.database.dataSource.query(`alter database ${name()} ${what}`);
  const ready = async () => (await app.request().get('/health/ready')).status === 200;

  async function demote(): Promise<void> {
    await alter('set default_transaction_read_only = on');
    await app.database.dataSource.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await until(async () => !(await ready()));
  }

  /** The statement asks for it: this session was opened while the database was still read-only, or before. */
  async function promote(): Promise<void> {
    await app.database.dataSource.query('set default_transaction_read_only = off');
    await alter('reset default_transaction_read_only');
  }

  it('gets 503 for every write, is not ready, and is left for the new one without being asked', async () => {
    await demote();
    const { body } = await app.request().get('/health/ready').expect(503);
    expect(body.detail).toContain('its database is read-only');
    const json = (path: string, payload: object) => app.request().post(path).send(payload);
    const stake = { messageId: randomUUID(), userId: randomUUID(), gameId: randomUUID(), stakeMinor: 100n };
    const writes = [
      submit(app, date, player),
      json('/auth/register', { username: 'somebodynew', password: 'correct horse battery' }),
      json('/lotteries', { date: '2091-01-01' }).set('authorization', admin),
      announce(app, stake),
      app.request().post(`/lotteries/close?date=${date}&early=true`).set('x-internal-token', CLOSE_TOKEN),
    ];
    for (const { status, headers, body: problem } of await Promise.all(writes)) {
      expect([status, problem.code, headers['retry-after']]).toEqual([503, 'http.unavailable', '1']);
    }

    await promote();
    await until(ready, 5_000);
    await submit(app, date, player).expect(201);
  });
});

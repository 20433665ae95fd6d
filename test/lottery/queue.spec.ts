import { BallotIntake } from '../../src/ballot/ballot.api';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { Players } from '../../src/user/user.api';
import { drawIdOf, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayer } from '../support/players';
import { rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';
import { until } from '../support/until';

const BATCH = 1_000;
const QUEUE = 10_000;

describe('more ballots than can be stored', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  /** Runs the work while nobody else can append to the log. */
  async function whileLocked<T>(drawId: string, work: () => Promise<T>): Promise<T> {
    const holder = app.database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select from ballot_logs where draw_id = $1 for update', [drawId]);
    try {
      return await work();
    } finally {
      await holder.commitTransaction();
      await holder.release();
    }
  }

  it('are refused with 503 and Retry-After beyond the queue; all that wait are stored', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    const player = await addPlayer(app);
    const intake = app.app.get(BallotIntake, { strict: false });
    const waiting: Promise<unknown>[] = [];
    const put = (count: number) => {
      for (let i = 0; i < count; i++)
        waiting.push(intake.submit({ drawId, userId: player.id, idempotencyKey: null, count: 1 }));
    };
    await whileLocked(drawId, async () => {
      put(BATCH);
      await new Promise((done) => setTimeout(done, 100));
      put(QUEUE);
      const refused = await submit(app, date, player).expect(503);
      expect(refused.body).toMatchObject({ code: 'ballot.queue-full' });
      expect(refused.headers).toHaveProperty('retry-after', '1');
    });
    await Promise.all(waiting);
    expect((await rebuildLog(app.database.dataSource, drawId)).lines).toHaveLength(BATCH + QUEUE);
    await submit(app, date, player).expect(201);
  }, 60_000);

  it('answer 503 where the database does not come free in time, and nothing of them is stored', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    const player = await addPlayer(app);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await whileLocked(drawId, async () => {
      const refused = await submit(app, date, player, 'impatient').expect(503);
      expect(refused.body).toMatchObject({ code: 'http.unavailable' });
      expect(refused.headers).toHaveProperty('retry-after', '1');
    });
    jest.restoreAllMocks();
    expect((await rebuildLog(app.database.dataSource, drawId)).lines).toHaveLength(0);
    await submit(app, date, player, 'impatient').expect(201);
  }, 60_000);

  it('are answered by what holds once the log is theirs: who was banned while they waited gets none', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    const [good, bad] = [await addPlayer(app), await addPlayer(app)];
    await submit(app, date, bad).expect(201);
    const intake = app.app.get(BallotIntake, { strict: false });
    const answers = await whileLocked(drawId, async () => {
      const waiting = [good, bad].map(({ id }) =>
        intake.submit({ drawId, userId: id, idempotencyKey: null, count: 1 }),
      );
      const outcomes = Promise.allSettled(waiting);
      const blocked = 'select from pg_locks where not granted';
      await until(async () => (await app.database.dataSource.query<unknown[]>(blocked)).length > 0);
      await app.database.dataSource.query('update users set banned_at = now() where id = $1', [bad.id]);
      return { outcomes };
    });
    expect(await answers.outcomes).toMatchObject([
      { status: 'fulfilled', value: { ballots: [{ index: 1 }] } },
      { status: 'rejected', reason: { code: 'ballot.player-banned' } },
    ]);
  });

  it('answer 503 where the connection is lost between two statements, and nothing of them is stored', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    const player = await addPlayer(app);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const players = app.app.get<Players>(Players, { strict: false });
    const work = app.app.get(TypeOrmUnitOfWork, { strict: false });
    const standings = players.standings.bind(players);
    jest.spyOn(players, 'standings').mockImplementationOnce(async (userIds) => {
      const [{ pid }] = await work.writer.query<[{ pid: number }]>('select pg_backend_pid() as pid');
      await app.database.dataSource.query('select pg_terminate_backend($1)', [pid]);
      await new Promise((done) => setTimeout(done, 100));
      return standings(userIds);
    });
    const refused = await submit(app, date, player, 'cut').expect(503);
    expect(refused.body).toMatchObject({ code: 'http.unavailable' });
    jest.restoreAllMocks();
    expect((await rebuildLog(app.database.dataSource, drawId)).lines).toHaveLength(0);
    await submit(app, date, player, 'cut').expect(201);
  });
});

import { hash } from 'node:crypto';
import { v7 } from 'uuid';
import { BallotLogs } from '../../src/ballot/application/ballot-logs';
import { BallotLog, Entitled } from '../../src/ballot/domain/ballot-log';
import { TypeOrmBallotLogs } from '../../src/ballot/infrastructure/typeorm-ballot-logs';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { TypeOrmUnitOfWork } from '../../src/shared/infrastructure/typeorm-unit-of-work';
import { pause } from '../support/pause';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { InMemoryBallotLogs } from './in-memory-ballot-logs';

interface Subject {
  readonly logs: BallotLogs;
  readonly work: UnitOfWork;
}

const directly: UnitOfWork = { run: (work) => work(), runAlone: (work) => work() };

/** What every keeper of logs promises. */
function contract(subject: () => Subject): void {
  let logs: BallotLogs;
  let drawId: string;
  const run = <T>(work: () => Promise<T>): Promise<T> => subject().work.run(work);

  beforeEach(async () => {
    logs = subject().logs;
    drawId = v7();
    await run(() => logs.add(BallotLog.open(drawId, new Date('2040-01-01T00:00:00Z')), 'empty\n'));
  });

  const entitled = (userId = v7()): Entitled => ({
    ballotId: v7(),
    userId,
    player: hash('sha256', userId).slice(0, 32),
  });

  const append = (entries: Entitled[], id = drawId) =>
    run(async () => {
      const { log } = await logs.lock(id);
      const appended = log.append(entries, new Date('2030-01-01T12:00:00.125Z'));
      await logs.append(appended, `size ${appended.log.size}\n`);
      return appended;
    });

  it('gives back an open log as it was stored', async () => {
    const { log } = await run(() => logs.lock(drawId));
    expect(log).toEqual(BallotLog.open(drawId, new Date('2040-01-01T00:00:00Z')));
  });

  it('gives back what was appended, in any number of batches', async () => {
    await append([entitled(), entitled(), entitled()]);
    const { log } = await append(Array.from({ length: 600 }, () => entitled()));
    expect((await run(() => logs.lock(drawId))).log).toEqual(log);
    expect(log.size).toBe(603);
  });

  it('gives back a sealed log as sealed', async () => {
    const { log } = await append([entitled()]);
    const sealed = log.seal(new Date('2030-01-02T00:00:00.001Z'));
    await run(() => logs.seal(sealed));
    const found = await run(() => logs.lock(drawId));
    expect(found.log).toEqual(sealed);
    expect(found.log.acceptsAt(found.now)).toBe(false);
  });

  it('refuses a second log of a draw, and knows no log of an unknown draw', async () => {
    await expect(run(() => logs.add(BallotLog.open(drawId, null), 'empty\n'))).rejects.toThrow();
    await expect(run(() => logs.lock(v7()))).rejects.toThrow();
  });

  it('lets a key be claimed once, across draws, and says by which ballot', async () => {
    const digest = hash('sha256', 'key', 'buffer');
    const [userId, other] = [v7(), v7()];
    const first = { userId, digest, drawId, ballotId: v7() };
    const second = { userId, digest, drawId: v7(), ballotId: v7() };
    const stranger = { userId: other, digest, drawId, ballotId: v7() };
    expect(await run(() => logs.claim([first]))).toEqual([]);
    expect(await run(() => logs.claim([second]))).toEqual([first]);
    expect(await run(() => logs.claim([stranger]))).toEqual([]);
    const found = await run(() => logs.claimed([first, stranger, { userId, digest: hash('sha256', 'no', 'buffer') }]));
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([first, stranger]));
  });

  it('names those of some users who have ballots, once each', async () => {
    const [ann, bob, eve] = [entitled(), entitled(), entitled()];
    await append([ann, bob, { ...ann, ballotId: v7() }]);
    const among = await run(() => logs.playersAmong(drawId, [ann.userId, eve.userId]));
    expect(among).toEqual([{ userId: ann.userId, player: ann.player }]);
    expect(await run(() => logs.playersAmong(drawId, []))).toEqual([]);
  });

  it('tells whether anybody else has a ballot', async () => {
    const [ann, bob, cid] = [entitled(), entitled(), entitled()];
    const others = (...users: Entitled[]) =>
      run(() =>
        logs.hasBallotOfOthers(
          drawId,
          users.map(({ userId }) => userId),
        ),
      );
    expect(await others()).toBe(false);
    await append([ann, bob, cid, { ...ann, ballotId: v7() }]);
    expect(await others()).toBe(true);
    expect(await others(ann, bob)).toBe(true);
    expect(await others(ann, cid)).toBe(true);
    expect(await others(bob, cid)).toBe(true);
    expect(await others(ann, bob, cid, entitled())).toBe(false);
  });
}

describe('ballot logs by hand', () => {
  let logs: InMemoryBallotLogs;
  beforeEach(() => (logs = new InMemoryBallotLogs()));
  contract(() => ({ logs: (logs ??= new InMemoryBallotLogs()), work: directly }));
});

describe('ballot logs in PostgreSQL', () => {
  let database: TestDatabase;
  let work: TypeOrmUnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    work = new TypeOrmUnitOfWork(database.dataSource);
  });

  afterAll(() => database.drop());

  contract(() => ({ logs: new TypeOrmBallotLogs(work), work }));

  it('lets a second unit of work wait for the log, and for the key that a first one claims', async () => {
    const logs = new TypeOrmBallotLogs(work);
    const drawId = v7();
    await work.run(() => logs.add(BallotLog.open(drawId, null), 'empty\n'));
    const order: string[] = [];
    const hold = (name: string, milliseconds: number) =>
      work.run(async () => {
        await logs.lock(drawId);
        order.push(`${name} locked`);
        await new Promise((done) => setTimeout(done, milliseconds));
        order.push(`${name} done`);
      });
    await Promise.all([hold('one', 100), hold('two', 1)]);
    expect(order[1]?.split(' ')[0]).toBe(order[0]?.split(' ')[0]);
  });

  it('reads the time after it has waited for the lock, together with what was stored meanwhile', async () => {
    const logs = new TypeOrmBallotLogs(work);
    const drawId = v7();
    await work.run(() => logs.add(BallotLog.open(drawId, null), 'empty\n'));
    let releasedAt = new Date(0);
    const first = work.run(async () => {
      const { log, now } = await logs.lock(drawId);
      await pause(150);
      await logs.append(log.append([{ ballotId: v7(), userId: v7(), player: '0'.repeat(32) }], now), 'one\n');
      [{ now: releasedAt }] = await work.writer.query<[{ now: Date }]>('select database_time() as now');
    });
    await pause(50);
    const second = await work.run(() => logs.lock(drawId));
    await first;
    expect(second.log.size).toBe(1);
    expect(second.now.getTime()).toBeGreaterThanOrEqual(releasedAt.getTime());
  });

  it('refuses to write outside a unit of work', async () => {
    await expect(new TypeOrmBallotLogs(work).lock(v7())).rejects.toThrow('within a unit of work');
  });
});

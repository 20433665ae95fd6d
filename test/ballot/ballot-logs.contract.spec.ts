import { hash } from 'node:crypto';
import { v7 } from 'uuid';
import { BallotLogs } from '../../src/ballot/application/ballot-logs';
import { BallotLog, Entitled } from '../../src/ballot/domain/ballot-log';
import { TypeOrmBallotLogs } from '../../src/ballot/infrastructure/typeorm-ballot-logs';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { pause } from '../support/pause';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { InMemoryBallotLogs } from './in-memory-ballot-logs';

interface Subject {
  readonly logs: BallotLogs;
  readonly work: UnitOfWork;
}

const directly: UnitOfWork = { run: (work) => work(), runAlone: (work) => work() };

const opened = (drawId: string, closesAt: Date | null = null) => {
  return { log: BallotLog.open({ drawId, opensAt: new Date(0), closesAt }), checkpoint: 'empty\n' };
};

const extended = (log: BallotLog, entries: readonly Entitled[]) => {
  const appended = log.append(entries, new Date('2030-01-01T12:00:00.125Z'));
  return { ...appended, checkpoint: `size ${appended.log.size}\n` };
};

const renewed = (entry: Entitled): Entitled => ({ ...entry, ballotId: v7() });

const lock = async (logs: BallotLogs, drawId: string): Promise<BallotLog> =>
  (await logs.lock([drawId])).logs[0] as BallotLog;

/** What every keeper of logs promises. */
function contract(subject: () => Subject): void {
  let logs: BallotLogs;
  let drawId: string;
  const run = <T>(work: () => Promise<T>): Promise<T> => subject().work.run(work);

  beforeEach(async () => {
    logs = subject().logs;
    drawId = v7();
    await run(() => logs.add([opened(drawId, new Date('2040-01-01T00:00:00Z'))]));
  });

  const entitled = (userId = v7()): Entitled => ({
    ballotId: v7(),
    userId,
    player: hash('sha256', userId).slice(0, 32),
  });

  const append = (entries: Entitled[], id = drawId) =>
    run(async () => {
      const appended = extended(await lock(logs, id), entries);
      await logs.append([appended]);
      return appended;
    });

  it('gives back an open log as it was stored', async () => {
    expect(await run(() => lock(logs, drawId))).toEqual(
      BallotLog.open({ drawId, opensAt: new Date(0), closesAt: new Date('2040-01-01T00:00:00Z') }),
    );
  });

  it('gives back what was appended, in any number of batches', async () => {
    await append([entitled(), entitled(), entitled()]);
    const { log } = await append(Array.from({ length: 600 }, () => entitled()));
    expect(await run(() => lock(logs, drawId))).toEqual(log);
    expect(log.size).toBe(603);
  });

  it('knows the first checkpoint of each log, however much was added since', async () => {
    await append([entitled(), entitled()]);
    await append([entitled()]);
    expect(await logs.beginnings([drawId, v7()])).toEqual(new Map([[drawId, 'empty\n']]));
  });

  it('gives back a sealed log as sealed', async () => {
    const { log } = await append([entitled()]);
    const sealed = log.seal(new Date('2030-01-02T00:00:00.001Z'));
    await run(() => logs.seal([sealed]));
    const found = await run(() => logs.lock([drawId]));
    expect(found.logs).toEqual([sealed]);
    expect(found.logs[0]?.acceptsAt(found.now)).toBe(false);
  });

  it('refuses a second log of a draw, and knows no log of an unknown draw', async () => {
    await expect(run(() => logs.add([opened(drawId)]))).rejects.toThrow();
    await expect(run(() => logs.lock([v7()]))).rejects.toThrow();
  });

  it('lets a key be claimed once, across draws, and says by which ballots', async () => {
    const digest = hash('sha256', 'key', 'buffer');
    const [userId, other] = [v7(), v7()];
    const first = { userId, digest, drawId, ballotId: v7(), count: 1_000 };
    const second = { userId, digest, drawId: v7(), ballotId: v7(), count: 1 };
    const stranger = { userId: other, digest, drawId, ballotId: v7(), count: 1 };
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
    const among = await run(() => logs.playersAmong([drawId], [ann.userId, eve.userId]));
    expect(among).toEqual([{ drawId, userId: ann.userId, player: ann.player }]);
    expect(await run(() => logs.playersAmong([drawId], []))).toEqual([]);
    const all = await run(() => logs.players([drawId]));
    expect(all.toSorted((one, other) => (one.player < other.player ? -1 : 1))).toEqual(
      [ann, bob]
        .map(({ userId, player }) => ({ drawId, userId, player }))
        .toSorted((one, other) => (one.player < other.player ? -1 : 1)),
    );
  });

  it('counts the ballots of each of some users', async () => {
    const [ann, bob, eve] = [entitled(), entitled(), entitled()];
    const counts = (...users: Entitled[]) => run(() => logs.counts(users.map(({ userId }) => ({ drawId, userId }))));
    expect(await counts(ann)).toEqual([0]);
    await append([ann, bob, { ...ann, ballotId: v7() }]);
    expect(await counts()).toEqual([]);
    expect(await counts(bob, eve, ann, bob)).toEqual([1, 0, 2, 1]);
  });

  it('keeps many logs apart that are opened, extended and sealed together', async () => {
    const ids = Array.from({ length: 5 }, () => v7());
    const asked = [...ids].reverse();
    const [ann, bob] = [entitled(), entitled()];
    await run(() => logs.add(ids.map((id) => opened(id))));
    // One gets nothing, one completes a subtree, and the first three have ann, the first alone bob too.
    const entrants = [[ann, bob], [ann], [ann, ...Array.from({ length: 300 }, () => entitled())], [], [entitled()]];
    const appended = await run(async () => {
      const { logs: open } = await logs.lock(ids);
      const extensions = open.map((log, i) => extended(log, (entrants[i] ?? []).map(renewed)));
      await logs.append(extensions.filter(({ ballots }) => ballots.length > 0));
      return extensions.map(({ log, ballots }, i) => (ballots.length > 0 ? log : (open[i] as BallotLog)));
    });
    const sealed = appended.map((log) => log.seal(new Date('2030-01-02T00:00:00.001Z'))).slice(1);
    await run(() => logs.seal(sealed));
    const found = await run(() => logs.lock(asked));
    expect(found.logs).toEqual([appended[0], ...sealed].reverse());
    const users = [ann.userId, bob.userId, v7()];
    const among = await run(() => logs.playersAmong(asked, users));
    expect(among.map(({ drawId: id, userId }) => [ids.indexOf(id), users.indexOf(userId)]).sort()).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [2, 0],
    ]);
    const holders = ids.map((id) => ({ drawId: id, userId: ann.userId }));
    expect(await run(() => logs.counts(holders))).toEqual([1, 1, 1, 0, 0]);
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

  it('stores each ballot, subtree and checkpoint under its own log, at its own place', async () => {
    const logs = new TypeOrmBallotLogs(work);
    const ids = [v7(), v7(), v7()];
    const entrants = () => ({ ballotId: v7(), userId: v7(), player: '0'.repeat(32) });
    await work.run(() => logs.add(ids.map((id) => opened(id))));
    const rounds = [
      [3, 0, 260],
      [1, 2, 255],
    ];
    const expected = new Map(ids.map((id) => [id, { lines: [] as string[], subtrees: 0, checkpoints: 1 }]));
    for (const counts of rounds) {
      await work.run(async () => {
        const { logs: open } = await logs.lock(ids);
        const extensions = open.map((log, i) => extended(log, Array.from({ length: counts[i] ?? 0 }, entrants)));
        // Nobody appends nothing.
        const some = extensions.filter(({ ballots }) => ballots.length > 0);
        await logs.append(some);
        for (const { log, ballots, subtrees } of some) {
          const one = expected.get(log.drawId)!;
          one.lines.push(...ballots.map(({ index, id, userId }) => `${index} ${id} ${userId}`));
          one.subtrees += subtrees.length;
          one.checkpoints++;
        }
      });
    }
    const stored = async (id: string) => {
      const { dataSource } = database;
      const ballots = await dataSource.query<{ line: string }[]>(
        `select concat_ws(' ', index, id, user_id) as line from ballots where draw_id = $1 order by index`,
        [id],
      );
      const [row] = await dataSource.query<[{ subtrees: number; checkpoints: number }]>(
        `select (select count(*)::int from ballot_subtrees where draw_id = $1) as subtrees,
          (select count(*)::int from ballot_checkpoints where draw_id = $1) as checkpoints`,
        [id],
      );
      return { lines: ballots.map(({ line }) => line), ...row };
    };
    for (const id of ids) expect(await stored(id)).toEqual(expected.get(id));
  });

  it('lets a second unit of work wait for the log, and for the key that a first one claims', async () => {
    const logs = new TypeOrmBallotLogs(work);
    const drawId = v7();
    await work.run(() => logs.add([opened(drawId)]));
    const order: string[] = [];
    const hold = (name: string, milliseconds: number) =>
      work.run(async () => {
        await logs.lock([drawId]);
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
    await work.run(() => logs.add([opened(drawId)]));
    let releasedAt = new Date(0);
    const first = work.run(async () => {
      const log = await lock(logs, drawId);
      await pause(150);
      await logs.append([extended(log, [{ ballotId: v7(), userId: v7(), player: '0'.repeat(32) }])]);
      [{ now: releasedAt }] = await work.writer.query<[{ now: Date }]>('select database_time() as now');
    });
    await pause(50);
    const second = await work.run(() => logs.lock([drawId]));
    await first;
    expect(second.logs[0]?.size).toBe(1);
    expect(second.now.getTime()).toBeGreaterThanOrEqual(releasedAt.getTime());
  });

  it('refuses to write outside a unit of work', async () => {
    await expect(new TypeOrmBallotLogs(work).lock([v7()])).rejects.toThrow('within a unit of work');
  });
});

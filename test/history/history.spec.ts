import type { DataSource } from 'typeorm';
import { LogSealing } from '../../src/ballot/ballot.api';
import { createDataSource } from '../../src/data-source';
import { ReadLotteries } from '../../src/lottery/application/read-lotteries';
import { Players, PlayerStanding } from '../../src/user/user.api';
import { rounds } from '../support/rounds';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { linearize } from './linearizability';
import { logModel, standingModel } from './lottery-models';
import { RecordedRound } from './recorded-round';

const ROUNDS = rounds({ few: 6, all: 25 });
/** A planted bug shows within a few. */
const ROUNDS_WITH_A_BUG = 25;
const REPLICAS = 3;
const REMEMBERED_MS = 1_000;

describe('what many hands do over several replicas at once', () => {
  let database: TestDatabase;
  const dataSources: DataSource[] = [];
  const replicas: TestApp[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    for (let i = 0; i < REPLICAS; i++) {
      const dataSource = await createDataSource({ url: database.url, poolSize: 10 }).initialize();
      dataSources.push(dataSource);
      replicas.push(await startTestApp({}, { ...database, dataSource }));
    }
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    for (const dataSource of dataSources) if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  });

  /** What no order of the operations explains. An object by itself is enough: linearizability is local. */
  function faultsOf({ log, standings }: RecordedRound): string[] {
    const objects = [
      ['the log', linearize(logModel, log).isLinearizable, log],
      ...[...standings.values()].map(
        (seen) => ['a standing', linearize(standingModel, seen).isLinearizable, seen] as const,
      ),
    ] as const;
    return objects.flatMap(([name, holds, operations]) =>
      holds ? [] : [`${name} has no order: ${JSON.stringify(operations, null, 1)}`],
    );
  }

  /** Plays until something has no order, at most so many rounds. */
  async function firstFault(mostRounds = ROUNDS_WITH_A_BUG): Promise<string> {
    for (let round = 0; round < mostRounds; round++) {
      const [fault] = faultsOf(await RecordedRound.play(replicas));
      if (fault !== undefined) return fault.slice(0, fault.indexOf(':'));
    }
    return 'none';
  }

  it(`has an order in which one after the other would have seen the same, ${ROUNDS} rounds`, async () => {
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const played = await RecordedRound.play(replicas);
      expect(played.surprises).toEqual([]);
      expect(faultsOf(played)).toEqual([]);
      for (const { what } of played.log) seen.set(what.kind, (seen.get(what.kind) ?? 0) + 1);
    }
    // It was a race: of everything there was much.
    for (const kind of ['submitted', 'too late', 'banned', 'sealed', 'read', 'checkpoint']) {
      expect([kind, (seen.get(kind) ?? 0) >= ROUNDS]).toEqual([kind, true]);
    }
  }, 300_000);

  it.each([-1, +1])(
    'has none with a seal whose size is off by %i',
    async (offset) => {
      for (const { app } of replicas) {
        const sealing = app.get(LogSealing, { strict: false });
        const seal = sealing.seal.bind(sealing);
        jest
          .spyOn(sealing, 'seal')
          .mockImplementation(async (drawIds) =>
            (await seal(drawIds)).map((log) => ({ ...log, size: log.size + offset })),
          );
      }
      jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
      expect(await firstFault()).toBe('the log has no order');
    },
    120_000,
  );

  it('has none with replicas that read a lottery once a second', async () => {
    for (const { app } of replicas) {
      const reading = app.get(ReadLotteries, { strict: false });
      const find = reading.find.bind(reading);
      const remembered = new Map<string, { readonly answer: ReturnType<typeof find>; readonly untilMs: number }>();
      jest.spyOn(reading, 'find').mockImplementation((day) => {
        const known = remembered.get(day.toString());
        if (known && performance.now() < known.untilMs) return known.answer;
        const answer = find(day);
        remembered.set(day.toString(), { answer, untilMs: performance.now() + REMEMBERED_MS });
        return answer;
      });
    }
    expect(await firstFault()).toBe('the log has no order');
  }, 120_000);

  it('has none with replicas that ask once a second who is banned', async () => {
    for (const { app } of replicas) {
      const players = app.get(Players, { strict: false });
      const ask = players.standings.bind(players);
      const remembered = new Map<string, { readonly standing: PlayerStanding; readonly untilMs: number }>();
      jest.spyOn(players, 'standings').mockImplementation(async (ids) => {
        const untilMs = performance.now() + REMEMBERED_MS;
        const unknown = ids.filter((id) => (remembered.get(id)?.untilMs ?? 0) < performance.now());
        for (const [id, standing] of await ask(unknown)) remembered.set(id, { standing, untilMs });
        return new Map(ids.flatMap((id) => (remembered.has(id) ? [[id, remembered.get(id)!.standing]] : [])));
      });
    }
    expect(await firstFault()).toBe('a standing has no order');
  }, 120_000);
});

import { v7 } from 'uuid';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { AlreadyEntered, PoolEntries } from '../../src/pool/application/pool-entries';
import type { PoolRuleBook } from '../../src/pool/application/pool-rule-book';
import type { Pools } from '../../src/pool/application/pools';
import type { Award } from '../../src/pool/domain/award';
import { PoolNotFound } from '../../src/pool/domain/errors';
import { Pool } from '../../src/pool/domain/pool';
import { PoolRules } from '../../src/pool/domain/pool-rules';
import { TypeOrmPoolEntries } from '../../src/pool/infrastructure/typeorm-pool-entries';
import { TypeOrmPoolRuleBook } from '../../src/pool/infrastructure/typeorm-pool-rule-book';
import { TypeOrmPools } from '../../src/pool/infrastructure/typeorm-pools';
import type { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { FakeUnitOfWork } from '../shared/fakes';
import { meddle } from '../support/meddle';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { FakePoolEntries, FakePoolRuleBook, FakePools } from './fakes';

const ROUND_AT = new Date('2026-11-21T12:01:00.000Z');
const FIRST_PAGE = { cursor: null, limit: 10 };

interface Subject {
  readonly pools: Pools;
  readonly entries: PoolEntries;
  readonly book: PoolRuleBook;
  readonly work: UnitOfWork;
}

describe.each(['the fake', 'PostgreSQL'])('in %s', (kind) => {
  let database: TestDatabase | undefined;
  let pools: Pools;
  let entries: PoolEntries;
  let book: PoolRuleBook;
  let work: UnitOfWork;

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  beforeEach(async () => {
    ({ pools, entries, book, work } = database ? await inPostgres(database) : inMemory());
  });

  const open = (gameId = v7()) => Pool.open(v7(), new PoolRules(gameId, 2, 9_000));
  const full = (gameId?: string) => open(gameId).take([3n, 4n]);
  const sealed = (decidedAt = ROUND_AT, gameId?: string) => full(gameId).sealUntil(decidedAt);
  const store = (...some: Pool[]) => work.run(() => pools.store(some));
  const lockTables = (...gameIds: string[]) => work.run(() => pools.lockTables(gameIds));
  const idsOf = (some: readonly Pool[]) => some.map(({ id }) => id);

  const awardFor = ({ id: poolId, facts: { gameId } }: Pool): Award => {
    const sums = { winSumMinor: 6n, potMinor: 2n ** 62n, status: 'played_out' as const };
    return { id: v7(), poolId, gameId, userId: v7(), ...sums, awardedAt: ROUND_AT };
  };

  describe('pools', () => {
    it('are found as they were stored, in each of their states', async () => {
      const some = [open(), sealed(), full().annul(), sealed().drawAs(1)];
      await store(...some);
      for (const pool of some) expect(await pools.get(pool.id)).toEqual(pool);
      expect(await pools.find([some[3]!.id, v7(), some[0]!.id])).toEqual(
        new Map([some[0]!, some[3]!].map((pool) => [pool.id, pool])),
      );
      await expect(pools.get(v7())).rejects.toThrow(PoolNotFound);
    });

    it('are stored again as they are later', async () => {
      const pool = open();
      await store(pool);
      await store(pool.take([3n]));
      await store(pool.take([3n, 2n ** 40n]).sealUntil(ROUND_AT));
      expect(await pools.get(pool.id)).toEqual(pool.take([3n, 2n ** 40n]).sealUntil(ROUND_AT));
    });

    it('hand a game over from a full pool to the next in one go', async () => {
      const [first, next] = [open(), open()];
      const { gameId } = first.facts;
      await store(first);
      const other = new Pool({ ...next.facts, gameId });
      await store(first.take([1n, 2n]).sealUntil(ROUND_AT), other);
      expect(await lockTables(gameId)).toMatchObject([{ open: other }]);
    });

    it('stand on tables in the order asked for, new games with the usual rules', async () => {
      const [known, unknown] = [open(), v7()];
      await store(known, sealed());
      const { gameId } = known.facts;
      await work.run(() => book.store(new PoolRules(gameId, 5, 100)));
      const usual = new PoolRules(unknown, 10, 9_000);
      const tables = [
        { rules: usual, open: null },
        { rules: new PoolRules(gameId, 5, 100), open: known },
      ];
      expect(await lockTables(unknown, gameId)).toEqual(tables);
      expect(await lockTables(gameId, unknown)).toEqual([...tables].reverse());
      expect((await book.page(FIRST_PAGE)).items).toContainEqual(usual);
    });

    it('are locked where they are sealed', async () => {
      const [one, two, done] = [sealed(), sealed(), sealed().drawAs(0)];
      await store(one, two, done, open());
      expect(await work.run(() => pools.lockSealed([two.id, done.id, one.id, v7()]))).toEqual([one, two]);
      expect(await work.run(() => pools.lockSealed([]))).toEqual([]);
    });

    it('are due once their round has come, longest waiting first, after the one that was last', async () => {
      const later = (seconds: number) => sealed(new Date(ROUND_AT.getTime() + 1_000 * seconds));
      const [third, first, second, fourth] = [later(1), later(0), later(0), later(2)];
      await store(third, first, second, fourth, open(), sealed().drawAs(1));
      const now = new Date(ROUND_AT.getTime() + 1_000);
      const due = async (heldBack: string[], after: Pool | null, limit = 10) =>
        idsOf(await pools.due(now, heldBack, after, limit));
      expect(await due([], null)).toEqual(idsOf([first, second, third]));
      expect(await due([], null, 2)).toEqual(idsOf([first, second]));
      expect(await due([], first)).toEqual(idsOf([second, third]));
      expect(await due([], third)).toEqual([]);
      expect(await due([first.id], null)).toEqual(idsOf([second, third]));
    });

    it('are listed newest first, page by page, by game and by state', async () => {
      const game = v7();
      const [one, two, three] = [sealed(ROUND_AT, game), open(game), open()];
      await store(one, two, three);
      const all = { gameId: null, state: null };
      const first = await pools.page(all, { cursor: null, limit: 2 });
      const second = await pools.page(all, { cursor: first.nextCursor, limit: 2 });
      expect([idsOf(first.items), idsOf(second.items), second.nextCursor]).toEqual([
        idsOf([three, two]),
        idsOf([one]),
        null,
      ]);
      expect(idsOf((await pools.page({ gameId: game, state: null }, FIRST_PAGE)).items)).toEqual(idsOf([two, one]));
      expect(idsOf((await pools.page({ gameId: game, state: 'open' }, FIRST_PAGE)).items)).toEqual([two.id]);
      expect(idsOf((await pools.page({ gameId: null, state: 'open' }, FIRST_PAGE)).items)).toEqual(idsOf([three, two]));
    });

    it('have one award each', async () => {
      const pool = sealed().drawAs(1);
      const award = awardFor(pool);
      await store(pool);
      expect(await pools.awardOf(pool.id)).toBeNull();
      await work.run(() => pools.addAwards([award]));
      expect(await pools.awardOf(pool.id)).toEqual(award);
      await expect(work.run(() => pools.addAwards([awardFor(pool)]))).rejects.toThrow();
      expect(await pools.awardOf(pool.id)).toEqual(award);
    });

    it('are as before when the unit of work fails', async () => {
      const pool = sealed();
      await store(pool);
      const failing = work.run(async () => {
        await pools.store([pool.drawAs(0), open()]);
        await pools.addAwards([awardFor(pool)]);
        throw new Error('too late');
      });
      await expect(failing).rejects.toThrow('too late');
      expect((await pools.page({ gameId: null, state: null }, FIRST_PAGE)).items).toEqual([pool]);
      expect(await pools.awardOf(pool.id)).toBeNull();
    });
  });

  describe('entries', () => {
    const entry = (poolId: string, index: number, messageId = `message ${v7()}`) => {
      return { poolId, index, stakeMinor: 2n ** 46n + BigInt(index), messageId };
    };

    it('are found by place and by message', async () => {
      const [pool, other] = [v7(), v7()];
      const [first, second, third] = [entry(pool, 0), entry(pool, 1), entry(other, 0)];
      await work.run(() => entries.add([first, second, third]));
      expect(await entries.at(pool, [1, 7])).toEqual(new Map([[1, second]]));
      expect(await entries.at(pool, [0, 1])).toEqual(
        new Map([
          [0, first],
          [1, second],
        ]),
      );
      expect(await entries.ofMessages([third.messageId, 'unknown'])).toEqual(new Map([[third.messageId, third]]));
    });

    it('are made once by a message: a second is refused, with all that came with it', async () => {
      const first = entry(v7(), 0);
      await work.run(() => entries.add([first]));
      const pool = v7();
      const again = work.run(() => entries.add([entry(pool, 0), entry(pool, 1, first.messageId)]));
      await expect(again).rejects.toThrow(AlreadyEntered);
      expect(await entries.at(pool, [0, 1])).toEqual(new Map());
      expect(await entries.ofMessages([first.messageId])).toEqual(new Map([[first.messageId, first]]));
    });
  });

  describe('rules', () => {
    it('are those that were stored last', async () => {
      const game = v7();
      await work.run(() => book.store(new PoolRules(game, 5, 100)));
      await work.run(() => book.store(new PoolRules(game, 7, 10_000)));
      expect((await book.page(FIRST_PAGE)).items).toEqual([new PoolRules(game, 7, 10_000)]);
      expect(await lockTables(game)).toEqual([{ rules: new PoolRules(game, 7, 10_000), open: null }]);
    });

    it('are listed in the order of the games, page by page', async () => {
      const games = [v7(), v7(), v7()];
      for (const game of [...games].reverse()) await work.run(() => book.store(new PoolRules(game, 5, 100)));
      const first = await book.page({ cursor: null, limit: 2 });
      const second = await book.page({ cursor: first.nextCursor, limit: 2 });
      expect([...first.items, ...second.items].map(({ gameId }) => gameId)).toEqual(games);
      expect(second.nextCursor).toBeNull();
    });
  });

  function inMemory(): Subject {
    const [fakeBook, fakeEntries] = [new FakePoolRuleBook(), new FakePoolEntries()];
    const fake = new FakePools(fakeBook);
    return {
      pools: fake,
      entries: fakeEntries,
      book: fakeBook,
      work: new FakeUnitOfWork([fake, fakeBook, fakeEntries]),
    };
  }

  async function inPostgres({ dataSource }: TestDatabase): Promise<Subject> {
    await meddle(dataSource, 'truncate pools, pool_games, pool_entries, pool_awards');
    const unitOfWork = new TypeOrmUnitOfWork(dataSource);
    return {
      pools: new TypeOrmPools(unitOfWork),
      entries: new TypeOrmPoolEntries(unitOfWork),
      book: new TypeOrmPoolRuleBook(unitOfWork),
      work: unitOfWork,
    };
  }
});

import { v7 } from 'uuid';
import type { Draws } from '../../src/draw/application/draws';
import type { Draw } from '../../src/draw/domain/draw';
import { TypeOrmDraws } from '../../src/draw/infrastructure/typeorm-draws';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import type { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { FakeUnitOfWork } from '../shared/fakes';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { aDraw, CHAIN, CLOSES_AT, FakeDraws, OTHER_CHAIN, sealed, SECRET } from './fakes';

const SIGNATURE = Buffer.alloc(48, 9);

interface Subject {
  readonly draws: Draws;
  readonly work: UnitOfWork;
}

describe.each(['the fake', 'PostgreSQL'])('draws in %s', (kind) => {
  let database: TestDatabase | undefined;
  let draws: Draws;
  let work: UnitOfWork;

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  beforeEach(() => {
    ({ draws, work } = database ? inPostgres(database) : inMemory());
  });

  const add = async <T extends readonly Draw[]>(...some: T): Promise<T> => {
    await work.run(() => draws.add(some.map((draw, i) => ({ draw, secret: Buffer.alloc(32, i) }))));
    return some;
  };

  const bound = () => aDraw(v7(), { beacon: { chain: CHAIN, round: 1_000_000 } });

  const note = 'the draw note\n\n— lottery.test key 1\n';
  const result = { drawnAt: new Date(CLOSES_AT.getTime() + 1_000), winnerIndexes: [3, 0], note };

  const get = async ({ id }: Draw) => (await draws.get([id]))[0]!;

  it('are found as they were opened, in the order asked for', async () => {
    const some = await add(
      aDraw(v7()),
      aDraw(v7(), { closes: { whenFull: 10 }, winners: 3, name: 'a pool' }),
      bound(),
      aDraw(v7(), { closes: { whenFull: 10 }, beacon: { chain: OTHER_CHAIN, round: null } }),
    );
    const ids = some.map(({ id }) => id).reverse();
    expect(await draws.get(ids)).toEqual([...some].reverse());
    expect(await draws.find([...ids, v7()])).toEqual(new Map(some.map((draw) => [draw.id, draw])));
  });

  it('come back as draws that know their rules', async () => {
    const [draw] = await add(bound());
    expect(sealed(await get(draw)).assurance).toBe('A');
  });

  it('keep their secrets apart, each draw its own', async () => {
    const [one, two] = await add(aDraw(v7()), aDraw(v7()));
    expect(await draws.committed([two.id, one.id])).toEqual([
      { draw: two, secret: Buffer.alloc(32, 1) },
      { draw: one, secret: Buffer.alloc(32, 0) },
    ]);
  });

  it('fail to be got where there is none of an id', async () => {
    const [draw] = await add(aDraw(v7()));
    await expect(draws.get([draw.id, v7()])).rejects.toThrow('exists');
    await expect(draws.committed([v7()])).rejects.toThrow('exists');
    expect(await draws.find([v7()])).toEqual(new Map());
  });

  it('keep their seals, each its own', async () => {
    const [one, two] = await add(aDraw(v7()), bound());
    const seals = [sealed(one, { exclusions: ['a'.repeat(32), 'b'.repeat(32)], trigger: 'manual' }), sealed(two)];
    await work.run(() => draws.storeSeals(seals));
    expect(await draws.get([one.id, two.id])).toEqual(seals);
  });

  it('are sealed once: a second seal is refused, with all that came with it', async () => {
    const [one, two] = await add(aDraw(v7()), aDraw(v7()));
    const first = sealed(one);
    await work.run(() => draws.storeSeals([first]));
    const again = work.run(() => draws.storeSeals([sealed(two), sealed(one, { trigger: 'manual' })]));
    await expect(again).rejects.toThrow('each draw is sealed once');
    expect(await draws.get([one.id, two.id])).toEqual([first, two]);
  });

  it('keep the first answer of the beacon', async () => {
    const [one, two] = await add(bound(), bound());
    await work.run(() => draws.storeSeals([sealed(one), sealed(two)]));
    await work.run(() => draws.storeBeaconSignature([one.id], SIGNATURE));
    await work.run(() => draws.storeBeaconSignature([one.id, two.id], Buffer.alloc(48, 1)));
    expect((await get(one)).beaconSignature).toEqual(SIGNATURE);
    expect((await get(two)).beaconSignature).toEqual(Buffer.alloc(48, 1));
  });

  it('keep their results, each its own', async () => {
    const [one, two] = await add(aDraw(v7()), aDraw(v7()));
    const results = [sealed(one).drawnAs(result), sealed(two).drawnAs({ ...result, winnerIndexes: [1] })];
    await work.run(() => draws.storeSeals([sealed(one), sealed(two)]));
    await work.run(() => draws.storeResults(results));
    expect(await draws.get([one.id, two.id])).toEqual(results);
  });

  it('are drawn once: a second result is refused, with all that came with it', async () => {
    const [one, two] = await add(aDraw(v7()), aDraw(v7()));
    await work.run(() => draws.storeSeals([sealed(one), sealed(two)]));
    await work.run(() => draws.storeResults([sealed(one).drawnAs(result)]));
    const again = work.run(() =>
      draws.storeResults([sealed(two).drawnAs(result), sealed(one).drawnAs({ ...result, winnerIndexes: [1] })]),
    );
    await expect(again).rejects.toThrow('each draw is drawn once');
    expect(await draws.get([one.id, two.id])).toEqual([sealed(one).drawnAs(result), sealed(two)]);
  });

  it('are gone when the unit of work fails', async () => {
    const draw = aDraw(v7());
    const failing = work.run(async () => {
      await draws.add([{ draw, secret: SECRET }]);
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await draws.find([draw.id])).toEqual(new Map());
  });

  function inMemory(): Subject {
    const fake = new FakeDraws();
    return { draws: fake, work: new FakeUnitOfWork([fake]) };
  }

  function inPostgres({ dataSource }: TestDatabase): Subject {
    const unitOfWork = new TypeOrmUnitOfWork(dataSource);
    return { draws: new TypeOrmDraws(unitOfWork), work: unitOfWork };
  }
});

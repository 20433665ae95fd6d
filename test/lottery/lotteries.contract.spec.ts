import { v7 } from 'uuid';
import type { Lotteries } from '../../src/lottery/application/lotteries';
import { LotteryNotFound } from '../../src/lottery/domain/errors';
import { Lottery, LotteryState } from '../../src/lottery/domain/lottery';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { TypeOrmLotteries } from '../../src/lottery/infrastructure/typeorm-lotteries';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import type { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { FakeUnitOfWork } from '../shared/fakes';
import { meddle } from '../support/meddle';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { FakeLotteries } from './fakes';

interface Subject {
  readonly lotteries: Lotteries;
  readonly work: UnitOfWork;
}

const NONE = LotteryDate.parse('2029-12-31');

describe.each(['the fake', 'PostgreSQL'])('lotteries in %s', (kind) => {
  let database: TestDatabase | undefined;
  let lotteries: Lotteries;
  let work: UnitOfWork;

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  beforeEach(async () => {
    ({ lotteries, work } = database ? await inPostgres(database) : inMemory());
  });

  const add = async (day: string, state: LotteryState = 'open'): Promise<Lottery> => {
    const lottery = new Lottery(LotteryDate.parse(day), v7(), 'open');
    expect(await work.run(() => lotteries.add(lottery))).toBe(true);
    const stored = new Lottery(lottery.date, lottery.drawId, state);
    if (state === 'drawn') await work.run(() => lotteries.storeState(lottery.moveTo('sealed')));
    if (state !== 'open') await work.run(() => lotteries.storeState(stored));
    return stored;
  };

  it('are found as they were added, locked or not', async () => {
    const lottery = await add('2030-01-01');
    expect(await lotteries.get(lottery.date)).toEqual(lottery);
    expect(await work.run(() => lotteries.lock(lottery.date))).toEqual(lottery);
    expect(await lotteries.drawIdOf(lottery.date)).toBe(lottery.drawId);
  });

  it('are one for each day: the first stays', async () => {
    const first = await add('2030-01-01');
    expect(await work.run(() => lotteries.add(new Lottery(first.date, v7(), 'open')))).toBe(false);
    expect(await lotteries.get(first.date)).toEqual(first);
  });

  it('are not found where a day has none, and are found once it has', async () => {
    await expect(lotteries.get(NONE)).rejects.toThrow(LotteryNotFound);
    await expect(work.run(() => lotteries.lock(NONE))).rejects.toThrow(LotteryNotFound);
    await expect(lotteries.drawIdOf(NONE)).rejects.toThrow(LotteryNotFound);
    const { drawId } = await add(NONE.toString());
    expect(await lotteries.drawIdOf(NONE)).toBe(drawId);
  });

  it('keep their new state and nothing else', async () => {
    const { date, drawId } = await add('2030-01-01');
    await work.run(() => lotteries.storeState(new Lottery(date, v7(), 'sealed')));
    expect(await lotteries.get(date)).toEqual(new Lottery(date, drawId, 'sealed'));
  });

  it('are known by their draws', async () => {
    const [one, two] = [await add('2030-01-01'), await add('2030-01-02')];
    const dates = await lotteries.datesOf([two.drawId, one.drawId, v7()]);
    expect(new Map([...dates].map(([drawId, date]) => [drawId, date.toString()]))).toEqual(
      new Map([
        [one.drawId, '2030-01-01'],
        [two.drawId, '2030-01-02'],
      ]),
    );
    expect(await lotteries.datesOf([])).toEqual(new Map());
  });

  it('are listed newest first, page by page, each once', async () => {
    for (const day of ['2030-01-02', '2029-12-30', '2030-01-01', '2030-01-10', '2029-02-28']) await add(day);
    const listed: string[] = [];
    for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
      const page = await lotteries.page(null, { cursor, limit: 2 });
      listed.push(...page.items.map(({ date }) => date.toString()));
      cursor = page.nextCursor;
    }
    expect(listed).toEqual(['2030-01-10', '2030-01-02', '2030-01-01', '2029-12-30', '2029-02-28']);
  });

  it('are listed by state', async () => {
    await add('2030-01-01');
    const sealed = [await add('2030-01-03', 'sealed'), await add('2030-01-02', 'sealed')];
    expect(await lotteries.page('sealed', { cursor: null, limit: 10 })).toEqual({ items: sealed, nextCursor: null });
    expect((await lotteries.page('drawn', { cursor: null, limit: 10 })).items).toEqual([]);
  });

  it('are due where they are sealed, and where they are open and before today, oldest first', async () => {
    const today = LotteryDate.parse('2030-01-05');
    await add('2030-01-06', 'sealed');
    await add('2030-01-05');
    await add('2030-01-04');
    await add('2030-01-03', 'drawn');
    await add('2030-01-02', 'void');
    await add('2030-01-01');
    const due = await lotteries.due(today, 10);
    expect(due.map(String)).toEqual(['2030-01-01', '2030-01-04', '2030-01-06']);
    expect((await lotteries.due(today, 2)).map(String)).toEqual(['2030-01-01', '2030-01-04']);
  });

  it('are as before when the unit of work fails', async () => {
    const lottery = await add('2030-01-01');
    const failing = work.run(async () => {
      await lotteries.storeState(lottery.moveTo('sealed'));
      await lotteries.add(new Lottery(NONE, v7(), 'open'));
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await lotteries.get(lottery.date)).toEqual(lottery);
    await expect(lotteries.get(NONE)).rejects.toThrow(LotteryNotFound);
  });

  function inMemory(): Subject {
    const fake = new FakeLotteries();
    return { lotteries: fake, work: new FakeUnitOfWork([fake]) };
  }

  async function inPostgres({ dataSource }: TestDatabase): Promise<Subject> {
    await meddle(dataSource, 'truncate lotteries');
    const unitOfWork = new TypeOrmUnitOfWork(dataSource);
    return { lotteries: new TypeOrmLotteries(unitOfWork), work: unitOfWork };
  }
});

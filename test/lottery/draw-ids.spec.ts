import type { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { TypeOrmLotteries } from '../../src/lottery/infrastructure/typeorm-lotteries';

describe('the draw of a day', () => {
  const today = LotteryDate.parse('2026-11-21');
  const row = { date: '2026-11-21', drawId: 'the draw', state: 'open' };
  let findOne: jest.Mock<Promise<typeof row | null>, []>;
  let lotteries: TypeOrmLotteries;

  beforeEach(() => {
    findOne = jest.fn<Promise<typeof row | null>, []>(() => Promise.resolve(row));
    lotteries = new TypeOrmLotteries({ reader: { findOne } } as unknown as TypeOrmUnitOfWork);
  });

  it('is looked up once, also by a crowd that asks at the same time', async () => {
    const crowd = await Promise.all(Array.from({ length: 100 }, () => lotteries.drawIdOf(today)));
    expect(new Set([...crowd, await lotteries.drawIdOf(today)])).toEqual(new Set(['the draw']));
    expect(findOne).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['there is none yet', () => Promise.resolve(null)],
    ['the database did not answer', () => Promise.reject(new Error('gone'))],
  ])('is looked up again where %s', async (_, failure) => {
    findOne.mockImplementationOnce(failure);
    await expect(Promise.all([lotteries.drawIdOf(today), lotteries.drawIdOf(today)])).rejects.toThrow();
    expect(await lotteries.drawIdOf(today)).toBe('the draw');
    expect(findOne).toHaveBeenCalledTimes(2);
  });
});

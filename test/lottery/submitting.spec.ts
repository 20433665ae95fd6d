import { BallotsClosed, IdempotencyKeyReused } from '../../src/ballot/ballot.api';
import { Calendar } from '../../src/lottery/application/calendar';
import { SubmitToLottery } from '../../src/lottery/application/submit-to-lottery';
import { LotteryNotFound } from '../../src/lottery/domain/errors';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import type { Ballot } from '../../src/ballot/domain/ballot';
import { FakeBallots } from '../ballot/fakes';
import { FakeClock } from '../shared/fakes';
import { aLottery, FakeIntake, FakeLotteries } from './fakes';

const TODAY = '2026-11-21';
const TOMORROW = '2026-11-22';
const AFTER_MIDNIGHT = new Date('2026-11-22T00:00:00.000Z');

describe('submit a ballot to a lottery', () => {
  let clock: FakeClock;
  let lotteries: FakeLotteries;
  let ballots: FakeBallots;
  let intake: FakeIntake;
  let submit: SubmitToLottery;

  beforeEach(async () => {
    clock = new FakeClock(new Date('2026-11-21T23:59:59.999Z'));
    lotteries = new FakeLotteries();
    ballots = new FakeBallots();
    intake = new FakeIntake(ballots);
    submit = new SubmitToLottery(lotteries, intake, ballots, new Calendar(clock));
    for (const day of ['2026-11-20', TODAY, TOMORROW]) await lotteries.add(aLottery(day));
  });

  const to = (day: string, count = 1) =>
    submit.execute({
      day: day === 'today' ? 'today' : LotteryDate.parse(day),
      userId: 'alice',
      idempotencyKey: 'a key',
      count,
    });

  /** It closes on the way of the submission to its log. */
  const closeAtMidnight = () => {
    intake.refusals.set(`draw of ${TODAY}`, new BallotsClosed());
    jest.spyOn(clock, 'synchronise').mockImplementation(async () => (clock.time = AFTER_MIDNIGHT));
  };

  it('goes to the draw of its day, with its key', async () => {
    const { date, ballots: made, checkpoint } = await to(TOMORROW, 2);
    expect(date.toString()).toBe(TOMORROW);
    expect(intake.submitted).toEqual([
      { drawId: `draw of ${TOMORROW}`, userId: 'alice', idempotencyKey: 'a key', count: 2 },
    ]);
    expect([made, checkpoint]).toEqual([ballots.of(`draw of ${TOMORROW}`), `checkpoint 2 of draw of ${TOMORROW}`]);
  });

  it('goes to the day that it is where it names none', async () => {
    expect((await to('today')).date.toString()).toBe(TODAY);
  });

  it('refuses a day that has no lottery', async () => {
    await expect(to('2026-11-01')).rejects.toThrow(LotteryNotFound);
    expect(intake.submitted).toEqual([]);
  });

  it('refuses a day whose lottery is closed', async () => {
    closeAtMidnight();
    await expect(to(TODAY)).rejects.toThrow(BallotsClosed);
    expect(intake.submitted).toEqual([]);
  });

  it('goes to the new day where midnight comes on the way of one that names none', async () => {
    closeAtMidnight();
    expect((await to('today')).date.toString()).toBe(TOMORROW);
    expect(intake.submitted).toHaveLength(1);
  });

  it('refuses one that names no day where today is closed early', async () => {
    intake.refusals.set(`draw of ${TODAY}`, new BallotsClosed());
    await expect(to('today')).rejects.toThrow(BallotsClosed);
    expect(intake.submitted).toEqual([]);
  });

  it('refuses one that names no day where the new day is closed as well', async () => {
    closeAtMidnight();
    intake.refusals.set(`draw of ${TOMORROW}`, new BallotsClosed());
    await expect(to('today')).rejects.toThrow(BallotsClosed);
  });

  describe('with a key that has made another ballot', () => {
    const usedIn = (day: string, sentTo: string, count = 1) => {
      const [{ id }] = Array.from({ length: count }, () => ballots.cast(`draw of ${day}`, 'alice')) as [Ballot];
      intake.refusals.set(`draw of ${sentTo}`, new IdempotencyKeyReused(id, count));
      return id;
    };

    it('gives the receipt of yesterday where it names no day: it was sent again after midnight', async () => {
      const id = usedIn('2026-11-20', TODAY);
      const { date, ballots: found } = await to('today');
      expect([date.toString(), found.map((ballot) => ballot.id)]).toEqual(['2026-11-20', [id]]);
    });

    it('gives all that the key made yesterday, and refuses another number of them', async () => {
      usedIn('2026-11-20', TODAY, 3);
      expect((await to('today', 3)).ballots).toEqual(ballots.of('draw of 2026-11-20'));
      await expect(to('today')).rejects.toThrow(IdempotencyKeyReused);
    });

    it('refuses where the key is of a day before yesterday', async () => {
      await lotteries.add(aLottery('2026-11-19'));
      usedIn('2026-11-19', TODAY);
      await expect(to('today')).rejects.toThrow(IdempotencyKeyReused);
    });

    it('refuses where it names its day', async () => {
      usedIn('2026-11-20', TODAY);
      await expect(to(TODAY)).rejects.toThrow(IdempotencyKeyReused);
    });

    it('refuses where the key made a ballot of no lottery', async () => {
      usedIn('another draw', TODAY);
      await expect(to('today')).rejects.toThrow(IdempotencyKeyReused);
    });
  });

  it('hands on any other refusal', async () => {
    intake.refusals.set(`draw of ${TODAY}`, new Error('too many are waiting'));
    await expect(to('today')).rejects.toThrow('too many are waiting');
  });
});

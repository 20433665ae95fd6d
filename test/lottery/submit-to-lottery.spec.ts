import { Ballots, BallotsClosed, IdempotencyKeyReused, Place, Receipt, Submission } from '../../src/ballot/ballot.api';
import { Ballot } from '../../src/ballot/domain/ballot';
import { Calendar } from '../../src/lottery/application/calendar';
import type { Lotteries } from '../../src/lottery/application/lotteries';
import { SubmitToLottery } from '../../src/lottery/application/submit-to-lottery';
import { LotteryNotFound } from '../../src/lottery/domain/errors';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';

const [YESTERDAY, TODAY, TOMORROW] = ['2026-11-20', '2026-11-21', '2026-11-22'];

describe('submit to the lottery of a day', () => {
  /** As measured last, and as the database would say now. */
  let [measured, real] = [new Date(), new Date()];
  let submissions: Submission[];
  /** By draw; the draws here are called as their days. */
  let refusals: Map<string, Error>;
  let submitTo: SubmitToLottery;

  beforeEach(() => {
    measured = real = new Date(`${TODAY}T12:00:00Z`);
    [submissions, refusals] = [[], new Map()];
    const days = [YESTERDAY, TODAY, TOMORROW];
    const lotteries = {
      drawIdOf: (date: LotteryDate) =>
        days.includes(date.toString()) ? Promise.resolve(date.toString()) : Promise.reject(new LotteryNotFound(date)),
      datesOf: (ids: readonly string[]) => Promise.resolve(new Map(ids.map((id) => [id, LotteryDate.parse(id)]))),
    } as Partial<Lotteries> as Lotteries;
    const intake = {
      submit: (submission: Submission) => {
        submissions.push(submission);
        const refusal = refusals.get(submission.drawId);
        return refusal ? Promise.reject(refusal) : Promise.resolve(receiptsOf(submission.drawId));
      },
    };
    const ballots = {
      receipt: (id: string) => Promise.resolve({ ...receiptOf(id, id), replayed: true }),
      at: (places: readonly Place[]) => Promise.resolve(places.map(({ drawId }) => receiptOf(drawId, drawId).ballot)),
    } as Partial<Ballots> as Ballots;
    const synchronise = () => Promise.resolve((measured = real));
    const calendar = new Calendar({ now: () => measured, synchronise, timeOfFact: synchronise });
    submitTo = new SubmitToLottery(lotteries, intake, ballots, calendar);
  });

  /** The first ballot of a draw. */
  function receiptOf(drawId: string, id: string): Receipt {
    return { ballot: new Ballot(drawId, 0, id, 'ann', 'f'.repeat(32), measured), checkpoint: '', replayed: false };
  }

  function receiptsOf(drawId: string) {
    const { ballot, ...rest } = receiptOf(drawId, 'new');
    return { ...rest, ballots: [ballot] };
  }

  const submit = async (day: string) => {
    const named = day === 'today' ? day : LotteryDate.parse(day);
    const submission = { day: named, userId: 'ann', idempotencyKey: 'k', count: 1 } as const;
    const { date, ballots, replayed } = await submitTo.execute(submission);
    expect(ballots.map(({ drawId }) => drawId)).toEqual([date.toString()]);
    return `${date.toString()}${replayed ? ' again' : ''}`;
  };

  it.each([
    ['today', TODAY],
    [TODAY, TODAY],
    [TOMORROW, TOMORROW],
  ])('puts a ballot for %s into the draw of %s, with its player and key', async (day, expected) => {
    expect(await submit(day)).toBe(expected);
    expect(submissions).toEqual([{ drawId: expected, userId: 'ann', idempotencyKey: 'k', count: 1 }]);
  });

  it('refuses a day without a lottery', async () => {
    await expect(submit('2027-01-01')).rejects.toThrow(LotteryNotFound);
  });

  it('takes for the new day what was on its way at midnight, if it was meant for today', async () => {
    refusals.set(TODAY, new BallotsClosed());
    real = new Date(`${TOMORROW}T00:00:00Z`);
    expect(await submit('today')).toBe(TOMORROW);
    measured = new Date(`${TODAY}T12:00:00Z`);
    await expect(submit(TODAY)).rejects.toThrow(BallotsClosed);
  });

  it('refuses a ballot for today if it was closed early, and tries no further', async () => {
    refusals.set(TODAY, new BallotsClosed());
    await expect(submit('today')).rejects.toThrow(BallotsClosed);
    expect(submissions).toHaveLength(1);
  });

  it.each([
    ['the ballot of yesterday', YESTERDAY, `${YESTERDAY} again`],
    ['a refusal for a ballot of another day', TOMORROW, 'refused'],
  ])('answers a key that was used for another day with %s', async (_, usedFor, expected) => {
    refusals.set(TODAY, new IdempotencyKeyReused(usedFor, 1));
    const answer = await submit('today').catch((error: unknown) => {
      expect(error).toBeInstanceOf(IdempotencyKeyReused);
      return 'refused';
    });
    expect(answer).toBe(expected);
    await expect(submit(TODAY)).rejects.toThrow(IdempotencyKeyReused);
  });
});

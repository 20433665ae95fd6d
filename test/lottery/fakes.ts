import type { Ballot } from '../../src/ballot/domain/ballot';
import { BallotIntake, Receipts, Submission } from '../../src/ballot/ballot.api';
import { Lotteries } from '../../src/lottery/application/lotteries';
import { LotteryNotFound } from '../../src/lottery/domain/errors';
import { Lottery, LotteryState } from '../../src/lottery/domain/lottery';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { Page, pageOf, PageRequest } from '../../src/shared/application/page';
import { FakeBallots, receiptFor } from '../ballot/fakes';

export class FakeLotteries extends Lotteries {
  /** By date. */
  rows: ReadonlyMap<string, Lottery> = new Map();

  async add(lottery: Lottery): Promise<boolean> {
    if (this.rows.has(lottery.date.toString())) return false;
    this.rows = new Map(this.rows).set(lottery.date.toString(), lottery);
    return true;
  }

  async get(date: LotteryDate): Promise<Lottery> {
    const lottery = this.rows.get(date.toString());
    if (!lottery) throw new LotteryNotFound(date);
    return lottery;
  }

  lock(date: LotteryDate): Promise<Lottery> {
    return this.get(date);
  }

  async storeState({ date, state }: Lottery): Promise<void> {
    const { drawId } = await this.get(date);
    this.rows = new Map(this.rows).set(date.toString(), new Lottery(date, drawId, state));
  }

  async drawIdOf(date: LotteryDate): Promise<string> {
    return (await this.get(date)).drawId;
  }

  async datesOf(drawIds: readonly string[]): Promise<ReadonlyMap<string, LotteryDate>> {
    const found = this.oldestFirst().filter(({ drawId }) => drawIds.includes(drawId));
    return new Map(found.map(({ drawId, date }) => [drawId, date]));
  }

  async page(state: LotteryState | null, { cursor, limit }: PageRequest): Promise<Page<Lottery>> {
    const found = this.oldestFirst()
      .reverse()
      .filter((one) => (state === null || one.state === state) && (cursor === null || one.date.toString() < cursor));
    return pageOf(found.slice(0, limit + 1), limit, ({ date }) => date.toString());
  }

  async due(today: LotteryDate, limit: number): Promise<readonly LotteryDate[]> {
    const isDue = ({ state, date }: Lottery) => state === 'sealed' || (state === 'open' && date.isBefore(today));
    return this.oldestFirst()
      .filter(isDue)
      .slice(0, limit)
      .map(({ date }) => date);
  }

  private oldestFirst(): Lottery[] {
    return [...this.rows.values()].sort((a, b) => (a.date.isBefore(b.date) ? -1 : 1));
  }
}

/** Casts what it is given, unless a log is closed or the key has made another ballot. */
export class FakeIntake extends BallotIntake {
  /** Errors by draw. */
  readonly refusals = new Map<string, Error>();
  readonly submitted: Submission[] = [];

  constructor(private readonly ballots: FakeBallots) {
    super();
  }

  async submit(submission: Submission): Promise<Receipts> {
    const refusal = this.refusals.get(submission.drawId);
    if (refusal) throw refusal;
    this.submitted.push(submission);
    const { drawId, userId, count } = submission;
    const ballots = Array.from({ length: count }, () => this.ballots.cast(drawId, userId));
    return { ...receiptFor(ballots.at(-1) as Ballot), ballots };
  }
}

/** The lottery of a day, whose draw has the name of the day. */
export function aLottery(day: string, state: LotteryState = 'open'): Lottery {
  return new Lottery(LotteryDate.parse(day), `draw of ${day}`, state);
}

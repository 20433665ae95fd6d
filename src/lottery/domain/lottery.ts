import { invariant } from '../../shared/domain/invariant';
import { LotteryNotBegun, LotteryNotOver } from './errors';
import { LotteryDate } from './lottery-date';

export const LOTTERY_STATES = ['open', 'sealed', 'drawn', 'void'] as const;
export type LotteryState = (typeof LOTTERY_STATES)[number];

/** Every legal change of state. */
const MOVES: Readonly<Record<LotteryState, readonly LotteryState[]>> = {
  open: ['sealed', 'void'],
  sealed: ['drawn'],
  drawn: [],
  void: [],
};

/** The lottery of one day: it takes ballots, is sealed, and ends with a winner or void. Immutable. */
export class Lottery {
  constructor(
    readonly date: LotteryDate,
    readonly drawId: string,
    readonly state: LotteryState,
  ) {}

  moveTo(state: LotteryState): Lottery {
    invariant(MOVES[this.state].includes(state), `a lottery does not go from ${this.state} to ${state}`);
    return new Lottery(this.date, this.drawId, state);
  }

  /** @throws LotteryNotBegun before its day, when closing it would leave that day without a lottery. */
  assertBegun(now: Date): void {
    if (LotteryDate.of(now).isBefore(this.date)) throw new LotteryNotBegun(this.date);
  }

  /** @throws LotteryNotOver before midnight UTC at the end of its day. */
  assertOver(now: Date): void {
    if (now < this.date.closesAt) throw new LotteryNotOver(this.date);
  }
}

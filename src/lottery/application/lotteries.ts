import type { Page, PageRequest } from '../../shared/application/page';
import type { Lottery, LotteryState } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';

/** Stores lotteries. */
export abstract class Lotteries {
  /** Returns whether the lottery was added: a day keeps the one it has. Waits for others that add the same day. */
  abstract add(lottery: Lottery): Promise<boolean>;
  /** @throws LotteryNotFound */
  abstract get(date: LotteryDate): Promise<Lottery>;
  /** The lottery under its row lock, held until commit. @throws LotteryNotFound */
  abstract lock(date: LotteryDate): Promise<Lottery>;
  /** Stores the new state of a locked lottery. */
  abstract storeState(lottery: Lottery): Promise<void>;
  /** The id of the day's draw; it never changes, so it is cached. @throws LotteryNotFound */
  abstract drawIdOf(date: LotteryDate): Promise<string>;
  /** The days of these draws. */
  abstract datesOf(drawIds: readonly string[]): Promise<ReadonlyMap<string, LotteryDate>>;
  /** Newest day first; the cursor is a date. */
  abstract page(state: LotteryState | null, page: PageRequest): Promise<Page<Lottery>>;
  /** Days that are to be sealed (open and before `today`) or to be drawn (sealed), oldest first, at most `limit`. */
  abstract due(today: LotteryDate, limit: number): Promise<readonly LotteryDate[]>;
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { LotteryDate } from '../domain/lottery-date';
import { CloseLottery } from './close-lottery';
import { Lotteries } from './lotteries';
import { OpenLottery } from './open-lottery';

/** Days that one pass closes at most; more are left to the next pass, seconds later. */
const MAX_DUE = 100;

export interface Reconciled {
  readonly opened: readonly LotteryDate[];
  readonly closed: readonly LotteryDate[];
  readonly failed: readonly { readonly date: LotteryDate; readonly error: unknown }[];
}

/**
 * Makes the calendar what it must be at this moment: today and tomorrow are open, everything before is closed. It only
 * looks at the database and its clock, so it may run at any time, anywhere, as often as one likes.
 */
@Injectable()
export class ReconcileLotteries {
  constructor(
    private readonly clock: Clock,
    private readonly lotteries: Lotteries,
    private readonly open: OpenLottery,
    private readonly close: CloseLottery,
  ) {}

  async execute(): Promise<Reconciled> {
    const today = LotteryDate.of(await this.clock.synchronise());
    const opened = [];
    for (const date of [today, today.next]) {
      if (await this.open.openUnlessThere(date, 'service')) opened.push(date);
    }
    const closed = [];
    const failed = [];
    for (const date of await this.lotteries.due(today, MAX_DUE)) {
      try {
        await this.close.execute({ date, by: 'schedule', early: false });
        closed.push(date);
      } catch (error) {
        failed.push({ date, error });
      }
    }
    return { opened, closed, failed };
  }
}

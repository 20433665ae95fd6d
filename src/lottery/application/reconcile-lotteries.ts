import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { ClockInDoubt } from '../../shared/domain/clock-in-doubt';
import { LotteryDayPast } from '../domain/errors';
import type { LotteryState } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { Calendar } from './calendar';
import { CloseLottery } from './close-lottery';
import { Lotteries } from './lotteries';
import { OpenLottery } from './open-lottery';

/** Maximum number of days that one pass closes; the next pass, seconds later, takes more. */
const MAX_DUE = 100;

export interface Reconciled {
  readonly opened: LotteryDate[];
  readonly moved: { readonly date: LotteryDate; readonly state: LotteryState }[];
  readonly failed: { readonly date: LotteryDate; readonly error: unknown }[];
}

/**
 * Brings the calendar to the state it must have now: today and tomorrow are open, everything before is closed. It
 * depends only on the database and its clock, so it may run at any time, anywhere, any number of times.
 */
@Injectable()
export class ReconcileLotteries {
  constructor(
    private readonly calendar: Calendar,
    private readonly lotteries: Lotteries,
    private readonly open: OpenLottery,
    private readonly close: CloseLottery,
    private readonly clock: Clock,
  ) {}

  /** @throws ClockInDoubt */
  async execute(): Promise<Reconciled> {
    await this.clock.timeOfFact();
    const today = await this.calendar.today();
    const done: Reconciled = { opened: [], moved: [], failed: [] };
    for (const date of [today, today.next]) {
      await this.attempt(done, date, async () => {
        if (await this.open.openUnlessThere(date, 'service')) done.opened.push(date);
      });
    }
    for (const date of await this.lotteries.due(today, MAX_DUE)) {
      await this.attempt(done, date, async () => {
        const states = await this.close.execute({ date, trigger: 'schedule', early: false });
        for (const state of states) done.moved.push({ date, state });
      });
    }
    return done;
  }

  /** A day that fails does not hold up the others. */
  private async attempt({ failed }: Reconciled, date: LotteryDate, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      // Midnight came between reading the clock and opening: the next pass sees the new day.
      if (!(error instanceof LotteryDayPast || error instanceof ClockInDoubt)) failed.push({ date, error });
    }
  }
}

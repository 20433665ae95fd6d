import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { Day, LotteryDate } from '../domain/lottery-date';

const DAY_MS = 86_400_000;

/** Tells which day it is in UTC, by the database's time. */
@Injectable()
export class Calendar {
  /** Nearly every call falls on the day of the call before. */
  private latest: { readonly dayNumber: number; readonly date: LotteryDate } | null = null;

  constructor(private readonly clock: Clock) {}

  /** The date of the day; resolves `today` by the clock as it runs, without a statement. */
  dateOf(day: Day): LotteryDate {
    return day === 'today' ? this.dateAt(this.clock.now()) : day;
  }

  /** The date of today; asks the database. */
  async today(): Promise<LotteryDate> {
    return this.dateAt(await this.clock.synchronise());
  }

  private dateAt(instant: Date): LotteryDate {
    const dayNumber = Math.floor(instant.getTime() / DAY_MS);
    if (dayNumber !== this.latest?.dayNumber) this.latest = { dayNumber, date: LotteryDate.of(instant) };
    return this.latest.date;
  }
}

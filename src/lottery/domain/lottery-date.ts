import { InvalidInput } from '../../shared/domain/invalid-input';
import { invariant } from '../../shared/domain/invariant';

const DAY_MS = 86_400_000;
const PATTERN = /^\d{4}-\d{2}-\d{2}$/;
/** PostgreSQL has no year 0, and instants of the protocol, including closing instants, have four-digit years. */
const FIRST_DAY = '0001-01-01';
const LAST_DAY = '9999-12-30';

/** A day as callers name it: a date, or `today`, whichever day that is when the request is handled. */
export type Day = LotteryDate | 'today';

/** Reads `YYYY-MM-DD` or `today`. @throws InvalidInput */
export function dayOf(value: unknown): Day {
  return value === 'today' ? value : LotteryDate.parse(value);
}

/** A calendar day in UTC, which is also the name of that day's lottery. Immutable. */
export class LotteryDate {
  /** `YYYY-MM-DD`. */
  private constructor(private readonly text: string) {}

  /** @throws InvalidInput unless it is a day of the calendar, written YYYY-MM-DD. */
  static parse(text: unknown): LotteryDate {
    const date = LotteryDate.read(text);
    if (date) return date;
    throw new InvalidInput([{ parameter: 'date', detail: 'date must be a calendar day: YYYY-MM-DD' }]);
  }

  /** Returns null unless it is a day of the calendar, written YYYY-MM-DD. */
  static read(text: unknown): LotteryDate | null {
    if (typeof text !== 'string' || !PATTERN.test(text) || text < FIRST_DAY || text > LAST_DAY) return null;
    return isCalendarDay(text) ? new LotteryDate(text) : null;
  }

  /** Reads what the database holds, which is nobody's input. @throws Error unless it is a day. */
  static stored(text: string): LotteryDate {
    const date = LotteryDate.read(text);
    invariant(date, 'the database returns days as YYYY-MM-DD');
    return date;
  }

  /** The UTC day of the instant. */
  static of(instant: Date): LotteryDate {
    return new LotteryDate(instant.toISOString().slice(0, 10));
  }

  /** Midnight UTC at the end of the day: the first instant at which the lottery takes no ballots. */
  get closesAt(): Date {
    return new Date(Date.parse(`${this.text}T00:00:00Z`) + DAY_MS);
  }

  get next(): LotteryDate {
    return LotteryDate.of(this.closesAt);
  }

  isBefore(other: LotteryDate): boolean {
    return this.text < other.text;
  }

  toString(): string {
    return this.text;
  }
}

/** JavaScript's Date reads 2026-02-30 as 2 March: only a real day survives the round trip. */
function isCalendarDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

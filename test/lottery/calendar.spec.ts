import { Calendar } from '../../src/lottery/application/calendar';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import type { Clock } from '../../src/shared/application/clock';

describe('the calendar', () => {
  let measured: Date;
  let asked: Date;
  const synchronise = () => Promise.resolve((measured = asked));
  const clock: Clock = { now: () => measured, synchronise, timeOfFact: synchronise };
  let calendar: Calendar;

  beforeEach(() => {
    measured = asked = new Date('2026-11-21T12:00:00Z');
    calendar = new Calendar(clock);
  });

  it('leaves a date as it is', () => {
    const date = LotteryDate.parse('1999-12-31');
    expect(calendar.dateOf(date)).toBe(date);
  });

  it('resolves today by the clock, to the millisecond, also when the clock goes back', () => {
    const instants = ['2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00.000Z', '2026-11-21T23:59:59.999Z'];
    const days = instants.map((instant) => {
      measured = new Date(instant);
      return calendar.dateOf('today').toString();
    });
    expect(days).toEqual(['2026-11-21', '2026-11-22', '2026-11-21']);
  });

  it('asks the database what day it is where that decides', async () => {
    asked = new Date('2026-11-22T00:00:00Z');
    expect(calendar.dateOf('today').toString()).toBe('2026-11-21');
    expect((await calendar.today()).toString()).toBe('2026-11-22');
    expect(calendar.dateOf('today').toString()).toBe('2026-11-22');
  });
});

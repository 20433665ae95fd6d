/** A day of the calendar, in words. */
export function day(date: string, language: string, style: 'long' | 'short' = 'long'): string {
  const shape: Intl.DateTimeFormatOptions =
    style === 'long'
      ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(language, { ...shape, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** A month of the calendar, `2026-11`, in words. */
export function month(of: string, language: string): string {
  const shape = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, shape).format(new Date(`${of}-01T00:00:00Z`));
}

/** An instant in UTC, with the name of the zone. */
export function instant(at: string, language: string): string {
  const shape = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, shape).format(new Date(at))} UTC`;
}

/** Hours and minutes of an instant in UTC, with the name of the zone. */
export function hour(at: string, language: string): string {
  const shape = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, shape).format(new Date(at))} UTC`;
}

export function number(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** Minor units, which are decimal text because they may be more than a number holds. */
export function units(minor: string, language: string): string {
  return new Intl.NumberFormat(language).format(BigInt(minor));
}

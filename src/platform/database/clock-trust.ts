import type { ClockSample } from './clock-filter';

/** How long a clock must run evenly after a jump: a clock that goes forward and back is back by then. */
const EVEN_MS = 10_000;

/** The clock of this process when a reading was asked for, and when the answer came. */
export interface WallClock {
  readonly askedMs: number;
  readonly answeredMs: number;
}

export interface Doubt {
  readonly reason: 'skew' | 'jump';
  /** In words, for operators. */
  readonly text: string;
}

/**
 * Whether facts that nobody can take back may bear the database's time: it agrees with the clock of this process, and
 * has not jumped lately. Both could still be wrong together.
 */
export class ClockTrust {
  private skewMs = 0;
  private last: ClockSample | null = null;
  private jump: { readonly atMs: number; readonly byMs: number } | null = null;

  /** `allowedMs`: the largest skew, and the largest step, that is taken for normal. */
  constructor(private readonly allowedMs: number) {}

  add(sample: ClockSample, { askedMs, answeredMs }: WallClock): void {
    this.skewMs = skewOf(sample.remoteMs, askedMs, answeredMs);
    const byMs = this.last === null ? 0 : stepBetween(this.last, sample);
    if (Math.abs(byMs) > this.allowedMs) this.jump = { atMs: sample.receivedMs, byMs };
    this.last = sample;
  }

  /** `nowMs`: of the local monotonic clock. */
  doubtAt(nowMs: number): Doubt | null {
    if (Math.abs(this.skewMs) > this.allowedMs) return { reason: 'skew', text: skewInWords(this.skewMs) };
    if (this.jump === null || nowMs - this.jump.atMs > EVEN_MS) return null;
    const { byMs } = this.jump;
    const direction = byMs > 0 ? 'forward' : 'back';
    return { reason: 'jump', text: `the clock of its database jumped ${direction} by ${seconds(byMs)} a moment ago` };
  }
}

/** Clock skew beyond what the round-trip time can account for; positive if the database is ahead. */
export function skewOf(databaseMs: number, askedMs: number, answeredMs: number): number {
  if (databaseMs < askedMs) return databaseMs - askedMs;
  return Math.max(0, databaseMs - answeredMs);
}

export function skewInWords(skewMs: number): string {
  return `its clock is ${seconds(skewMs)} ${skewMs > 0 ? 'behind' : 'ahead of'} its database's`;
}

/** The part of the change that the round trips of the two readings cannot explain. */
function stepBetween(older: ClockSample, newer: ClockSample): number {
  const [earliest, latest] = [newer.remoteMs - newer.receivedMs, newer.remoteMs - newer.sentMs];
  const [earliestBefore, latestBefore] = [older.remoteMs - older.receivedMs, older.remoteMs - older.sentMs];
  if (earliest > latestBefore) return earliest - latestBefore;
  return Math.min(0, latest - earliestBefore);
}

function seconds(milliseconds: number): string {
  return `${(Math.abs(milliseconds) / 1_000).toFixed(1)} s`;
}

/** One reading of a remote clock. The first and the last are instants of the local monotonic clock, in milliseconds. */
export interface ClockSample {
  readonly sentMs: number;
  /** What the remote clock showed at some moment between the two. */
  readonly remoteMs: number;
  readonly receivedMs: number;
}

/** As in NTP's clock filter: enough that one of them was not delayed, few enough that drift over them is small. */
const KEPT = 8;
/** Several readings within this time count as one, so that a burst of bad ones does not push out the good one. */
const SLOT_MS = 1_000;
/** Upper bound on how fast two clocks drift apart; the kernel slews a clock by no more (adjtimex(2)). */
const MAX_DRIFT = 500e-6;

/**
 * Estimates by how much a remote clock is ahead of the local monotonic one (RFC 5905 section 10; Cristian's algorithm).
 * The reading with the smallest round trip wins, and the remote clock is taken to have been read at the middle of it.
 * The error is at most half of that round trip, plus drift since then. A reading that the kept one cannot explain means
 * that the remote clock was set, or that another clock answers now: everything older is discarded.
 */
export class ClockFilter {
  /** Oldest first. */
  private kept: readonly ClockSample[] = [];
  private estimateMs: number | null = null;

  /** Remote minus local time in milliseconds; null before the first reading. */
  get offsetMs(): number | null {
    return this.estimateMs;
  }

  add(sample: ClockSample): void {
    const best = this.best;
    if (best && contradict(best, sample)) {
      // Readings may overtake each other: one that was asked for before the clock was set must not undo that.
      if (sample.sentMs < best.sentMs) return;
      this.kept = [];
    }
    this.keep(sample);
    // The newest reading has had no time to drift: the estimate stays within what it allows.
    this.estimateMs = Math.min(Math.max(middle(this.best ?? sample), earliest(sample)), latest(sample));
  }

  private get best(): ClockSample | null {
    return this.kept.reduce<ClockSample | null>((best, one) => (best === null ? one : better(best, one)), null);
  }

  private keep(sample: ClockSample): void {
    const last = this.kept.at(-1);
    if (last && slotOf(last) === slotOf(sample)) this.kept = [...this.kept.slice(0, -1), better(last, sample)];
    else this.kept = [...this.kept, sample].slice(-KEPT);
  }
}

/** The newer of two that are equally good. */
function better(older: ClockSample, newer: ClockSample): ClockSample {
  return roundTrip(newer) <= roundTrip(older) ? newer : older;
}

/** Whether no offset explains both, even if the clocks have drifted apart in between. */
function contradict(older: ClockSample, newer: ClockSample): boolean {
  const driftMs = MAX_DRIFT * Math.abs(newer.receivedMs - older.sentMs);
  return earliest(newer) > latest(older) + driftMs || latest(newer) < earliest(older) - driftMs;
}

function roundTrip({ sentMs, receivedMs }: ClockSample): number {
  return receivedMs - sentMs;
}

/** The smallest offset that a reading allows. */
function earliest({ remoteMs, receivedMs }: ClockSample): number {
  return remoteMs - receivedMs;
}

/** The largest offset that a reading allows. */
function latest({ remoteMs, sentMs }: ClockSample): number {
  return remoteMs - sentMs;
}

function middle(sample: ClockSample): number {
  return (earliest(sample) + latest(sample)) / 2;
}

function slotOf({ sentMs }: ClockSample): number {
  return Math.floor(sentMs / SLOT_MS);
}

import { ClockTrust } from '../../../src/platform/database/clock-trust';

const DAY_MS = 86_400_000;
const ROUND_TRIP_MS = 2;

/** A database and a process whose clocks can be set; the monotonic clock starts at 0. */
class Clocks {
  readonly trust = new ClockTrust(1_000);
  private databaseAheadMs = 0;
  private processAheadMs = 0;
  private nowMs = 0;

  /** One reading a second. */
  read({ database = 0, process = 0, roundTripMs = ROUND_TRIP_MS, seconds = 1 }): string | null {
    this.databaseAheadMs += database;
    this.processAheadMs += process;
    for (let reading = 1; reading <= seconds; reading++) {
      const sentMs = (this.nowMs += 1_000);
      const receivedMs = (this.nowMs += roundTripMs);
      const remoteMs = DAY_MS + this.databaseAheadMs + sentMs + roundTripMs / 2;
      const ownMs = DAY_MS + this.processAheadMs;
      this.trust.add({ sentMs, remoteMs, receivedMs }, { askedMs: ownMs + sentMs, answeredMs: ownMs + receivedMs });
    }
    return this.trust.doubtAt(this.nowMs)?.reason ?? null;
  }
}

describe('the trust in a clock', () => {
  let clocks: Clocks;
  beforeEach(() => {
    clocks = new Clocks();
    expect(clocks.read({})).toBeNull();
  });

  it('lasts while the clocks are less than the allowed skew apart, however slow the answers are', () => {
    expect(clocks.read({ database: 900 })).toBeNull();
    expect(clocks.read({ database: -900 })).toBeNull();
    expect(clocks.read({ roundTripMs: 5_000 })).toBeNull();
  });

  it.each([3 * DAY_MS, -3 * DAY_MS, 1_200])(
    'ends with a step of the database by %i ms, at the first reading',
    (database) => {
      expect(clocks.read({ database })).toBe('skew');
      expect(clocks.read({ seconds: 3_600 })).toBe('skew');
    },
  );

  it('comes back ten seconds after the database has come back', () => {
    expect(clocks.read({ database: 3 * DAY_MS, seconds: 5 })).toBe('skew');
    expect(clocks.read({ database: -3 * DAY_MS })).toBe('jump');
    expect(clocks.read({ seconds: 9 })).toBe('jump');
    expect(clocks.read({ seconds: 2 })).toBeNull();
  });

  it('ends with a step of both clocks, and comes back when they have run evenly', () => {
    expect(clocks.read({ database: DAY_MS, process: DAY_MS })).toBe('jump');
    expect(clocks.trust.doubtAt(2_000)?.text).toContain('jumped forward by 86400.0 s');
    expect(clocks.read({ seconds: 11 })).toBeNull();
  });

  it('ends with a step of the clock of this process', () => {
    expect(clocks.read({ process: -5_000 })).toBe('skew');
    expect(clocks.read({ process: 5_000 })).toBeNull();
  });
});

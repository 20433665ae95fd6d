import { performance } from 'node:perf_hooks';

/** Growing pauses after failures, by this process's monotonic clock. */
export class BackOff {
  private pauseMs = 0;
  private untilMs = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {}

  get isPausing(): boolean {
    return performance.now() < this.untilMs;
  }

  /** Milliseconds since the end of the last pause; negative while it lasts. */
  get overForMs(): number {
    return performance.now() - this.untilMs;
  }

  /** Pauses for longer if told to wait, as by a Retry-After. */
  failed(atLeastMs = 0): void {
    this.pauseMs = Math.min(this.pauseMs === 0 ? this.firstMs : 2 * this.pauseMs, this.longestMs);
    this.untilMs = performance.now() + Math.max(this.pauseMs, atLeastMs);
  }

  succeeded(): void {
    this.pauseMs = 0;
    this.untilMs = 0;
  }
}

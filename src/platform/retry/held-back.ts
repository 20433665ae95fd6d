import { BackOff } from './back-off';

/** What has not failed again for so long is forgotten: it was handled elsewhere, or does not come any more. */
const FORGOTTEN_MS = 60_000;

/** What failed by itself and is left out for a while, longer and longer, so that all else goes on. */
export class HeldBack {
  private readonly pauses = new Map<string, BackOff>();

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {}

  get size(): number {
    return this.pauses.size;
  }

  /** Those that are left out at this moment. */
  get pausing(): string[] {
    return [...this.pauses].filter(([, pause]) => pause.isPausing).map(([id]) => id);
  }

  isPausing(id: string): boolean {
    return this.pauses.get(id)?.isPausing ?? false;
  }

  failed(id: string): void {
    const pause = this.pauses.get(id) ?? new BackOff(this.firstMs, this.longestMs);
    pause.failed();
    this.pauses.set(id, pause);
    for (const [other, { overForMs }] of this.pauses) if (overForMs > FORGOTTEN_MS) this.pauses.delete(other);
  }

  succeeded(id: string): void {
    this.pauses.delete(id);
  }
}

import { BackOff } from './back-off';

/** An item that has not failed for this long is dropped: it was handled elsewhere, or comes no more. */
const FORGOTTEN_MS = 60_000;

/** Items that failed by themselves and are skipped for growing pauses, so that the others continue. */
export class Quarantine {
  private readonly pauses = new Map<string, BackOff>();

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {}

  get size(): number {
    return this.pauses.size;
  }

  /** The items that are skipped now. */
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

import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of all downloads of a process together. More would keep its one thread from all else. */
const CHARACTERS_PER_MS = 16_000;

/** A piece that takes longer waits for something else, such as the archive's server: the others go on without it. */
const HOLD_MS = 1_000;
/** The longest pause for the time that a piece took. */
const PAUSE_MS = 250;

/**
 * Pieces of downloads, made one at a time in the order in which they are asked for, each followed by a pause: as long
 * as it took (a quarter of a second at most), and as long as sending it takes at 16 MB a second. So they take one
 * connection of the database and half of the time at most, however many readers there are. Only a piece that is not
 * there after a second is not waited for.
 */
export class Turns {
  private end: Promise<unknown> = Promise.resolve();

  constructor(private readonly limits = { holdMs: HOLD_MS, pauseMs: PAUSE_MS }) {}

  async take(make: () => Promise<IteratorResult<string, unknown>>): Promise<IteratorResult<string, unknown>> {
    const before = this.end;
    let pass: () => void = () => undefined;
    this.end = new Promise<void>((resolve) => (pass = resolve));
    await before;
    const startedMs = performance.now();
    const overdue = setTimeout(pass, this.limits.holdMs);
    let length = 0;
    try {
      const made = await make();
      if (!made.done) length = made.value.length;
      return made;
    } finally {
      clearTimeout(overdue);
      const tookMs = Math.min(performance.now() - startedMs, this.limits.pauseMs);
      void sleep(Math.max(tookMs, length / CHARACTERS_PER_MS)).then(pass);
    }
  }
}

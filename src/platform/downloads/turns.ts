import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of all downloads of a process together. More would keep its one thread from all else. */
const CHARACTERS_PER_MS = 16_000;

/**
 * Pieces of downloads, made one at a time in the order in which they are asked for, each followed by a pause: as long
 * as it took, and as long as sending it takes at 16 MB a second. So they take one connection of the database and half
 * of the time at most, however many readers there are.
 */
export class Turns {
  private end: Promise<unknown> = Promise.resolve();

  async take(make: () => Promise<IteratorResult<string, unknown>>): Promise<IteratorResult<string, unknown>> {
    const before = this.end;
    let pass: () => void = () => undefined;
    this.end = new Promise<void>((resolve) => (pass = resolve));
    await before;
    const startedMs = performance.now();
    let length = 0;
    try {
      const made = await make();
      if (!made.done) length = made.value.length;
      return made;
    } finally {
      const tookMs = performance.now() - startedMs;
      void sleep(Math.max(tookMs, length / CHARACTERS_PER_MS)).then(pass);
    }
  }
}

import { LRUCache } from 'lru-cache';
import { WINDOW_SECONDS } from './throttle';

/** Of all users together. A forgotten payment is asked for again, which does no harm. */
const MAX_REMEMBERED = 10_000;

/** What has been counted in this window and whose retry is not counted again, as by an idempotency key. */
export class PaidOnce {
  private readonly paid = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: WINDOW_SECONDS * 1_000 });

  has(what: readonly (string | number)[]): boolean {
    return this.paid.has(JSON.stringify(what));
  }

  add(what: readonly (string | number)[]): void {
    this.paid.set(JSON.stringify(what), true);
  }
}

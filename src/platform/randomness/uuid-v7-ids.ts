import { randomFillSync, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Ids } from '../../shared/application/ids';

/** Upper bound of a fresh counter, so that at least as many steps are left in its 32 bits. */
const HALF = 2 ** 31;
/** The default sources of ids. */
const RANDOM_BYTES = 16;
/** The library would request random bytes from the system for every 16 ids. */
const IDS_AT_ONCE = 256;

/**
 * UUIDv7 with a counter after the time (RFC 9562 section 6.2, method 1). The counter continues from one millisecond to
 * the next, because the requested times may go back and forth; 42 random bits follow it.
 */
@Injectable()
export class UuidV7Ids extends Ids {
  private latestMs = 0;
  private count = randomInt(HALF);
  private readonly random = new Uint8Array(IDS_AT_ONCE * RANDOM_BYTES);
  private randomUsed = this.random.length;

  next(at?: Date): string {
    const msecs = at ? at.getTime() : Date.now();
    if (msecs > this.latestMs) {
      this.latestMs = msecs;
      if (this.count >= HALF) this.count = randomInt(HALF);
    }
    return v7({ msecs, seq: this.count++, random: this.nextRandom() });
  }

  private nextRandom(): Uint8Array {
    if (this.randomUsed === this.random.length) {
      randomFillSync(this.random);
      this.randomUsed = 0;
    }
    return this.random.subarray(this.randomUsed, (this.randomUsed += RANDOM_BYTES));
  }
}

import { randomFillSync, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Ids } from '../../shared/application/ids';

/** A fresh counter begins below this, so that it has at least as many steps before it to the end of its 32 bits. */
const HALF = 2 ** 31;
/** What an id is made of where nothing else is said. */
const RANDOM_BYTES = 16;
/** The library would ask the system for random bytes every 16 ids. */
const IDS_AT_ONCE = 256;

/**
 * UUIDv7 with a counter behind the time (RFC 9562 section 6.2, method 1). The counter goes on from one millisecond to the
 * next, because the times that are asked for may go back and forth; 42 random bits follow it.
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

import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Ids } from '../application/ids';

/** A fresh counter begins below this, so that it has at least as many steps before it to the end of its 32 bits. */
const HALF = 2 ** 31;

/**
 * UUIDv7 with a counter behind the time (RFC 9562 section 6.2, method 1). The counter goes on from one millisecond to the
 * next, because the times that are asked for may go back and forth; 42 random bits follow it.
 */
@Injectable()
export class UuidV7Ids extends Ids {
  private latestMs = 0;
  private count = randomInt(HALF);

  next(at?: Date): string {
    const msecs = at ? at.getTime() : Date.now();
    if (msecs > this.latestMs) {
      this.latestMs = msecs;
      if (this.count >= HALF) this.count = randomInt(HALF);
    }
    return v7({ msecs, seq: this.count++ });
  }
}

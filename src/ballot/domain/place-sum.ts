import { hash } from 'node:crypto';

/** Compares two lists of places in different orders by sums of hashes, which any single difference changes. */
export class PlaceSum {
  private sum = 0n;

  add(ballotId: string, drawId: string, index: number): void {
    this.sum += weight(ballotId, drawId, index);
  }

  subtract(ballotId: string, drawId: string, index: number): void {
    this.sum -= weight(ballotId, drawId, index);
  }

  get isEven(): boolean {
    return this.sum === 0n;
  }
}

function weight(ballotId: string, drawId: string, index: number): bigint {
  return hash('sha256', `${ballotId} ${drawId} ${index}`, 'buffer').readBigUInt64BE();
}

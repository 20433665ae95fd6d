import { hash } from 'node:crypto';

/** Whether two lists in different orders have the same places: sums of hashes, of which a slip changes one. */
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

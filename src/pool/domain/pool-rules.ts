import { invariant } from '../../shared/domain/invariant';
import { WHOLE_BP } from './money';

/** Smallest pool: two, so that another entry could have won. */
export const MIN_POOL_SIZE = 2;
/** Largest pool: two batches of stakes can fill it, and a bigint holds its pot. */
export const MAX_POOL_SIZE = 10_000;
export const DEFAULT_POOL_SIZE = 10;
export const DEFAULT_PAYOUT_SHARE_BP = 9_000;

/**
 * How many stakes on a game make a pool, and which share of the pot is won. A pool keeps the rules it was opened with.
 */
export class PoolRules {
  constructor(
    readonly gameId: string,
    readonly size: number,
    /** Basis points of the pot. */
    readonly payoutShareBp: number,
  ) {
    const hasSize = Number.isInteger(size) && size >= MIN_POOL_SIZE && size <= MAX_POOL_SIZE;
    invariant(hasSize, `a pool takes ${MIN_POOL_SIZE} to ${MAX_POOL_SIZE} stakes, not ${size}`);
    const hasShare = Number.isInteger(payoutShareBp) && payoutShareBp >= 0 && payoutShareBp <= WHOLE_BP;
    invariant(hasShare, `0 to ${WHOLE_BP} basis points are won, not ${payoutShareBp}`);
  }
}

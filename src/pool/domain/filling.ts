import { Pool } from './pool';
import type { PoolRules } from './pool-rules';
import type { Stake } from './stake';

/** A game at the moment at which stakes on it are taken. */
export interface Table {
  readonly rules: PoolRules;
  /** Null where nobody has ever staked on the game. */
  readonly open: Pool | null;
}

export interface FilledPool {
  readonly pool: Pool;
  /** What came in now, in this order. */
  readonly stakes: readonly Stake[];
  readonly isNew: boolean;
}

/**
 * Puts stakes on one game into its pools, in their order: the open one first, a new one for each that becomes full. The
 * last is always open, so that its open note is public before its first stake, wherever stakes do not come in masses.
 */
export function fill({ rules, open }: Table, stakes: readonly Stake[], newId: () => string): FilledPool[] {
  const filled: FilledPool[] = [];
  let pool = open ?? Pool.open(newId(), rules);
  let isNew = open === null;
  let taken = 0;
  for (;;) {
    const some = stakes.slice(taken, taken + pool.room);
    pool = pool.take(some.map(({ stakeMinor }) => stakeMinor));
    taken += some.length;
    filled.push({ pool, stakes: some, isNew });
    if (pool.room > 0) return filled;
    pool = Pool.open(newId(), rules);
    isNew = true;
  }
}

import { Pool } from './pool';
import type { PoolRules } from './pool-rules';
import type { Stake } from './stake';

/** A game at the moment when stakes on it are taken. */
export interface Table {
  readonly rules: PoolRules;
  /** Null if the game never had a stake. */
  readonly open: Pool | null;
}

export interface FilledPool {
  readonly pool: Pool;
  /** The new stakes, in this order. */
  readonly stakes: readonly Stake[];
  readonly isNew: boolean;
}

/**
 * Puts stakes on one game into its pools, in order: the open one first, a new one for each that becomes full. The last
 * is always open, so that, unless stakes arrive in masses, its open note is public before its first stake.
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

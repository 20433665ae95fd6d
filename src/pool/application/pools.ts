import type { Page, PageRequest } from '../../shared/application/page';
import type { Award } from '../domain/award';
import type { Table } from '../domain/filling';
import type { Pool, PoolState } from '../domain/pool';

export interface PoolFilter {
  readonly gameId: string | null;
  readonly state: PoolState | null;
}

/** Where pools are kept. A constant number of statements each, however many pools. */
export abstract class Pools {
  /**
   * The games with their open pools, in the order asked for, under the games' row locks, held until commit: whoever has
   * them is the only one that changes the games' pools. A game that nobody has staked on gets its row with this.
   */
  abstract lockTables(gameIds: readonly string[]): Promise<readonly Table[]>;
  /** Those of these pools that are sealed and that nobody else is drawing, under their row locks, held until commit. */
  abstract lockSealed(poolIds: readonly string[]): Promise<readonly Pool[]>;
  /** Stores pools as they are now, new or known. */
  abstract store(pools: readonly Pool[]): Promise<void>;
  /** @throws Error if a pool has one already. */
  abstract addAwards(awards: readonly Award[]): Promise<void>;
  /** @throws PoolNotFound */
  abstract get(poolId: string): Promise<Pool>;
  abstract find(poolIds: readonly string[]): Promise<ReadonlyMap<string, Pool>>;
  abstract awardOf(poolId: string): Promise<Award | null>;
  /** Newest first; the cursor is a pool's id. */
  abstract page(filter: PoolFilter, page: PageRequest): Promise<Page<Pool>>;
  /** Sealed pools whose round has come, but for these, longest waiting first, behind this one; at most `limit`. */
  abstract due(now: Date, heldBack: readonly string[], after: Pool | null, limit: number): Promise<readonly Pool[]>;
}

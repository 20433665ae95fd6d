import type { Page, PageRequest } from '../../shared/application/page';
import type { Award } from '../domain/award';
import type { Table } from '../domain/filling';
import type { Pool, PoolState } from '../domain/pool';

export interface PoolFilter {
  readonly gameId: string | null;
  readonly state: PoolState | null;
}

/** Stores pools. A constant number of statements each, however many pools. */
export abstract class Pools {
  /**
   * Returns the games with their open pools, in request order, under the games' row locks, held until commit: the
   * holder alone changes the games' pools. Adds the row of a game without stakes.
   */
  abstract lockTables(gameIds: readonly string[]): Promise<readonly Table[]>;
  /**
   * Those of these pools that are sealed and that no other transaction is drawing, under their row locks, held until
   * commit.
   */
  abstract lockSealed(poolIds: readonly string[]): Promise<readonly Pool[]>;
  /** Stores new and changed pools. */
  abstract store(pools: readonly Pool[]): Promise<void>;
  /** @throws Error if a pool already has an award. */
  abstract addAwards(awards: readonly Award[]): Promise<void>;
  /** @throws PoolNotFound */
  abstract get(poolId: string): Promise<Pool>;
  abstract find(poolIds: readonly string[]): Promise<ReadonlyMap<string, Pool>>;
  abstract awardOf(poolId: string): Promise<Award | null>;
  /** Newest first; the cursor is a pool's id. */
  abstract page(filter: PoolFilter, page: PageRequest): Promise<Page<Pool>>;
  /** Sealed pools whose round has come, except these, longest waiting first, after this one; at most `limit`. */
  abstract due(now: Date, heldBack: readonly string[], after: Pool | null, limit: number): Promise<readonly Pool[]>;
}

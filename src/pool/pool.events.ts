/**
 * Events of stake pools; the aggregate is the pool. Times are RFC 3339 in UTC, sums are minor units as decimal text,
 * because a pot may exceed what a JSON number holds exactly. Types and fields are only ever added.
 */
interface PoolEvent {
  readonly poolId: string;
  readonly gameId: string;
  readonly time: string;
}

/** `pool.opened`: stakes on the game go into this pool from now on. */
export interface PoolOpened extends PoolEvent {
  readonly size: number;
  /** Basis points of the pot. */
  readonly payoutShare: number;
}

/**
 * `pool.sealed`: the pool is full; its entries have started. `pool.voided`: the pool is full, but none of its players
 * may win; the pot stays with the house.
 */
export interface PoolSealed extends PoolEvent {
  readonly pot: string;
}

/** `pool.drawn`: one entry has won. */
export interface PoolDrawn extends PoolEvent {
  /** The winning place in the pool's log. */
  readonly winnerIndex: number;
}

/** `pool.awarded`: everything that a player service needs to notify the winner; once for each pool. */
export interface PoolAwarded extends PoolEvent {
  readonly awardId: string;
  readonly playerId: string;
  readonly winSum: string;
  readonly pot: string;
  readonly status: 'played_out';
  /** Path of the bundle with which anyone can check the draw. */
  readonly verify: string;
}

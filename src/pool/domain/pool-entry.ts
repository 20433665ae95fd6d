/** What a stake adds to its ballot: message, game and amount. */
export interface PoolEntry {
  readonly poolId: string;
  /** Place in the pool's log. */
  readonly index: number;
  readonly stakeMinor: bigint;
  readonly messageId: string;
}

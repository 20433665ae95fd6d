import type { Ballot } from '../ballot/ballot.api';
import type { Pool } from './domain/pool';
import type { PoolEntry } from './domain/pool-entry';
import type { Stake } from './domain/stake';

export { isMessageId, type Stake } from './domain/stake';
export { readStakeMessage } from './domain/stake-message';

/**
 * Stakes that one call takes at most: its transaction holds the journal, which all draws need, for about a second. With a
 * thousand it is a fifth of that, and about as many stakes are taken per second.
 */
export const MAX_STAKES_AT_ONCE = 5_000;

/** The acknowledgement of a stake: its entry, and the ballot that it is in the pool's draw. */
export interface EntryReceipt {
  readonly pool: Pool;
  readonly entry: PoolEntry;
  readonly ballot: Ballot;
  /** The signed checkpoint of a tree that contains the ballot. */
  readonly checkpoint: string;
}

/** Takes stakes in. A constant number of statements for each call, however many stakes, games and pools. */
export abstract class StakeIntake {
  /**
   * Resolves when all is committed, in one unit of work: each stake is an entry of the open pool of its game; pools that
   * became full are sealed, and drawn where no beacon decides; the next ones are open. Safe to call again after any error:
   * nothing or all was kept. Several replicas may call it at once.
   *
   * @returns the receipts of the entries that this call made, by message id. A message that was taken before makes none.
   * @throws Error for more than MAX_STAKES_AT_ONCE, and for a stake that `readStakeMessage` would have refused.
   */
  abstract take(stakes: readonly Stake[]): Promise<ReadonlyMap<string, EntryReceipt>>;
}

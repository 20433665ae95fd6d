import type { Ballot } from '../ballot/ballot.api';
import type { Pool } from './domain/pool';
import type { PoolEntry } from './domain/pool-entry';
import type { Stake } from './domain/stake';

export { isMessageId, type Stake } from './domain/stake';
export { readStakeMessage } from './domain/stake-message';

/**
 * Maximum number of stakes of one call: its transaction holds the journal, which all draws need, for about a second. A
 * thousand hold it a fifth as long and give about as many stakes per second.
 */
export const MAX_STAKES_AT_ONCE = 5_000;

/** The receipt of a stake: its entry, and its ballot in the pool's draw. */
export interface EntryReceipt {
  readonly pool: Pool;
  readonly entry: PoolEntry;
  readonly ballot: Ballot;
  /** The signed checkpoint of a tree that contains the ballot. */
  readonly checkpoint: string;
}

/** Takes stakes. A constant number of statements for each call, however many stakes, games and pools. */
export abstract class StakeIntake {
  /**
   * Resolves when everything is committed, in one unit of work: each stake is an entry of its game's open pool; full
   * pools are sealed, and drawn if no beacon decides; the next ones are open. Safe to call again after any error: all
   * or nothing was stored. Several replicas may call it at once.
   *
   * @returns the receipts of the entries that this call made, by message id. A message that was taken before makes
   * none. @throws Error for more than MAX_STAKES_AT_ONCE, and for a stake that `readStakeMessage` would have refused.
   */
  abstract take(stakes: readonly Stake[]): Promise<ReadonlyMap<string, EntryReceipt>>;
}

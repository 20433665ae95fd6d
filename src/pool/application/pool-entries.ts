import type { PoolEntry } from '../domain/pool-entry';

/** A message that made an entry so long ago that the inbox has forgotten it. */
export class EnteredBefore extends Error {
  constructor() {
    super('a message has made an entry already');
  }
}

/** Where the stakes are kept. One statement each, however many. */
export abstract class PoolEntries {
  /** @throws EnteredBefore if a message has made an entry already. */
  abstract add(entries: readonly PoolEntry[]): Promise<void>;
  /** At these places of a pool's log, by place. */
  abstract at(poolId: string, indexes: readonly number[]): Promise<ReadonlyMap<number, PoolEntry>>;
  /** The entries that these messages made, by message. */
  abstract ofMessages(messageIds: readonly string[]): Promise<ReadonlyMap<string, PoolEntry>>;
}

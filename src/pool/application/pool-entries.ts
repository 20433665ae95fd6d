import type { PoolEntry } from '../domain/pool-entry';

/** A message that made an entry so long ago that its inbox row has expired. */
export class AlreadyEntered extends Error {
  constructor() {
    super('a message has made an entry already');
  }
}

/** Stores pool entries. One statement each, however many. */
export abstract class PoolEntries {
  /** @throws AlreadyEntered if a message has already made an entry. */
  abstract add(entries: readonly PoolEntry[]): Promise<void>;
  /** The entries at these places of a pool's log, by place. */
  abstract at(poolId: string, indexes: readonly number[]): Promise<ReadonlyMap<number, PoolEntry>>;
  /** The entries of these messages, by message id. */
  abstract ofMessages(messageIds: readonly string[]): Promise<ReadonlyMap<string, PoolEntry>>;
}

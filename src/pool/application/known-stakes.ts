import { Injectable } from '@nestjs/common';
import { Ballot, Ballots, Receipt } from '../../ballot/ballot.api';
import { invariant } from '../../shared/domain/invariant';
import type { Pool } from '../domain/pool';
import type { Stake } from '../domain/stake';
import { PoolEntries, PoolEntry } from './pool-entries';
import { Pools } from './pools';

/** An entry with the ballot that it is in the pool's draw. */
export interface EntryDetails {
  readonly pool: Pool;
  readonly entry: PoolEntry;
  readonly ballot: Ballot;
}

/** The acknowledgement of a stake. */
export interface EntryReceipt extends EntryDetails {
  /** The signed checkpoint of a tree that contains the ballot. */
  readonly checkpoint: string;
}

/** Stakes that were taken, and what became of them. */
@Injectable()
export class KnownStakes {
  constructor(
    private readonly entries: PoolEntries,
    private readonly ballots: Ballots,
    private readonly pools: Pools,
  ) {}

  /** The receipts of the entries that the messages of these stakes made, in this order. @throws Error where one was not taken. */
  async find(stakes: readonly Stake[]): Promise<readonly EntryReceipt[]> {
    const entries = await this.entries.ofMessages(stakes.map(({ messageId }) => messageId));
    const found = stakes.map(({ messageId }) => {
      const entry = entries.get(messageId);
      invariant(entry, 'a message that was taken has made an entry');
      return entry;
    });
    const pools = await this.pools.find([...new Set(found.map(({ poolId }) => poolId))]);
    const receipts = await this.ballots.receipts(found.map(({ poolId, index }) => ({ drawId: poolId, index })));
    return found.map((entry, i) => {
      const { ballot, checkpoint } = receipts[i] as Receipt;
      return { pool: pools.get(entry.poolId) as Pool, entry, ballot, checkpoint };
    });
  }

  /** Those of these stakes whose messages have the ids of others that were taken. */
  async withReusedIds(stakes: readonly Stake[]): Promise<readonly Stake[]> {
    if (stakes.length === 0) return [];
    const entries = await this.find(stakes);
    return stakes.filter((stake, i) => !isEntryOf(stake, entries[i] as EntryDetails));
  }
}

/** Whether it was this stake that made the entry. */
export function isEntryOf(stake: Stake, { pool, entry, ballot }: EntryDetails): boolean {
  return stake.gameId === pool.facts.gameId && stake.userId === ballot.userId && stake.stakeMinor === entry.stakeMinor;
}

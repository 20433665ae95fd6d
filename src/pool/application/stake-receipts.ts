import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { invariant } from '../../shared/domain/invariant';
import type { Stake } from '../domain/stake';
import type { EntryReceipt } from '../pool.api';
import { PoolEntries } from './pool-entries';
import { Pools } from './pools';

/** Stakes that were taken, and what became of them. */
@Injectable()
export class StakeReceipts {
  constructor(
    private readonly entries: PoolEntries,
    private readonly ballots: Ballots,
    private readonly pools: Pools,
  ) {}

  /**
   * The receipt of each of these stakes, in this order: `taken` has those of the entries made just now, by message id;
   * the others are read. Null for a stake whose message id is that of another stake. @throws Error if one was not
   * taken.
   */
  async receipts(
    stakes: readonly Stake[],
    taken: ReadonlyMap<string, EntryReceipt>,
  ): Promise<readonly (EntryReceipt | null)[]> {
    const skipped = stakes.flatMap(({ messageId }) => (taken.has(messageId) ? [] : messageId));
    const before = await this.find(skipped);
    return stakes.map((stake) => {
      const receipt = taken.get(stake.messageId) ?? before.get(stake.messageId);
      invariant(receipt, 'a message that was taken has made an entry');
      return isReceiptOf(stake, receipt) ? receipt : null;
    });
  }

  private async find(messageIds: readonly string[]): Promise<ReadonlyMap<string, EntryReceipt>> {
    if (messageIds.length === 0) return new Map();
    const entries = [...(await this.entries.ofMessages(messageIds)).values()];
    const pools = await this.pools.find([...new Set(entries.map(({ poolId }) => poolId))]);
    const receipts = await this.ballots.receipts(entries.map(({ poolId, index }) => ({ drawId: poolId, index })));
    return new Map(
      entries.map((entry, i) => {
        const [pool, receipt] = [pools.get(entry.poolId), receipts[i]];
        invariant(pool && receipt, 'an entry has a pool and a ballot');
        return [entry.messageId, { pool, entry, ballot: receipt.ballot, checkpoint: receipt.checkpoint }];
      }),
    );
  }
}

/** Whether this stake made the entry. */
function isReceiptOf(stake: Stake, { pool, entry, ballot }: EntryReceipt): boolean {
  return stake.gameId === pool.facts.gameId && stake.userId === ballot.userId && stake.stakeMinor === entry.stakeMinor;
}

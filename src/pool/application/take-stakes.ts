import { Injectable } from '@nestjs/common';
import { Inbox } from '../../shared/application/inbox';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { assertStake, Stake } from '../domain/stake';
import { EntryReceipt, MAX_STAKES_AT_ONCE, StakeIntake } from '../pool.api';
import { ClosePools } from './close-pools';
import { EnterStakes } from './enter-stakes';
import { AlreadyEntered } from './pool-entries';
import { PoolPlayers } from './pool-players';
import { Pools } from './pools';

const CONSUMER = 'pool.stakes';

/**
 * Takes many stakes at a time. All transactions lock in the same order: messages, players, games, logs, the journal,
 * the streams of events; each in the order of their ids. Only the holder of a game's lock locks its pools' logs.
 */
@Injectable()
export class TakeStakes extends StakeIntake {
  constructor(
    private readonly work: UnitOfWork,
    private readonly inbox: Inbox,
    private readonly players: PoolPlayers,
    private readonly pools: Pools,
    private readonly enter: EnterStakes,
    private readonly close: ClosePools,
  ) {
    super();
  }

  async take(stakes: readonly Stake[]): Promise<ReadonlyMap<string, EntryReceipt>> {
    invariant(stakes.length <= MAX_STAKES_AT_ONCE, `at most ${MAX_STAKES_AT_ONCE} stakes are taken at once`);
    for (const stake of stakes) assertStake(stake);
    if (stakes.length === 0) return new Map();
    const receipts = await this.takeUnknown(stakes);
    return new Map(receipts.map((receipt) => [receipt.entry.messageId, receipt]));
  }

  private async takeUnknown(stakes: readonly Stake[]): Promise<readonly EntryReceipt[]> {
    try {
      return await this.work.runAlone(() => this.takeUnclaimed(stakes));
    } catch (error) {
      // Too rare to be asked for each time: a message comes again after the inbox has deleted its row.
      if (!(error instanceof AlreadyEntered)) throw error;
      const others = await this.enter.withoutEntry(stakes);
      return this.work.runAlone(() => this.takeUnclaimed(others));
    }
  }

  private async takeUnclaimed(stakes: readonly Stake[]): Promise<readonly EntryReceipt[]> {
    const claimed = new Set(
      await this.inbox.claim(
        CONSUMER,
        stakes.map(({ messageId }) => messageId),
      ),
    );
    // Of two stakes with the same message id, the first counts.
    const fresh = stakes.filter(({ messageId }) => claimed.delete(messageId));
    return fresh.length > 0 ? this.enterAll(fresh) : [];
  }

  private async enterAll(fresh: readonly Stake[]): Promise<readonly EntryReceipt[]> {
    const salts = await this.players.salts([...new Set(fresh.map(({ userId }) => userId))]);
    const tables = await this.pools.lockTables([...new Set(fresh.map(({ gameId }) => gameId))]);
    const entered = await this.close.execute(await this.enter.execute(tables, fresh, salts));
    return entered.flatMap(({ pool, entries }) => entries.map((one) => ({ pool, ...one })));
  }
}

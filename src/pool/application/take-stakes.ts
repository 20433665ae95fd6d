import { Injectable } from '@nestjs/common';
import { Inbox } from '../../shared/application/inbox';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { assertStake, Stake } from '../domain/stake';
import { MAX_STAKES_AT_ONCE, StakeIntake } from '../pool.api';
import { ClosePools } from './close-pools';
import { EnterStakes } from './enter-stakes';
import { EnteredBefore } from './pool-entries';
import { PoolPlayers } from './pool-players';
import { Pools } from './pools';

const CONSUMER = 'pool.stakes';

/**
 * Stakes arrive, many at a time. Whatever runs in parallel waits in the same order: messages, players, games, logs, the
 * journal, the streams of events; each in the order of their ids. A pool's log is locked by none but who holds its game.
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

  async take(stakes: readonly Stake[]): Promise<readonly Stake[]> {
    invariant(stakes.length <= MAX_STAKES_AT_ONCE, `at most ${MAX_STAKES_AT_ONCE} stakes are taken at once`);
    for (const stake of stakes) assertStake(stake);
    if (stakes.length === 0) return [];
    try {
      return await this.work.runAlone(() => this.takeFresh(stakes));
    } catch (error) {
      // Too rare to be asked for each time: a message comes again that the inbox has forgotten.
      if (!(error instanceof EnteredBefore)) throw error;
      const others = await this.enter.withoutEntry(stakes);
      const takenBefore = new Set(await this.work.runAlone(() => this.takeFresh(others)));
      const fresh = new Set(others.filter((stake) => !takenBefore.has(stake)));
      return stakes.filter((stake) => !fresh.has(stake));
    }
  }

  private async takeFresh(stakes: readonly Stake[]): Promise<readonly Stake[]> {
    const claimed = new Set(
      await this.inbox.claim(
        CONSUMER,
        stakes.map(({ messageId }) => messageId),
      ),
    );
    // Of two with the same id the first counts.
    const fresh = new Set(stakes.filter(({ messageId }) => claimed.delete(messageId)));
    if (fresh.size > 0) await this.enterAll([...fresh]);
    return stakes.filter((stake) => !fresh.has(stake));
  }

  private async enterAll(fresh: readonly Stake[]): Promise<void> {
    const salts = await this.players.salts([...new Set(fresh.map(({ userId }) => userId))]);
    const tables = await this.pools.lockTables([...new Set(fresh.map(({ gameId }) => gameId))]);
    await this.close.execute(await this.enter.execute(tables, fresh, salts));
  }
}

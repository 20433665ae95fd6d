import { Injectable } from '@nestjs/common';
import { Entrant, LogAppending } from '../../ballot/ballot.api';
import { DrawOpening } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { invariant } from '../../shared/domain/invariant';
import { fill, FilledPool, Table } from '../domain/filling';
import type { Pool } from '../domain/pool';
import type { Stake } from '../domain/stake';
import type { EntryReceipt } from '../pool.api';
import { PoolEntries } from './pool-entries';

/** One entry of a pool wins. */
const WINNERS = 1;

/** A pool with its new entries. */
export interface EnteredPool {
  readonly pool: Pool;
  readonly entries: readonly Omit<EntryReceipt, 'pool'>[];
  /** The time of the open note of a new pool; null if it was open before. */
  readonly openedAt: Date | null;
}

/** Enters stakes in their games' pools; opens new pools before anything is entered in them. */
@Injectable()
export class EnterStakes {
  constructor(
    private readonly draws: DrawOpening,
    private readonly logs: LogAppending,
    private readonly entries: PoolEntries,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Runs in the caller's unit of work, which holds the games' locks. Returns the pools that it changed or opened. */
  async execute(
    tables: readonly Table[],
    stakes: readonly Stake[],
    salts: ReadonlyMap<string, Buffer>,
  ): Promise<readonly EnteredPool[]> {
    const byGame = new Map<string, Stake[]>(tables.map(({ rules }) => [rules.gameId, []]));
    for (const stake of stakes) byGame.get(stake.gameId)?.push(stake);
    const newId = () => this.ids.next(this.clock.now());
    const filled = tables.flatMap((table) => fill(table, byGame.get(table.rules.gameId) ?? [], newId));
    const added = filled.filter(({ isNew }) => isNew).map(({ pool }) => pool);
    const times = await this.draws.open(
      added.map(({ id, facts: { gameId, size } }) => {
        return { drawId: id, name: `stake pool of game ${gameId}`, closes: { whenFull: size }, winners: WINNERS };
      }),
    );
    return this.enter(filled, salts, new Map(added.map(({ id }, i) => [id, times[i] ?? null])));
  }

  /** The stakes whose message has not made an entry. */
  async withoutEntry(stakes: readonly Stake[]): Promise<readonly Stake[]> {
    const entered = await this.entries.ofMessages(stakes.map(({ messageId }) => messageId));
    return stakes.filter(({ messageId }) => !entered.has(messageId));
  }

  private async enter(
    filled: readonly FilledPool[],
    salts: ReadonlyMap<string, Buffer>,
    openings: ReadonlyMap<string, Date | null>,
  ): Promise<readonly EnteredPool[]> {
    const withStakes = filled.filter(({ stakes }) => stakes.length > 0);
    const entrants = withStakes.map(
      ({ pool, stakes }) => [pool.id, stakes.map((stake) => entrantOf(stake, salts))] as const,
    );
    const receipts = await this.logs.append(new Map(entrants));
    const entered = filled.map(({ pool, stakes }) => {
      const ofPool = receipts.get(pool.id) ?? [];
      const entries = stakes.map(({ stakeMinor, messageId }, i) => {
        const receipt = ofPool[i];
        invariant(receipt, `each stake has a place in pool ${pool.id}`);
        const { ballot, checkpoint } = receipt;
        return { entry: { poolId: pool.id, index: ballot.index, stakeMinor, messageId }, ballot, checkpoint };
      });
      return { pool, entries, openedAt: openings.get(pool.id) ?? null };
    });
    await this.entries.add(entered.flatMap(({ entries }) => entries.map(({ entry }) => entry)));
    return entered;
  }
}

function entrantOf({ userId }: Stake, salts: ReadonlyMap<string, Buffer>): Entrant {
  const salt = salts.get(userId);
  invariant(salt, 'each player has a salt');
  return { userId, salt };
}

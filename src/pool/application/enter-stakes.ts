import { Injectable } from '@nestjs/common';
import { Entrant, LogAppending } from '../../ballot/ballot.api';
import { DrawOpening } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { fill, FilledPool, Table } from '../domain/filling';
import type { Stake } from '../domain/stake';
import { PoolEntries } from './pool-entries';

/** One entry of a pool wins. */
const WINNERS = 1;

/** Stakes become entries of their games' pools; new pools are opened before anything is entered in them. */
@Injectable()
export class EnterStakes {
  constructor(
    private readonly draws: DrawOpening,
    private readonly logs: LogAppending,
    private readonly entries: PoolEntries,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** In the caller's unit of work, which holds the tables. Gives the pools that it touched or opened. */
  async execute(
    tables: readonly Table[],
    stakes: readonly Stake[],
    salts: ReadonlyMap<string, Buffer>,
  ): Promise<readonly FilledPool[]> {
    const byGame = new Map<string, Stake[]>(tables.map(({ rules }) => [rules.gameId, []]));
    for (const stake of stakes) byGame.get(stake.gameId)?.push(stake);
    const newId = () => this.ids.next(this.clock.now());
    const filled = tables.flatMap((table) => fill(table, byGame.get(table.rules.gameId) ?? [], newId));
    await this.draws.open(
      filled
        .filter(({ isNew }) => isNew)
        .map(({ pool: { id, facts } }) => {
          const name = `stake pool of game ${facts.gameId}`;
          return { drawId: id, name, closes: { whenFull: facts.size }, winners: WINNERS };
        }),
    );
    await this.enter(
      filled.filter(({ stakes: some }) => some.length > 0),
      salts,
    );
    return filled;
  }

  /** Those of the stakes whose message has not made an entry. */
  async withoutEntry(stakes: readonly Stake[]): Promise<readonly Stake[]> {
    const entered = await this.entries.ofMessages(stakes.map(({ messageId }) => messageId));
    return stakes.filter(({ messageId }) => !entered.has(messageId));
  }

  private async enter(filled: readonly FilledPool[], salts: ReadonlyMap<string, Buffer>): Promise<void> {
    const entrantOf = ({ userId }: Stake): Entrant => ({ userId, salt: salts.get(userId) as Buffer });
    const entrants = new Map(filled.map(({ pool, stakes }) => [pool.id, stakes.map(entrantOf)]));
    const ballots = await this.logs.append(entrants);
    const entries = filled.flatMap(({ pool: { id: poolId }, stakes }) => {
      const entered = ballots.get(poolId) ?? [];
      return stakes.map(({ stakeMinor, messageId }, i) => {
        return { poolId, index: entered[i]?.index as number, stakeMinor, messageId };
      });
    });
    await this.entries.add(entries);
  }
}

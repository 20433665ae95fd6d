import { Injectable } from '@nestjs/common';
import { Ballot, Ballots } from '../../ballot/ballot.api';
import { Drawing, Drawn } from '../../draw/draw.api';
import { Ids } from '../../shared/application/ids';
import type { NewEvent } from '../../shared/application/outbox';
import { invariant } from '../../shared/domain/invariant';
import type { Award } from '../domain/award';
import type { Pool } from '../domain/pool';
import { drawn } from './announcements';
import { Pools } from './pools';

/** Draws sealed pools and makes the awards of the winners. */
@Injectable()
export class AwardPools {
  constructor(
    private readonly drawing: Drawing,
    private readonly ballots: Ballots,
    private readonly pools: Pools,
    private readonly ids: Ids,
  ) {}

  /**
   * Takes pools whose randomness is there, in the caller's unit of work, whose locks make this their only call. Stores
   * the awards; the caller stores the pools and announces the events.
   */
  async execute(sealed: readonly Pool[]): Promise<{ pools: readonly Pool[]; events: readonly NewEvent[] }> {
    if (sealed.length === 0) return { pools: [], events: [] };
    const results = await this.drawing.draw(sealed.map(({ id }) => id));
    const pools = sealed.map((pool, i) => pool.drawAs(onlyOf(results[i]?.winnerIndexes ?? [])));
    const places = pools.map(({ id, facts }) => ({ drawId: id, index: facts.winnerIndex as number }));
    const ballots = await this.ballots.at(places);
    const awards = pools.map((pool, i) => this.awardFor(pool, ballots[i], (results[i] as Drawn).drawnAt));
    await this.pools.addAwards(awards);
    return { pools, events: pools.flatMap((pool, i) => drawn(pool, awards[i] as Award)) };
  }

  private awardFor({ facts, winSumMinor }: Pool, ballot: Ballot | undefined, awardedAt: Date): Award {
    invariant(ballot, 'the winning ballot is in the log');
    const { userId } = ballot;
    const { id: poolId, gameId, potMinor } = facts;
    const id = this.ids.next(awardedAt);
    return { id, poolId, gameId, userId, winSumMinor, potMinor, status: 'played_out', awardedAt };
  }
}

function onlyOf([winner]: readonly number[]): number {
  invariant(winner !== undefined, 'a pool with entries that can win has a winner');
  return winner;
}

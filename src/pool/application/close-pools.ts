import { Injectable } from '@nestjs/common';
import { DrawSealing } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { Outbox } from '../../shared/application/outbox';
import type { Pool } from '../domain/pool';
import { closed, opened } from './announcements';
import { AwardPools } from './award-pools';
import type { EnteredPool } from './enter-stakes';
import { Pools } from './pools';

/** Seals full pools, and draws them at once if no beacon decides. */
@Injectable()
export class ClosePools {
  constructor(
    private readonly sealing: DrawSealing,
    private readonly award: AwardPools,
    private readonly pools: Pools,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs in the caller's unit of work, which holds the games' locks. Stores, announces and returns the pools in their
   * new state.
   */
  async execute(entered: readonly EnteredPool[]): Promise<readonly EnteredPool[]> {
    const sealed = await this.seal(entered.map(({ pool }) => pool).filter(({ room }) => room === 0));
    const isDecided = ({ state, facts }: Pool) => state === 'sealed' && facts.decidedAt === null;
    const drawn = await this.award.execute(sealed.filter(isDecided));
    const now = this.clock.now();
    const latest = new Map([...sealed, ...drawn.pools].map((pool) => [pool.id, pool]));
    const after = entered.map((one) => ({ ...one, pool: latest.get(one.pool.id) ?? one.pool }));
    await this.pools.store(after.map(({ pool }) => pool));
    await this.outbox.add([
      ...after.filter(({ isNew }) => isNew).map(({ pool }) => opened(pool, now)),
      ...sealed.map((pool) => closed(pool, now)),
      ...drawn.events,
    ]);
    return after;
  }

  private async seal(full: readonly Pool[]): Promise<readonly Pool[]> {
    const ids = full.map(({ id }) => id);
    const seals = await this.sealing.seal(ids, 'full');
    return full.map((pool, i) => {
      const seal = seals[i];
      return seal?.winnable ? pool.sealUntil(seal.decidedAt) : pool.annul();
    });
  }
}

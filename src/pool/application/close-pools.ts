import { Injectable } from '@nestjs/common';
import { DrawSealing } from '../../draw/draw.api';
import { Outbox } from '../../shared/application/outbox';
import { invariant } from '../../shared/domain/invariant';
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
  ) {}

  /**
   * Runs in the caller's unit of work, which holds the games' locks. Stores, announces and returns the pools in their
   * new state.
   */
  async execute(entered: readonly EnteredPool[]): Promise<readonly EnteredPool[]> {
    const seals = await this.seal(entered.map(({ pool }) => pool).filter(({ room }) => room === 0));
    const sealed = seals.map(({ pool }) => pool);
    const isDecided = ({ state, facts }: Pool) => state === 'sealed' && facts.decidedAt === null;
    const drawn = await this.award.execute(sealed.filter(isDecided));
    const latest = new Map([...sealed, ...drawn.pools].map((pool) => [pool.id, pool]));
    const after = entered.map((one) => ({ ...one, pool: latest.get(one.pool.id) ?? one.pool }));
    await this.pools.store(after.map(({ pool }) => pool));
    await this.outbox.add([
      ...after.flatMap(({ pool, openedAt }) => (openedAt === null ? [] : [opened(pool, openedAt)])),
      ...seals.map(({ pool, sealedAt }) => closed(pool, sealedAt)),
      ...drawn.events,
    ]);
    return after;
  }

  private async seal(full: readonly Pool[]): Promise<readonly { pool: Pool; sealedAt: Date }[]> {
    const ids = full.map(({ id }) => id);
    const seals = await this.sealing.seal(ids, 'full');
    return full.map((pool, i) => {
      const seal = seals[i];
      invariant(seal, `pool ${pool.id} is sealed`);
      const { sealedAt, winnable, decidedAt } = seal;
      return { pool: winnable ? pool.sealUntil(decidedAt) : pool.annul(), sealedAt };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { DrawSealing } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { Outbox } from '../../shared/application/outbox';
import type { FilledPool } from '../domain/filling';
import type { Pool } from '../domain/pool';
import { closed, opened } from './announcements';
import { AwardPools } from './award-pools';
import { Pools } from './pools';

/** Pools that are full are sealed, and drawn at once where no beacon decides. */
@Injectable()
export class ClosePools {
  constructor(
    private readonly sealing: DrawSealing,
    private readonly award: AwardPools,
    private readonly pools: Pools,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the caller's unit of work, which holds the tables. Stores all pools as they are then, and announces it. */
  async execute(filled: readonly FilledPool[]): Promise<void> {
    const sealed = await this.seal(filled.map(({ pool }) => pool).filter(({ room }) => room === 0));
    const isDecided = ({ state, facts }: Pool) => state === 'sealed' && facts.decidedAt === null;
    const drawn = await this.award.execute(sealed.filter(isDecided));
    const now = this.clock.now();
    const latest = new Map([...sealed, ...drawn.pools].map((pool) => [pool.id, pool]));
    await this.pools.store(filled.map(({ pool }) => latest.get(pool.id) ?? pool));
    await this.outbox.add([
      ...filled.filter(({ isNew }) => isNew).map(({ pool }) => opened(pool, now)),
      ...sealed.map((pool) => closed(pool, now)),
      ...drawn.events,
    ]);
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

import { Injectable } from '@nestjs/common';
import { Drawing } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { Outbox } from '../../shared/application/outbox';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import type { Pool } from '../domain/pool';
import { AwardPools } from './award-pools';
import { Pools } from './pools';

/** Pools of one transaction: it holds the journal, which all draws need, for a fraction of a second. */
const BATCH = 500;

/**
 * Draws sealed pools whose beacon round has come. It only looks at the database and its clock, so it may run at any time,
 * anywhere, as often as one likes.
 */
@Injectable()
export class DrawPools {
  constructor(
    private readonly work: UnitOfWork,
    private readonly pools: Pools,
    private readonly drawing: Drawing,
    private readonly award: AwardPools,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** One pass over all that are due; those whose beacon does not answer hold up no other. Gives the number drawn. */
  async execute(): Promise<number> {
    const now = await this.clock.synchronise();
    let drawn = 0;
    for (let last: Pool | null = null; ;) {
      const due: readonly Pool[] = await this.pools.due(now, last, BATCH);
      if (due.length === 0) return drawn;
      last = due.at(-1) ?? null;
      const ready = await this.drawing.prepare(due.map(({ id }) => id));
      if (ready.length > 0) drawn += await this.work.run(() => this.draw(ready));
    }
  }

  private async draw(poolIds: readonly string[]): Promise<number> {
    await this.clock.synchronise();
    const sealed = await this.pools.lockSealed(poolIds);
    const { pools, events } = await this.award.execute(sealed);
    await this.pools.store(pools);
    await this.outbox.add(events);
    return pools.length;
  }
}

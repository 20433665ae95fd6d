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
/** Enough to single out two pools of a batch that cannot be drawn; more is an outage, and the next pass tries again. */
const MAX_FAILURES = 20;

export interface DrawnPools {
  drawn: number;
  readonly failures: { readonly poolIds: readonly string[]; readonly error: unknown }[];
}

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

  /** One pass over all that are due; those whose beacon does not answer, or that cannot be drawn, hold up no other. */
  async execute(): Promise<DrawnPools> {
    const now = await this.clock.synchronise();
    const done: DrawnPools = { drawn: 0, failures: [] };
    for (let last: Pool | null = null; done.failures.length < MAX_FAILURES;) {
      const due: readonly Pool[] = await this.pools.due(now, last, BATCH);
      if (due.length === 0) break;
      last = due.at(-1) ?? null;
      await this.attempt(await this.drawing.prepare(due.map(({ id }) => id)), done);
    }
    return done;
  }

  /** All together, or, where that fails, each half by itself. */
  private async attempt(poolIds: readonly string[], done: DrawnPools): Promise<void> {
    if (poolIds.length === 0 || done.failures.length >= MAX_FAILURES) return;
    try {
      done.drawn += await this.work.run(() => this.draw(poolIds));
    } catch (error) {
      done.failures.push({ poolIds, error });
      if (poolIds.length === 1) return;
      const half = Math.ceil(poolIds.length / 2);
      await this.attempt(poolIds.slice(0, half), done);
      await this.attempt(poolIds.slice(half), done);
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

import { Injectable } from '@nestjs/common';
import { Drawing } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { Outbox } from '../../shared/application/outbox';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import type { Pool } from '../domain/pool';
import { AwardPools } from './award-pools';
import { Pools } from './pools';

/** Pools of one transaction, which holds the journal, needed by all draws, for a fraction of a second. */
const BATCH = 500;
/** Consecutive failures; enough to single out pools of a batch. More is an outage: the next pass tries again. */
const MAX_FAILURES = 20;

export interface DrawnPools {
  readonly drawn: number;
  readonly failures: readonly { readonly poolIds: readonly string[]; readonly error: unknown }[];
}

/**
 * Draws sealed pools whose beacon round has come. It depends only on the database and its clock, so it may run at any
 * time, anywhere, any number of times.
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

  /**
   * Makes one pass over all due pools except these. A pool whose beacon does not answer does not hold up others; of the
   * pools that cannot be drawn, each pass singles out a few: leave them out of the next passes.
   */
  async execute(heldBack: readonly string[], stop: AbortSignal): Promise<DrawnPools> {
    const now = await this.clock.timeOfFact();
    const pass = new Pass(stop);
    for (let last: Pool | null = null; pass.continues;) {
      const due: readonly Pool[] = await this.pools.due(now, heldBack, last, BATCH);
      if (due.length === 0) break;
      last = due.at(-1) ?? null;
      const poolIds = due.map(({ id }) => id);
      await this.attempt(poolIds, pass);
    }
    return pass;
  }

  /** Draws all together, or, if that fails, each half by itself. */
  private async attempt(poolIds: readonly string[], pass: Pass): Promise<void> {
    if (!pass.continues) return;
    try {
      pass.succeeded(await this.draw(poolIds));
    } catch (error) {
      pass.failed(poolIds, error);
      if (poolIds.length === 1) return;
      const half = Math.ceil(poolIds.length / 2);
      await this.attempt(poolIds.slice(0, half), pass);
      await this.attempt(poolIds.slice(half), pass);
    }
  }

  private async draw(poolIds: readonly string[]): Promise<number> {
    const prepared = await this.drawing.prepare(poolIds);
    if (prepared.length === 0) return 0;
    return this.work.run(async () => {
      await this.clock.synchronise();
      const sealed = await this.pools.lockSealed(prepared);
      const { pools, events } = await this.award.execute(sealed);
      await this.pools.store(pools);
      await this.outbox.add(events);
      return pools.length;
    });
  }
}

class Pass implements DrawnPools {
  drawn = 0;
  readonly failures: { readonly poolIds: readonly string[]; readonly error: unknown }[] = [];
  private failuresInARow = 0;

  constructor(private readonly stop: AbortSignal) {}

  get continues(): boolean {
    return this.failuresInARow < MAX_FAILURES && !this.stop.aborted;
  }

  succeeded(drawn: number): void {
    this.drawn += drawn;
    if (drawn > 0) this.failuresInARow = 0;
  }

  failed(poolIds: readonly string[], error: unknown): void {
    this.failures.push({ poolIds, error });
    this.failuresInARow++;
  }
}

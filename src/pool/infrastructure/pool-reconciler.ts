import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config, hasRole } from '../../shared/infrastructure/config';
import { stackOf } from '../../shared/infrastructure/stack-of';
import { DrawPools } from '../application/draw-pools';

/** How late a pool is drawn at most after its beacon's round. */
const RECONCILE_INTERVAL_MS = 3_000;

/** Draws pools whose beacon has come, every few seconds. */
@Injectable()
export class PoolReconciler implements OnApplicationShutdown {
  private readonly logger = new Logger('PoolReconciler');
  private running: Promise<void> | null = null;

  constructor(
    private readonly config: Config,
    private readonly drawPools: DrawPools,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.running;
  }

  @Interval(RECONCILE_INTERVAL_MS)
  async tick(): Promise<void> {
    if (!hasRole(this.config, 'scheduler')) return;
    this.running ??= this.pass()
      .catch((error: unknown) => {
        this.logger.error('Sealed pools could not be drawn; the next tick tries again.', stackOf(error));
      })
      .finally(() => (this.running = null));
    await this.running;
  }

  private async pass(): Promise<void> {
    const { drawn, failures } = await this.drawPools.execute();
    if (drawn > 0) this.logger.log(`${drawn} pools were drawn.`);
    // What failed together was tried again in halves: the pool at fault is named alone.
    for (const { poolIds, error } of failures.filter((failure) => failure.poolIds.length === 1)) {
      this.logger.error(`Pool ${poolIds[0]} could not be drawn; the next tick tries again.`, stackOf(error));
    }
  }
}

import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ClockInDoubt } from '../../shared/domain/clock-in-doubt';
import { hasRole, ServiceConfig } from '../../platform/config/service-config';
import { Quarantine } from '../../platform/retry/quarantine';
import { SingleFlight } from '../../platform/retry/single-flight';
import { isConnectionLost } from '../../platform/database/sql-state';
import { stackOf } from '../../platform/errors/stack-of';
import { DrawPools } from '../application/draw-pools';

/** How late a pool can be drawn after its beacon's round. */
const RECONCILE_INTERVAL_MS = 3_000;
/** A pool that cannot be drawn is left out of some passes, so that the pools after it have their turn. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;

/** Draws pools whose beacon has come, every few seconds. */
@Injectable()
export class PoolReconciler implements OnApplicationShutdown {
  private readonly logger = new Logger('PoolReconciler');
  private readonly stopping = new AbortController();
  private readonly heldBack = new Quarantine(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  private readonly passes = new SingleFlight(() =>
    this.pass().catch((error: unknown) => {
      // The clock itself warns and counts.
      if (error instanceof ClockInDoubt) return;
      this.logger.error('Sealed pools could not be drawn; the next tick tries again.', stackOf(error));
    }),
  );

  constructor(
    private readonly config: ServiceConfig,
    private readonly drawPools: DrawPools,
  ) {}

  /** Finishes the running transaction. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.passes.settled();
  }

  @Interval(RECONCILE_INTERVAL_MS)
  async tick(): Promise<void> {
    if (hasRole(this.config, 'scheduler')) await this.passes.run();
  }

  private async pass(): Promise<void> {
    const { drawn, failures } = await this.drawPools.execute(this.heldBack.pausing, this.stopping.signal);
    if (drawn > 0) this.logger.log(`${drawn} pools were drawn.`);
    // A failed group was retried in halves, so a pool at fault is named alone.
    const alone = failures.filter(({ poolIds }) => poolIds.length === 1);
    for (const { poolIds, error } of alone) {
      if (!isConnectionLost(error) && !(error instanceof ClockInDoubt)) this.heldBack.failed(poolIds[0] as string);
      this.logger.error(`Pool ${poolIds[0]} could not be drawn; retrying.`, stackOf(error));
    }
    const last = failures.at(-1);
    if (last && alone.length === 0) {
      this.logger.error(
        `${last.poolIds.length} pools could not be drawn; the next tick tries again.`,
        stackOf(last.error),
      );
    }
  }
}

import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Cron, CronExpression, Interval } from '@nestjs/schedule';
import { ClockInDoubt } from '../../shared/domain/clock-in-doubt';
import { hasRole, ServiceConfig } from '../../platform/config/service-config';
import { stackOf } from '../../platform/errors/stack-of';
import { SingleFlight } from '../../platform/retry/single-flight';
import { ReconcileLotteries } from '../application/reconcile-lotteries';

/** How late a closing can be if the midnight tick is lost, and a draw after its beacon's answer. */
const RECONCILE_INTERVAL_MS = 3_000;

/**
 * Reconciles at start, at midnight UTC and every few seconds: the ticks are hints, the database is the truth. Runs in
 * processes with the role scheduler.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Reconciler');
  private readonly passes = new SingleFlight(() =>
    this.pass().catch((error: unknown) => {
      // The clock itself warns and counts.
      if (error instanceof ClockInDoubt) return;
      this.logger.error('The lotteries could not be reconciled; the next tick tries again.', stackOf(error));
    }),
  );

  constructor(
    private readonly reconcile: ReconcileLotteries,
    private readonly config: ServiceConfig,
  ) {}

  /** The service listens only after it has tried to open today's lottery and to close missed days. */
  async onApplicationBootstrap(): Promise<void> {
    await this.tick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.passes.settled();
  }

  @Cron(CronExpression.EVERY_DAY_AT_MIDNIGHT, { timeZone: 'UTC' })
  atMidnight(): Promise<void> {
    return this.tick();
  }

  @Interval(RECONCILE_INTERVAL_MS)
  async tick(): Promise<void> {
    if (hasRole(this.config, 'scheduler')) await this.passes.run();
  }

  private async pass(): Promise<void> {
    const { opened, moved, failed } = await this.reconcile.execute();
    for (const date of opened) this.logger.log(`The lottery of ${date.toString()} is open.`);
    for (const { date, state } of moved) this.logger.log(`The lottery of ${date.toString()} is ${state}.`);
    for (const { date, error } of failed) {
      this.logger.error(
        `The lottery of ${date.toString()} could not be opened or closed; the next tick tries again.`,
        stackOf(error),
      );
    }
  }
}

import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { hasRole, ServiceConfig } from '../../platform/config/service-config';
import { stackOf } from '../../platform/errors/stack-of';
import { SingleFlight } from '../../platform/retry/single-flight';
import { ExpireHolds } from '../application/expire-holds';

/** How late an expired hold is freed; rules do not wait for it. */
const SWEEP_INTERVAL_MS = 5_000;

/** Frees expired holds, every few seconds. */
@Injectable()
export class HoldSweeper implements OnApplicationShutdown {
  private readonly logger = new Logger('HoldSweeper');
  private readonly stopping = new AbortController();
  private readonly passes = new SingleFlight(() => this.pass());

  constructor(
    private readonly config: ServiceConfig,
    private readonly expireHolds: ExpireHolds,
  ) {}

  /** Finishes the running transaction. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.passes.settled();
  }

  @Interval(SWEEP_INTERVAL_MS)
  async tick(): Promise<void> {
    if (hasRole(this.config, 'scheduler')) await this.passes.run();
  }

  private async pass(): Promise<void> {
    try {
      const { freed, refused } = await this.expireHolds.execute(this.stopping.signal);
      if (freed > 0) this.logger.log(`${freed} holds have expired.`);
      const [first] = refused;
      if (first) {
        const { holdId, refusal } = first;
        this.logger.warn(`${refused.length} expired holds stay, the first is ${holdId}: ${refusal.message}`);
      }
    } catch (error) {
      this.logger.error('Expired holds could not be freed; the next tick tries again.', stackOf(error));
    }
  }
}

import { Inject, Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { EventSubscribers } from '../../shared/application/event-subscribers';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Config, hasRole } from '../../platform/config/config';
import { stackOf } from '../../platform/errors/stack-of';
import { Deliveries, LeasedDelivery } from '../application/deliveries';
import { QueueDeliveries } from '../application/queue-deliveries';
import { SendDelivery } from '../application/send-delivery';

/** How late an attempt can be: the polling interval. */
const LOOK_INTERVAL_MS = 1_000;
const PRUNE_INTERVAL_MS = 60_000;
/** Maximum number of portions of one pruning. */
const MAX_PORTIONS = 100;
/** Concurrent attempts of one process, and of these to one webhook, so that slow receivers do not hold up others. */
const MAX_UNDER_WAY = 64;
const MAX_FOR_ONE = 4;

/**
 * Sends deliveries to their receivers, at least once, in no particular order. Runs in processes with the role relay.
 */
@Injectable()
export class WebhookCourier implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Webhooks');
  private readonly underWay = new Map<Promise<void>, string>();
  private active = false;
  private looking: Promise<void> | null = null;
  private woken = false;
  private pruning: Promise<void> | null = null;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly work: UnitOfWork,
    private readonly subscribers: EventSubscribers,
    private readonly queue: QueueDeliveries,
    private readonly deliveries: Deliveries,
    private readonly sending: SendDelivery,
  ) {}

  onModuleInit(): void {
    this.subscribers.add(this.queue);
  }

  onApplicationBootstrap(): void {
    this.active = hasRole(this.config, 'relay');
  }

  /** Finishes the running attempts; that takes seconds at most. */
  async onModuleDestroy(): Promise<void> {
    this.active = false;
    await this.looking;
    await this.pruning;
    await Promise.all(this.underWay.keys());
  }

  @Interval(LOOK_INTERVAL_MS)
  async look(): Promise<void> {
    this.woken = true;
    if (this.mayLook) await (this.looking ??= this.takeWhatIsDue());
  }

  @Interval(PRUNE_INTERVAL_MS)
  async prune(): Promise<void> {
    this.pruning ??= this.pruneAll()
      .catch((error: unknown) => {
        this.logger.warn(`Old deliveries could not be forgotten; it is tried again. ${stackOf(error)}`);
      })
      .finally(() => (this.pruning = null));
    await this.pruning;
  }

  /** One transaction for each portion. */
  private async pruneAll(): Promise<void> {
    for (let portion = 0; this.active && portion < MAX_PORTIONS; portion++) {
      const isMore = await this.work.run(() => this.deliveries.prune());
      if (!isMore) return;
    }
  }

  private get mayLook(): boolean {
    return this.active && this.underWay.size < MAX_UNDER_WAY;
  }

  /** Repeats until nothing is due and no wake-up came meanwhile. */
  private async takeWhatIsDue(): Promise<void> {
    try {
      while (this.woken && this.mayLook) {
        this.woken = false;
        const taken = await this.sending.lease(MAX_UNDER_WAY - this.underWay.size, this.busy());
        this.woken ||= taken.length > 0;
        for (const delivery of taken) this.send(delivery);
      }
    } catch (error) {
      this.logger.warn(`Webhooks could not be looked after; it is tried again. ${stackOf(error)}`);
    } finally {
      this.looking = null;
    }
  }

  private send(delivery: LeasedDelivery): void {
    const attempt: Promise<void> = this.sending
      .execute(delivery, Math.random())
      .catch((error: unknown) => {
        this.logger.warn(`Delivery ${delivery.id} was not recorded; its lease will end. ${stackOf(error)}`);
      })
      .finally(() => {
        this.underWay.delete(attempt);
        // There is room for the next attempt now.
        void this.look();
      });
    this.underWay.set(attempt, delivery.webhookId);
  }

  private busy(): string[] {
    const counts = new Map<string, number>();
    for (const webhookId of this.underWay.values()) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= MAX_FOR_ONE).map(([webhookId]) => webhookId);
  }
}

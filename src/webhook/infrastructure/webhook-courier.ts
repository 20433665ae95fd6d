import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { EventSubscribers } from '../../shared/application/event-subscribers';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { hasRole, ServiceConfig } from '../../platform/config/service-config';
import { stackOf } from '../../platform/errors/stack-of';
import { SingleFlight } from '../../platform/retry/single-flight';
import { Deliveries, LeasedDelivery } from '../application/deliveries';
import { QueueDeliveries } from '../application/queue-deliveries';
import { SendDelivery } from '../application/send-delivery';
import { Places } from './places';

/** How late an attempt can be: the polling interval. */
const LOOK_INTERVAL_MS = 1_000;
const PRUNE_INTERVAL_MS = 60_000;
/** Maximum number of portions of one pruning. */
const MAX_PORTIONS = 100;

/**
 * Sends deliveries to their receivers, at least once, in no particular order. Runs in processes with the role relay.
 */
@Injectable()
export class WebhookCourier implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Webhooks');
  private readonly underWay = new Set<Promise<void>>();
  private readonly places = new Places();
  private active = false;
  private readonly looking = new SingleFlight(() =>
    this.takeWhatIsDue().catch((error: unknown) => {
      this.logger.warn(`Due deliveries could not be sent; retrying. ${stackOf(error)}`);
    }),
  );
  /** A call came since the last look began, or that look found something. */
  private woken = false;
  private readonly pruning = new SingleFlight(() =>
    this.pruneAll().catch((error: unknown) => {
      this.logger.warn(`Old deliveries could not be deleted; retrying. ${stackOf(error)}`);
    }),
  );

  constructor(
    private readonly config: ServiceConfig,
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
    await this.looking.settled();
    await this.pruning.settled();
    await Promise.all(this.underWay);
  }

  /** Repeats until nothing is due and no call came meanwhile. */
  @Interval(LOOK_INTERVAL_MS)
  async look(): Promise<void> {
    this.woken = true;
    while (this.woken && this.mayLook) await this.looking.run();
  }

  @Interval(PRUNE_INTERVAL_MS)
  async prune(): Promise<void> {
    await this.pruning.run();
  }

  /** One transaction for each portion. */
  private async pruneAll(): Promise<void> {
    for (let portion = 0; this.active && portion < MAX_PORTIONS; portion++) {
      const isMore = await this.work.run(() => this.deliveries.prune());
      if (!isMore) return;
    }
  }

  private get mayLook(): boolean {
    return this.active && this.places.free > 0;
  }

  private async takeWhatIsDue(): Promise<void> {
    this.woken = false;
    const taken = await this.sending.lease(this.places.free, this.places.busy());
    this.woken ||= taken.length > 0;
    for (const delivery of taken) this.send(delivery);
  }

  private send(delivery: LeasedDelivery): void {
    this.places.take(delivery.webhookId);
    const attempt: Promise<void> = this.sending
      .execute(delivery, Math.random())
      .catch((error: unknown) => {
        this.logger.warn(`Delivery ${delivery.id} was not recorded; its lease will expire. ${stackOf(error)}`);
      })
      .finally(() => {
        this.underWay.delete(attempt);
        this.places.giveBack(delivery.webhookId);
        // There is room for the next attempt now.
        void this.look();
      });
    this.underWay.add(attempt);
  }
}

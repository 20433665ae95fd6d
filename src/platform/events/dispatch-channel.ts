import { Injectable, Logger } from '@nestjs/common';
import { DispatchEvents } from '../../shared/application/dispatch-events';
import { Metrics } from '../../shared/application/metrics';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { Quarantine } from '../retry/quarantine';
import { OutboxRows, PendingEvent } from './outbox-rows';
import { RelayChannel } from './relay-channel';
import { DatabaseConfig } from '../database/database-config';
import { isConnectionLost } from '../database/sql-state';
import { stackOf } from '../errors/stack-of';

/** Share of the pool's connections that dispatching may hold; requests come first. */
const POOL_SHARE = 4;
/** Events that share a transaction. */
const BATCH = 100;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** More held-back aggregates than this are not single events but a general fault; then the partition pauses. */
const MAX_HELD_BACK = 1_000;

/**
 * Delivers to the subscribers within the service: their effects, their inbox and the event's mark are one transaction.
 */
@Injectable()
export class DispatchChannel extends RelayChannel {
  readonly name = 'dispatched';
  readonly isOpen = true;
  readonly partitionsAtOnce: number;
  private readonly logger = new Logger('Dispatch');
  /** Aggregates with an event that could not be handled. */
  private readonly heldBack = new Quarantine(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);

  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: OutboxRows,
    private readonly dispatch: DispatchEvents,
    { DATABASE_POOL_SIZE }: DatabaseConfig,
    metrics: Metrics,
  ) {
    super(metrics);
    this.partitionsAtOnce = Math.max(1, Math.floor(DATABASE_POOL_SIZE / POOL_SHARE));
  }

  async deliverSome(partition: number, isOurs: () => boolean): Promise<boolean> {
    const pending = await this.rows.undelivered(this.name, partition, BATCH, this.heldBack.pausing);
    if (pending.length === 0) return false;
    try {
      await this.deliver(pending);
    } catch (error) {
      // An outage of the database is no event's fault: the partition pauses. A lock held too long may be one event's
      // fault.
      if (isConnectionLost(error)) throw error;
      await this.oneByOne(pending, isOurs);
    }
    return pending.length === BATCH;
  }

  private async deliver(pending: readonly PendingEvent[]): Promise<void> {
    await this.work.run(async () => {
      await this.dispatch.execute(pending.map(({ event }) => event));
      await this.rows.mark(this.name, pending);
    });
    this.noteDelivered(pending.length);
    for (const { event } of pending) this.heldBack.succeeded(event.aggregateId);
  }

  /** One event cannot be handled: it holds back its aggregate, not the others. */
  private async oneByOne(pending: readonly PendingEvent[], isOurs: () => boolean): Promise<void> {
    for (const one of pending) {
      const { id, type, aggregateId } = one.event;
      if (!isOurs()) return;
      if (this.heldBack.isPausing(aggregateId)) continue;
      try {
        await this.deliver([one]);
      } catch (error) {
        if (isConnectionLost(error)) throw error;
        this.heldBack.failed(aggregateId);
        this.noteFailure();
        this.logger.error(`Event ${id} (${type}) could not be handled and holds back its aggregate.`, stackOf(error));
        invariant(this.heldBack.size <= MAX_HELD_BACK, 'not everything fails');
      }
    }
  }
}

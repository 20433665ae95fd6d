import { Injectable, Logger } from '@nestjs/common';
import { EventSubscribers } from '../../shared/application/event-subscribers';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { InboxRows } from './inbox-rows';
import { OutboxChannel, OutboxRows } from './outbox-rows';
import { stackOf } from '../errors/stack-of';

const INTERVAL_MS = 60_000;

/** Deletes expired events and inbox rows, a bounded portion at a time. */
@Injectable()
export class RelayPruning {
  private readonly logger = new Logger('Relay');
  private nextAtMs = -Infinity;

  constructor(
    private readonly work: UnitOfWork,
    private readonly outbox: OutboxRows,
    private readonly inbox: InboxRows,
    private readonly subscribers: EventSubscribers,
  ) {}

  /** Prunes for the channels that are open: once a minute, and at the next call if there is more. */
  async pruneSome(channels: readonly OutboxChannel[]): Promise<void> {
    if (performance.now() < this.nextAtMs) return;
    this.nextAtMs = performance.now() + INTERVAL_MS;
    const consumers = this.subscribers.all.map(({ name }) => name);
    try {
      const moreEvents = await this.work.run(() => this.outbox.prune(channels, consumers));
      const moreMessages = await this.work.run(() => this.inbox.prune());
      if (moreEvents || moreMessages) this.nextAtMs = -Infinity;
    } catch (error) {
      this.logger.warn(`Old events and messages could not be deleted; retrying. ${stackOf(error)}`);
    }
  }
}

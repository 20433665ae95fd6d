import { Injectable } from '@nestjs/common';
import { EventChannels } from '../application/event-channels';
import { UnitOfWork } from '../application/unit-of-work';
import { invariant } from '../domain/invariant';
import { OutboxRows } from './outbox-rows';
import { RelayChannel } from './relay-channel';
import { OUTBOX_PARTITIONS } from './typeorm-outbox';

/** Events that are published together. */
const BATCH = 500;

/** Delivers to other services, where a publisher is configured. Holds no connection while it publishes. */
@Injectable()
export class PublishChannel extends RelayChannel {
  readonly name = 'published';
  readonly partitionsAtOnce = OUTBOX_PARTITIONS;

  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: OutboxRows,
    private readonly channels: EventChannels,
  ) {
    super();
  }

  get isOpen(): boolean {
    return this.channels.publisher !== null;
  }

  async deliverSome(partition: number): Promise<boolean> {
    const { publisher } = this.channels;
    invariant(publisher, 'an open channel has a publisher');
    const pending = await this.rows.undelivered(this.name, partition, BATCH, []);
    if (pending.length === 0) return false;
    await publisher.publish(pending.map(({ event }) => event));
    await this.work.run(() => this.rows.mark(this.name, pending));
    return pending.length === BATCH;
  }
}

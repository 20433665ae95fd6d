import { Injectable } from '@nestjs/common';
import { EventChannels } from '../../shared/application/event-channels';
import { GroupCommit } from '../../shared/application/group-commit';
import { Metrics } from '../../shared/application/metrics';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { OutboxRows, PendingEvent } from './outbox-rows';
import { RelayChannel } from './relay-channel';
import { OUTBOX_PARTITIONS } from './typeorm-outbox';

/** Events of a partition that are published together. */
const BATCH = 500;
const TOGETHER = { maxBatch: OUTBOX_PARTITIONS, maxWaiting: OUTBOX_PARTITIONS };

/**
 * Delivers to other services, if a publisher is configured. Holds no connection while it publishes. Partitions that
 * read or mark at the same moment share one statement: a commit wakes all of them, for a few events each.
 */
@Injectable()
export class PublishChannel extends RelayChannel {
  readonly name = 'published';
  readonly partitionsAtOnce = OUTBOX_PARTITIONS;
  private readonly reads = new GroupCommit<number, readonly PendingEvent[]>(TOGETHER, (_, partitions) =>
    this.rows.undeliveredIn(this.name, partitions, BATCH),
  );
  private readonly marks = new GroupCommit<readonly PendingEvent[], void>(TOGETHER, async (_, published) => {
    await this.work.run(() => this.rows.mark(this.name, published.flat()));
    return published.map(() => undefined);
  });

  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: OutboxRows,
    private readonly channels: EventChannels,
    metrics: Metrics,
  ) {
    super(metrics);
  }

  get isOpen(): boolean {
    return this.channels.publisher !== null;
  }

  async deliverSome(partition: number): Promise<boolean> {
    const { publisher } = this.channels;
    invariant(publisher, 'an open channel has a publisher');
    const pending = await this.reads.submit('', partition);
    if (pending.length === 0) return false;
    try {
      await publisher.publish(pending.map(({ event }) => event));
    } catch (error) {
      this.noteFailure();
      throw error;
    }
    this.noteDelivered(pending.length);
    await this.marks.submit('', pending);
    return pending.length === BATCH;
  }
}

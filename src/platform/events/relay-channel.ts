import { Counter, Meters } from '../../shared/application/meters';
import type { OutboxChannel } from './outbox-rows';

/** One way on which events leave the outbox. */
export abstract class RelayChannel {
  abstract readonly name: OutboxChannel;
  /** Whether there is anybody to deliver to. */
  abstract readonly isOpen: boolean;
  /** Partitions that are worked on side by side. */
  abstract readonly partitionsAtOnce: number;
  private readonly delivered: Counter<'channel'>;
  private readonly failures: Counter<'channel'>;

  constructor(meters: Meters) {
    this.delivered = meters.counter({
      name: 'lottery_outbox_delivered_total',
      help: 'Events that this process has delivered through this channel, each time that it did.',
      labels: ['channel'],
    });
    this.failures = meters.counter({
      name: 'lottery_outbox_failures_total',
      help: 'Attempts to deliver events through this channel that failed; each is made again.',
      labels: ['channel'],
    });
  }

  /**
   * Delivers the next events of a partition in their order, then marks them. Gives whether there may be more.
   * At least once. @throws whatever made the delivery fail: nothing was marked then.
   *
   * @param isOurs whether the partition still is; where not, nothing more needs to be begun.
   */
  abstract deliverSome(partition: number, isOurs: () => boolean): Promise<boolean>;

  protected noteDelivered(count: number): void {
    this.delivered.add({ channel: this.name }, count);
  }

  protected noteFailure(): void {
    this.failures.add({ channel: this.name });
  }
}

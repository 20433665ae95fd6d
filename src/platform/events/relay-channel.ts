import { Counter, Metrics } from '../../shared/application/metrics';
import type { OutboxChannel } from './outbox-rows';

/** One way by which events leave the outbox. */
export abstract class RelayChannel {
  abstract readonly name: OutboxChannel;
  /** Whether there is anyone to deliver to. */
  abstract readonly isOpen: boolean;
  /** How many partitions are delivered side by side. */
  abstract readonly partitionsAtOnce: number;
  private readonly delivered: Counter<'channel'>;
  private readonly failures: Counter<'channel'>;

  constructor(metrics: Metrics) {
    this.delivered = metrics.counter({
      name: 'lottery_outbox_delivered_total',
      help: 'Events that this process has delivered through this channel, each time that it did.',
      labels: ['channel'],
    });
    this.failures = metrics.counter({
      name: 'lottery_outbox_failures_total',
      help: 'Attempts to deliver events through this channel that failed; each is made again.',
      labels: ['channel'],
    });
  }

  /**
   * Delivers the next events of a partition in order, then marks them. Returns whether there may be more. At least
   * once. @throws the error of a failed delivery: nothing was marked.
   *
   * @param isOurs whether the partition still is ours; if not, nothing more needs to be started.
   */
  abstract deliverSome(partition: number, isOurs: () => boolean): Promise<boolean>;

  protected noteDelivered(count: number): void {
    this.delivered.add({ channel: this.name }, count);
  }

  protected noteFailure(): void {
    this.failures.add({ channel: this.name });
  }
}

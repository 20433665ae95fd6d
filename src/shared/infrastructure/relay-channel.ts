import type { OutboxChannel } from './outbox-rows';

/** One way on which events leave the outbox. */
export abstract class RelayChannel {
  abstract readonly name: OutboxChannel;
  /** Whether there is anybody to deliver to. */
  abstract readonly isOpen: boolean;
  /** Partitions that are worked on side by side. */
  abstract readonly partitionsAtOnce: number;

  /**
   * Delivers the next events of a partition in their order, then marks them. Gives whether there may be more.
   * At least once. @throws whatever made the delivery fail: nothing was marked then.
   *
   * @param isOurs whether the partition still is; where not, nothing more needs to be begun.
   */
  abstract deliverSome(partition: number, isOurs: () => boolean): Promise<boolean>;
}

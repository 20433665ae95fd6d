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
   */
  abstract deliverSome(partition: number): Promise<boolean>;
}

import { Logger } from '@nestjs/common';
import { BackOff } from '../retry/back-off';
import type { RelayChannel } from './relay-channel';
import { stackOf } from '../errors/stack-of';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Gives the partitions turns on one channel: a batch each, first come, first served, one at a time for each partition.
 */
export class ChannelScheduler {
  private readonly logger = new Logger('Relay');
  private readonly waiting = new Set<number>();
  private readonly underWay = new Map<number, Promise<void>>();
  private readonly pauses = new Map<number, BackOff>();

  constructor(
    readonly channel: RelayChannel,
    /** Called before each batch: whether the partition is still ours. */
    private readonly isOurs: (partition: number) => boolean,
  ) {}

  /** Announces that these partitions have events to deliver. */
  begin(partitions: readonly number[]): void {
    for (const partition of partitions) this.waiting.add(partition);
    for (const partition of [...this.waiting]) {
      if (this.underWay.size >= this.channel.partitionsAtOnce) return;
      if (!this.underWay.has(partition)) this.start(partition);
    }
  }

  isUnderWay(partition: number): boolean {
    return this.underWay.has(partition);
  }

  /** Resolves when the running batches are delivered or have failed; starts no others. */
  async finish(): Promise<void> {
    this.waiting.clear();
    await Promise.all(this.underWay.values());
  }

  private start(partition: number): void {
    this.waiting.delete(partition);
    const turn = this.turn(partition).finally(() => {
      this.underWay.delete(partition);
      this.begin([]);
    });
    this.underWay.set(partition, turn);
  }

  private async turn(partition: number): Promise<void> {
    const pause = this.pauses.get(partition) ?? new BackOff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    this.pauses.set(partition, pause);
    if (pause.isPausing || !this.isOurs(partition)) return;
    try {
      if (await this.channel.deliverSome(partition, () => this.isOurs(partition))) this.waiting.add(partition);
      pause.succeeded();
    } catch (error) {
      pause.failed();
      this.logger.warn(`Partition ${partition} could not be ${this.channel.name}; retrying. ${stackOf(error)}`);
    }
  }
}

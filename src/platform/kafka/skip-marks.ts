import { Place } from './dead-letter';
import { KafkaConnection } from './kafka-connection';

/** Holds, for each partition, the offset after the message that is to be skipped. No consumer ever joins it. */
const SKIP_GROUP = 'lottery_dlq_skip';

/**
 * An operator's word that consuming may go on after a message at which a partition has stopped. Offsets of a group of
 * its own: those of the consumers' group can only be changed while none of them runs.
 */
export class SkipMarks {
  constructor(private readonly connection: KafkaConnection) {}

  async set({ topic, partition }: Place, offset: bigint): Promise<void> {
    await this.connection.asAdmin((admin) =>
      admin.setOffsets({ groupId: SKIP_GROUP, topic, partitions: [{ partition, offset: String(offset + 1n) }] }),
    );
  }

  /** Only the very message that was named is skipped: the next one may be another matter. */
  async has({ topic, partition }: Place, offset: bigint): Promise<boolean> {
    const [marks] = await this.connection.asAdmin((admin) =>
      admin.fetchOffsets({ groupId: SKIP_GROUP, topics: [topic] }),
    );
    return (
      marks?.partitions.some((mark) => mark.partition === partition && mark.offset === String(offset + 1n)) ?? false
    );
  }
}

import { Consumer, KafkaMessage } from 'kafkajs';
import { DeadLetter, fromDeadLetter, isDeadLetterTopic, Place, readDeadLetter } from './dead-letter';
import { KafkaConnection, patiently } from './kafka-connection';
import { KafkaProducer } from './kafka-producer';
import { FetchedMessage } from './record-batch';
import { SkipMarks } from './skip-marks';

/** The consumer group whose offsets say which dead letters were replayed. */
const REPLAY_GROUP = 'lottery_dlq_replay';
/** How long to wait for the next message: then another process is replaying the rest, or it has expired. */
const IDLE_TIMEOUT_MS = 10_000;
const MAX_WAIT_MS = 250;

export interface ListedDeadLetter extends DeadLetter {
  readonly partition: number;
  readonly offset: string;
}

/** Lists and replays dead letters. */
export class KafkaDeadLetters {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly producer: KafkaProducer,
  ) {}

  /** The topics that have dead letters, replayed or not. */
  async topics(): Promise<string[]> {
    return this.connection.asAdmin(async (admin) => (await admin.listTopics()).filter(isDeadLetterTopic).sort());
  }

  /** Lists the dead letters not replayed yet, oldest first within a partition. Changes nothing. */
  async list(topic: string, limit: number): Promise<ListedDeadLetter[]> {
    const listed: ListedDeadLetter[] = [];
    const groupId = `lottery_dlq_list_${process.pid}_${Date.now()}`;
    await this.read(topic, groupId, limit, async (place, message) => {
      listed.push({ ...readDeadLetter(place, message), partition: place.partition, offset: message.offset });
    });
    // If there was nothing to read, there is no group; a group that stays expires by itself.
    await this.connection.asAdmin((admin) => admin.deleteGroups([groupId])).catch(() => undefined);
    return listed;
  }

  /**
   * Sends the dead letters not replayed yet to their original topic, and records that. At least once: a message sent
   * twice has the same id both times. Messages that become dead letters meanwhile wait for the next replay.
   *
   * @returns how many were sent.
   */
  async replay(topic: string, limit: number): Promise<number> {
    let sent = 0;
    await this.read(topic, REPLAY_GROUP, limit, async (place, message, consumer) => {
      const letter = readDeadLetter(place, message);
      await this.producer.send([{ topic: letter.topic, message: fromDeadLetter(place, message) }]);
      const offset = String(BigInt(message.offset) + 1n);
      await consumer.commitOffsets([{ topic, partition: place.partition, offset }]);
      sent++;
    });
    return sent;
  }

  /**
   * Lets consuming go on after the message at which a partition of the topic has stopped. Takes effect within seconds.
   *
   * @throws Error if the partition has no such message.
   */
  async skip(place: Place, offset: bigint): Promise<void> {
    const offsets = await this.connection.asAdmin((admin) => patiently(() => admin.fetchTopicOffsets(place.topic)));
    const found = offsets.find(({ partition }) => partition === place.partition);
    if (found === undefined) throw new Error(`${place.topic} has no partition ${place.partition}`);
    if (offset < BigInt(found.low) || offset >= BigInt(found.high)) {
      throw new Error(`partition ${place.partition} has the offsets ${found.low} to ${BigInt(found.high) - 1n}`);
    }
    await new SkipMarks(this.connection).set(place, offset);
  }

  private async read(
    topic: string,
    groupId: string,
    limit: number,
    visit: (place: Place, message: KafkaMessage, consumer: Consumer) => Promise<void>,
  ): Promise<void> {
    const open = await this.openPartitions(topic);
    if (open.size === 0 || limit === 0) return;
    const consumer = this.connection.client.consumer({ groupId, maxWaitTimeInMs: MAX_WAIT_MS });
    let visited = 0;
    let idle: NodeJS.Timeout | undefined;
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        idle = setTimeout(resolve, IDLE_TIMEOUT_MS);
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        const eachMessage = async ({ partition, message }: { partition: number; message: KafkaMessage }) => {
          idle?.refresh();
          const { unreadable } = message as FetchedMessage;
          if (unreadable !== undefined) return reject(new Error(`${topic} cannot be read: ${unreadable.reason}`));
          const range = open.get(partition);
          const offset = BigInt(message.offset);
          if (visited === limit || range === undefined || offset < range.start) return;
          if (offset < range.end) {
            await visit({ topic, partition }, message, consumer);
            visited++;
          }
          if (offset + 1n >= range.end) open.delete(partition);
          if (visited === limit || open.size === 0) resolve();
        };
        consumer.run({ autoCommit: false, eachMessage }).catch(reject);
        for (const [partition, { start }] of open) consumer.seek({ topic, partition, offset: String(start) });
      });
    } finally {
      clearTimeout(idle);
      await consumer.disconnect();
    }
  }

  /** The ranges of offsets not replayed yet, up to the current end. */
  private async openPartitions(topic: string): Promise<Map<number, { start: bigint; end: bigint }>> {
    return this.connection.asAdmin(async (admin) => {
      const committed = await admin.fetchOffsets({ groupId: REPLAY_GROUP, topics: [topic] });
      const replayed = new Map(
        committed.flatMap(({ partitions }) => partitions.map(({ partition, offset }) => [partition, BigInt(offset)])),
      );
      const partitions = (await patiently(() => admin.fetchTopicOffsets(topic))).map(({ partition, low, high }) => {
        const [done, first] = [replayed.get(partition) ?? -1n, BigInt(low)];
        return [partition, { start: done > first ? done : first, end: BigInt(high) }] as const;
      });
      return new Map(partitions.filter(([, { start, end }]) => start < end));
    });
  }
}

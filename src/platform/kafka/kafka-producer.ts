import { Message, Partitioners, Producer, TopicMessages } from 'kafkajs';
import { GroupCommit } from '../../shared/application/group-commit';
import { KafkaConnection } from './kafka-connection';

export interface TopicMessage {
  readonly topic: string;
  readonly message: Message;
}

const ALL_REPLICAS = -1;
/** How many sends are merged into one request. Senders wait for the answer, so few wait at a time. */
const MAX_MERGED_SENDS = 64;
/** Maximum size of a request. A broker takes 1 MiB by default, and the client does not split requests. */
const MAX_REQUEST_BYTES = 512 * 1024;
/** Estimated overhead of each message and each header. */
const OVERHEAD_BYTES = 64;

/**
 * Writes to Kafka with acks=all, as an idempotent producer, one request at a time: retries of the client are stored
 * once and in order. After an error it is unknown what was stored, so the next send starts a new producer: the broker
 * would take the sequence numbers of the old one for a gap.
 */
export class KafkaProducer {
  private current: Producer | null = null;
  private readonly ensured = new Set<string>();
  private readonly sends = new GroupCommit<readonly TopicMessage[], void>(
    { maxBatch: MAX_MERGED_SENDS, maxWaiting: Infinity },
    (_, batches) => this.sendAll(batches.flat()).then(() => batches.map(() => undefined)),
  );

  constructor(private readonly connection: KafkaConnection) {}

  /**
   * Resolves when all are stored on all in-sync replicas; messages of one key in the order of the calls. Creates
   * missing topics.
   *
   * @throws Error if some may not be stored.
   */
  send(messages: readonly TopicMessage[]): Promise<void> {
    return this.sends.submit('', messages);
  }

  async close(): Promise<void> {
    const { current } = this;
    this.current = null;
    await current?.disconnect();
  }

  private async sendAll(messages: readonly TopicMessage[]): Promise<void> {
    try {
      await this.ensureTopics(messages.map(({ topic }) => topic));
      const producer = (this.current ??= await this.connect());
      for (const request of requestsOf(messages)) {
        await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages: byTopic(request) });
      }
    } catch (error) {
      // It may be another cluster now, or a topic may have been deleted.
      this.ensured.clear();
      await this.close().catch(() => undefined);
      throw error;
    }
  }

  private async ensureTopics(topics: readonly string[]): Promise<void> {
    const missing = topics.filter((topic) => !this.ensured.has(topic));
    if (missing.length === 0) return;
    await this.connection.ensureTopics(missing);
    for (const topic of missing) this.ensured.add(topic);
  }

  private async connect(): Promise<Producer> {
    const producer = this.connection.client.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}

/** Splits messages into requests of a size that brokers accept; a larger message goes alone. */
function requestsOf(messages: readonly TopicMessage[]): TopicMessage[][] {
  const requests: TopicMessage[][] = [];
  let bytes = Infinity;
  for (const sent of messages) {
    const size = sizeOf(sent.message);
    if (bytes + size > MAX_REQUEST_BYTES) {
      requests.push([]);
      bytes = 0;
    }
    requests.at(-1)?.push(sent);
    bytes += size;
  }
  return requests;
}

function sizeOf({ key, value, headers }: Message): number {
  const headerSizes = Object.entries(headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map((header) => Buffer.byteLength(name) + Buffer.byteLength(header ?? '') + OVERHEAD_BYTES),
  );
  const ownSize = Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '') + OVERHEAD_BYTES;
  return headerSizes.reduce((sum, size) => sum + size, ownSize);
}

function byTopic(messages: readonly TopicMessage[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, message } of messages) {
    const known = topics.get(topic);
    if (known) known.push(message);
    else topics.set(topic, [message]);
  }
  return [...topics].map(([topic, ofTopic]) => ({ topic, messages: ofTopic }));
}

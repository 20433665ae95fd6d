import { randomUUID } from 'node:crypto';
import { KafkaJSError, type KafkaMessage } from 'kafkajs';
import { BatchHandler, ReceivedMessage, RefusedMessage } from '../../../src/shared/application/batch-handler';
import { KafkaConfig } from '../../../src/platform/kafka/kafka-config';
import { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { pause } from '../../support/pause';

const POLL_MS = 20;
const TIMEOUT_MS = 60_000;

/** What a test reads from a topic. */
export type TestMessage = KafkaMessage & { readonly partition: number };

export function connect(brokers = process.env['KAFKA_BROKERS'] as string, partitions = 4): KafkaConnection {
  return new KafkaConnection(
    Object.assign(new KafkaConfig(), { KAFKA_BROKERS: brokers.split(','), KAFKA_TOPIC_PARTITIONS: partitions }),
  );
}

/** Tests share a broker but no topic. */
export function unused(name: string): string {
  return `${name}.${randomUUID()}`;
}

/** Messages of a topic in the order of each partition; waits until there are enough. */
export async function readAll(
  connection: KafkaConnection,
  topic: string,
  enough: number | ((found: readonly TestMessage[]) => boolean),
): Promise<TestMessage[]> {
  await connection.ensureTopics([topic]);
  const found: TestMessage[] = [];
  const consumer = connection.client.consumer({ groupId: unused('reader'), maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => void found.push({ ...message, partition }),
  });
  try {
    await until(() => (typeof enough === 'number' ? found.length >= enough : enough(found)));
    return found;
  } finally {
    await consumer.disconnect();
  }
}

/** The offsets that the group has committed, of all partitions together. A group's coordinator may be changing. */
export async function committed(connection: KafkaConnection, groupId: string, topic: string): Promise<number> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const admin = connection.client.admin();
    await admin.connect();
    try {
      const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return (offsets?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    } catch (error) {
      if (!(error instanceof KafkaJSError && error.retriable) || Date.now() > deadline) throw error;
    } finally {
      await admin.disconnect();
    }
    await pause(POLL_MS);
  }
}

export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = TIMEOUT_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain`);
    await pause(POLL_MS);
  }
}

/** Keeps what it is given, in the order in which it was given. */
export class Recorder extends BatchHandler {
  readonly handled: string[] = [];

  /** `before` may throw, wait, or refuse. */
  constructor(
    private readonly before: (
      messages: readonly ReceivedMessage[],
    ) => Promise<readonly RefusedMessage[]> = async () => [],
  ) {
    super();
  }

  async handle(messages: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]> {
    const refused = await this.before(messages);
    const taken = messages.filter((message) => !refused.some((refusal) => refusal.message === message));
    this.handled.push(...taken.map(({ value }) => String(value)));
    return refused;
  }
}

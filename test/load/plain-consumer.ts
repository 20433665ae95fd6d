/** Reads a topic and throws away what it reads: the most that the client brings. Started by bench-stakes. */
import type { ReceivedMessage, RefusedMessage } from '../../src/shared/application/batch-handler';
import { BatchHandler } from '../../src/shared/application/batch-handler';
import { KafkaConsumer } from '../../src/platform/kafka/kafka-consumer';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { connect } from '../kafka/support/kafka';
import { memoryMb } from './support/processes';

export interface Reading {
  readonly brokers: string;
  readonly topic: string;
  readonly messages: number;
  /** The client as it is, or with what the service puts around it: batches of a thousand, each committed. */
  readonly through: 'client' | 'consumer';
}

export interface ReadingMeasured {
  readonly perSecond: number;
  readonly highestMb: number;
}

class Discard extends BatchHandler {
  constructor(private readonly read: (messages: number) => void) {
    super();
  }

  async handle(messages: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]> {
    this.read(messages.length);
    return [];
  }
}

async function readWithClient({ brokers, topic }: Reading, read: (messages: number) => void): Promise<void> {
  const consumer = connect(brokers).client.consumer({ groupId: `plain-${process.pid}`, maxWaitTimeInMs: 250 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary, heartbeat }) => {
      resolveOffset(batch.lastOffset());
      const offset = String(BigInt(batch.lastOffset()) + 1n);
      await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition: batch.partition, offset }] }] });
      await heartbeat();
      read(batch.messages.length);
    },
  });
}

function readWithConsumer({ brokers, topic }: Reading, read: (messages: number) => void): void {
  const connection = connect(brokers);
  const subscription = { groupId: `plain-${process.pid}`, topics: [topic], maxBatch: 1_000 };
  new KafkaConsumer(connection, new KafkaProducer(connection), new Discard(read), subscription).start();
}

process.once('message', (given: Reading) => {
  let done = 0;
  let startedAt = 0;
  let first = 0;
  const read = (messages: number): void => {
    if (done === 0) [startedAt, first] = [performance.now(), messages];
    done += messages;
    if (done < given.messages) return;
    const perSecond = (1_000 * (done - first)) / (performance.now() - startedAt);
    const measured: ReadingMeasured = { perSecond, highestMb: memoryMb(process.pid, 'VmHWM') };
    process.send?.(measured, () => process.exit(0));
  };
  if (given.through === 'client') void readWithClient(given, read);
  else readWithConsumer(given, read);
});

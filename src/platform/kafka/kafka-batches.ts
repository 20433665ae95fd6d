import { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { ReceivedMessage, RefusedMessage } from '../../shared/application/batch-handler';
import { Counter, Metrics, NoMetrics } from '../../shared/application/metrics';
import { deadLetterTopic, messageId, Place, toDeadLetter } from './dead-letter';
import { KafkaProducer } from './kafka-producer';
import { RetryingHandler } from './retrying-handler';

export interface BatchOptions {
  /** The consumer group; dead letters name it. */
  readonly groupId: string;
  /** Makes both series exist before the first message. */
  readonly topics?: readonly string[];
  /** Maximum number of messages that the handler gets at a time: they share a transaction. */
  readonly maxBatch: number;
  readonly heartbeatMs: number;
}

/**
 * Passes what the client has fetched from a partition to the handler, in batches, each committed when it is handled.
 */
export class KafkaBatches {
  private readonly messages: Counter<'topic' | 'result'>;

  constructor(
    private readonly handler: RetryingHandler,
    private readonly deadLetters: KafkaProducer,
    private readonly options: BatchOptions,
    private readonly stop: AbortSignal,
    metrics: Metrics = new NoMetrics(),
  ) {
    this.messages = metrics.counter({
      name: 'lottery_kafka_messages_total',
      help: 'Messages from Kafka that are done with, by topic and what came of them: handled or dead-letter.',
      labels: ['topic', 'result'],
    });
    for (const topic of options.topics ?? []) {
      for (const result of ['handled', 'dead-letter']) this.messages.add({ topic, result }, 0);
    }
  }

  /** @throws Error if the rest must be delivered again, here or to another member of the group. */
  async handle(fetched: EachBatchPayload): Promise<void> {
    const { messages } = fetched.batch;
    // As few transactions as possible, of equal size: a small last one would cost as much as a large one.
    const size = Math.ceil(messages.length / Math.ceil(messages.length / this.options.maxBatch));
    for (let start = 0; start < messages.length; start += size) {
      if (this.stop.aborted || !fetched.isRunning() || fetched.isStale()) return;
      await this.handleSome(fetched, messages.slice(start, start + size));
    }
  }

  /**
   * First handled, then the refused ones kept, only then committed: after a stop in between they are delivered again.
   */
  private async handleSome(fetched: EachBatchPayload, messages: readonly KafkaMessage[]): Promise<void> {
    const place: Place = fetched.batch;
    const given = new Map(messages.map((message) => [receivedFrom(place, message), message]));
    const refused = await this.whileBeating(fetched, (stop) => this.handler.handle([...given.keys()], stop));
    await this.bury(place, refused, given);
    const last = messages.at(-1)?.offset ?? '-1';
    const offset = String(BigInt(last) + 1n);
    await fetched.commitOffsetsIfNecessary({
      topics: [{ topic: place.topic, partitions: [{ partition: place.partition, offset }] }],
    });
    fetched.resolveOffset(last);
    this.messages.add({ topic: place.topic, result: 'handled' }, messages.length - refused.length);
    this.messages.add({ topic: place.topic, result: 'dead-letter' }, refused.length);
    await fetched.heartbeat();
  }

  /** Written twice if the process ends before the commit. */
  private async bury(
    place: Place,
    refused: readonly RefusedMessage[],
    given: ReadonlyMap<ReceivedMessage, KafkaMessage>,
  ): Promise<void> {
    if (refused.length === 0) return;
    const letters = refused.flatMap(({ message, reason }) => {
      const original = given.get(message);
      return original === undefined ? [] : [toDeadLetter(place, original, reason, this.options.groupId)];
    });
    await this.deadLetters.send(letters.map((message) => ({ topic: deadLetterTopic(place.topic), message })));
  }

  /**
   * Sends heartbeats meanwhile, however long the database is down. When the group rebalances, waiting ends; running
   * work does not.
   */
  private async whileBeating<T>(fetched: EachBatchPayload, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const ending = new AbortController();
    let lost: Error | null = null;
    const end = () => {
      ending.abort();
    };
    // One listener for each batch, removed afterwards: signals made of signals would be kept by the one that stays.
    this.stop.addEventListener('abort', end);
    const beat = setInterval(() => {
      fetched.heartbeat().catch((error: Error) => {
        lost ??= error;
        end();
      });
    }, this.options.heartbeatMs);
    try {
      return await work(ending.signal);
    } catch (error) {
      // The client handles its own errors.
      throw lost ?? error;
    } finally {
      clearInterval(beat);
      this.stop.removeEventListener('abort', end);
    }
  }
}

function receivedFrom(place: Place, message: KafkaMessage): ReceivedMessage {
  return { id: messageId(place, message), topic: place.topic, key: message.key, value: message.value };
}

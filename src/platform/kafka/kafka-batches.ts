import { EachBatchPayload } from 'kafkajs';
import { ReceivedMessage, RefusedMessage } from '../../shared/application/batch-handler';
import { Counter, Metrics, NoMetrics } from '../../shared/application/metrics';
import { stackOf } from '../errors/stack-of';
import { deadLetterTopic, messageId, Place, toDeadLetter } from './dead-letter';
import { KafkaProducer } from './kafka-producer';
import { FetchedMessage, UNKNOWN_OFFSET } from './record-batch';
import { RetryingHandler } from './retrying-handler';
import { Obstacle, StoppedPartitions } from './stopped-partitions';

/** How soon a partition that has stopped is tried again, and thus how soon a skip takes effect. */
const RETRY_STOPPED_MS = 10_000;
const RESULTS = ['handled', 'dead-letter', 'skipped'] as const;

export interface BatchOptions {
  /** The consumer group; dead letters name it. */
  readonly groupId: string;
  /** The series of each result exist for these before the first message. */
  readonly topics?: readonly string[];
  /** Maximum number of messages that the handler gets at a time: they share a transaction. */
  readonly maxBatch: number;
  readonly heartbeatMs: number;
  readonly retryStoppedMs?: number;
}

/**
 * Passes what the client has fetched from a partition to the handler, in batches, each committed when it is handled.
 */
export class KafkaBatches {
  private readonly messages: Counter<'topic' | 'result'>;

  constructor(
    private readonly handler: RetryingHandler,
    private readonly deadLetters: KafkaProducer,
    private readonly stopped: StoppedPartitions,
    private readonly options: BatchOptions,
    private readonly stop: AbortSignal,
    metrics: Metrics = new NoMetrics(),
  ) {
    this.messages = metrics.counter({
      name: 'lottery_kafka_messages_total',
      help: 'Messages from Kafka that are done with, by topic and what came of them: handled, dead-letter or skipped.',
      labels: ['topic', 'result'],
    });
    for (const topic of options.topics ?? []) {
      for (const result of RESULTS) this.messages.add({ topic, result }, 0);
    }
  }

  /** @throws Error if the rest must be delivered again, here or to another member of the group. */
  async handle(fetched: EachBatchPayload): Promise<void> {
    const messages = fetched.batch.messages as FetchedMessage[];
    // As few transactions as possible, of equal size: a small last one would cost as much as a large one.
    const size = Math.ceil(messages.length / Math.ceil(messages.length / this.options.maxBatch));
    for (let start = 0; start < messages.length;) {
      if (this.stop.aborted || !fetched.isRunning() || fetched.isStale()) return;
      // Where the partition had stopped, its first message is tried alone.
      const some = messages.slice(start, start + (this.stopped.isStopped(fetched.batch) ? 1 : size));
      const { count, obstacle } = await this.handleSome(fetched, some);
      start += count;
      if (obstacle === null) continue;
      const next = messages[start++] as FetchedMessage;
      const maySkip = next.offset !== UNKNOWN_OFFSET && (await this.stopped.maySkip(obstacle));
      if (!maySkip) return this.wait(fetched, obstacle);
      await this.skip(fetched, next, obstacle);
    }
  }

  /**
   * First handled, then the refused ones kept, only then committed: after a stop in between they are delivered again.
   *
   * @returns how many are done with, and at what it stopped before the next one, if at all.
   */
  private async handleSome(
    fetched: EachBatchPayload,
    some: readonly FetchedMessage[],
  ): Promise<{ count: number; obstacle: Obstacle | null }> {
    const place: Place = fetched.batch;
    const readable = some.filter((message) => message.unreadable === undefined);
    const given = new Map(readable.map((message) => [receivedFrom(place, message), message]));
    const attempts = this.stopped.isStopped(place) ? 1 : undefined;
    const { count, refused, defect } = await this.whileBeating(fetched, (stop) =>
      this.handler.handle([...given.keys()], stop, attempts),
    );
    await this.bury(place, refused, given);
    const last = some[count - 1];
    if (last !== undefined) await this.commit(fetched, last);
    this.messages.add({ topic: place.topic, result: 'handled' }, count - refused.length);
    this.messages.add({ topic: place.topic, result: 'dead-letter' }, refused.length);
    await fetched.heartbeat();
    const next = some[count];
    return { count, obstacle: next === undefined ? null : obstacleAt(place, next, defect) };
  }

  private async commit(fetched: EachBatchPayload, { offset: last }: FetchedMessage): Promise<void> {
    const { topic, partition } = fetched.batch;
    const offset = String(BigInt(last) + 1n);
    await fetched.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    fetched.resolveOffset(last);
    this.stopped.goOn(fetched.batch);
  }

  /** Nothing else of the partition is fetched until it is tried again; the other partitions go on. */
  private wait(fetched: EachBatchPayload, obstacle: Obstacle): void {
    this.stopped.stop(obstacle);
    setTimeout(fetched.pause(), this.options.retryStoppedMs ?? RETRY_STOPPED_MS).unref();
  }

  /** Told to by an operator. A message that can be read becomes a dead letter. */
  private async skip(fetched: EachBatchPayload, message: FetchedMessage, { reason }: Obstacle): Promise<void> {
    const place: Place = fetched.batch;
    if (message.unreadable === undefined) {
      const letter = toDeadLetter(place, message, reason, this.options.groupId);
      await this.deadLetters.send([{ topic: deadLetterTopic(place.topic), message: letter }]);
    }
    await this.commit(fetched, message);
    this.messages.add({ topic: place.topic, result: 'skipped' });
  }

  /** Written twice if the process ends before the commit. */
  private async bury(
    place: Place,
    refused: readonly RefusedMessage[],
    given: ReadonlyMap<ReceivedMessage, FetchedMessage>,
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

function receivedFrom(place: Place, message: FetchedMessage): ReceivedMessage {
  return { id: messageId(place, message), topic: place.topic, key: message.key, value: message.value };
}

function obstacleAt(place: Place, { offset, unreadable }: FetchedMessage, defect: Error | null): Obstacle {
  if (unreadable === undefined) return { place, offset, reason: `It cannot be handled. ${stackOf(defect)}` };
  const { firstOffset, reason } = unreadable;
  return {
    place,
    offset: firstOffset,
    reason: `The batch of messages up to offset ${offset} cannot be read: ${reason}.`,
  };
}

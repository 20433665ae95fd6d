import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Consumer } from 'kafkajs';
import { BatchHandler } from '../../shared/application/batch-handler';
import { Counter, Metrics, NoMetrics } from '../../shared/application/metrics';
import { deadLetterTopic } from './dead-letter';
import { KafkaBatches } from './kafka-batches';
import { KafkaConnection } from './kafka-connection';
import { KafkaProducer } from './kafka-producer';
import { RetryingHandler } from './retrying-handler';
import { SkipMarks } from './skip-marks';
import { StoppedPartitions } from './stopped-partitions';
import { stackOf } from '../errors/stack-of';

/** Session timeout: a consumer silent for this long counts as dead, and others take its partitions. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** Rebalance timeout: how long the group waits for its members to finish their batches. */
const REBALANCE_TIMEOUT_MS = 30_000;
/** How long a fetch waits for data; a broker answers at once if there is any. */
const MAX_WAIT_MS = 250;
/** How soon partitions that were added to a topic are read. */
const METADATA_AGE_MS = 30_000;
const RESTART_DELAY_MS = 1_000;
/** How long to wait for leaving the group. A broker that is down does not answer; the group notices by itself. */
const FAREWELL_TIMEOUT_MS = 5_000;

export interface Subscription {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Maximum number of messages that the handler gets at a time. */
  readonly maxBatch: number;
  /** How soon a partition that has stopped is tried again; ten seconds unless given. */
  readonly retryStoppedMs?: number;
}

/**
 * Passes the messages of topics to a handler, in order for each partition, each at least once: an offset is committed
 * when its message was handled or is a dead letter. Continues by itself after any outage of Kafka.
 */
export class KafkaConsumer {
  private readonly logger = new Logger('Kafka');
  private readonly stopping = new AbortController();
  private readonly batches: KafkaBatches;
  private readonly stopped: StoppedPartitions;
  private readonly interruptions: Counter<never>;
  private running: Promise<void> | null = null;

  constructor(
    private readonly connection: KafkaConnection,
    deadLetters: KafkaProducer,
    handler: BatchHandler,
    private readonly subscription: Subscription,
    metrics: Metrics = new NoMetrics(),
  ) {
    const options = { ...subscription, heartbeatMs: HEARTBEAT_MS };
    this.stopped = new StoppedPartitions(new SkipMarks(connection), subscription.topics, metrics);
    const retrying = new RetryingHandler(handler);
    this.batches = new KafkaBatches(retrying, deadLetters, this.stopped, options, this.stopping.signal, metrics);
    this.interruptions = metrics.counter({
      name: 'lottery_kafka_interruptions_total',
      help: 'How often consuming was interrupted and began anew.',
    });
  }

  /** Returns at once: Kafka may be down. */
  start(): void {
    this.running ??= this.consumeUntilStopped();
  }

  /** Resolves when the current batch is handled and committed and the group is left. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async consumeUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.consume();
      } catch (error) {
        this.interruptions.add({});
        this.logger.warn(`Consuming was interrupted; retrying in ${RESTART_DELAY_MS} ms. ${stackOf(error)}`);
        await sleep(RESTART_DELAY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** @throws the error with which the client gave up */
  private async consume(): Promise<void> {
    const { groupId, topics } = this.subscription;
    await this.connection.ensureTopics(topics.flatMap((topic) => [topic, deadLetterTopic(topic)]));
    const { signal } = this.stopping;
    if (signal.aborted) return;
    const consumer = this.connection.client.consumer({
      groupId,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_TIMEOUT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      metadataMaxAge: METADATA_AGE_MS,
      // A client that gave up is restarted here: one way to recover from any fault.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    let end = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        end = resolve;
        signal.addEventListener('abort', end);
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        // The group has shared its partitions anew: whoever has one now finds out by itself.
        consumer.on(consumer.events.GROUP_JOIN, () => this.stopped.clear());
        this.run(consumer).catch(reject);
      });
    } finally {
      signal.removeEventListener('abort', end);
      await Promise.race([consumer.disconnect(), sleep(FAREWELL_TIMEOUT_MS, undefined, { ref: false })]);
    }
  }

  private async run(consumer: Consumer): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.subscription.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (fetched) => this.batches.handle(fetched),
    });
  }
}

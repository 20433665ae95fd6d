import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Consumer } from 'kafkajs';
import { BatchHandler } from '../../shared/application/batch-handler';
import { Counter, Meters, NoMeters } from '../../shared/application/meters';
import { deadLetterTopic } from './dead-letter';
import { KafkaBatches } from './kafka-batches';
import { KafkaConnection } from './kafka-connection';
import { KafkaProducer } from './kafka-producer';
import { PatientHandler } from './patient-handler';
import { stackOf } from '../errors/stack-of';

/** A consumer that is not heard of for this long is dead, and others take its partitions. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** How long the group waits for its members to finish what they have at hand before partitions change hands. */
const REBALANCE_TIMEOUT_MS = 30_000;
/** A broker answers at once when there is something to read. */
const MAX_WAIT_MS = 250;
const RESTART_DELAY_MS = 1_000;
/** A broker that is gone does not answer a farewell; the group notices by itself. */
const FAREWELL_TIMEOUT_MS = 5_000;

export interface Subscription {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Messages that the handler gets at a time at most. */
  readonly maxBatch: number;
}

/**
 * Brings the messages of topics to a handler, those of one partition in order, each at least once: an offset is committed
 * when its message was handled or lies among the dead letters. Goes on by itself after any outage of Kafka.
 */
export class KafkaConsumer {
  private readonly logger = new Logger('Kafka');
  private readonly stopping = new AbortController();
  private readonly batches: KafkaBatches;
  private readonly interruptions: Counter<never>;
  private running: Promise<void> | null = null;

  constructor(
    private readonly connection: KafkaConnection,
    deadLetters: KafkaProducer,
    handler: BatchHandler,
    private readonly subscription: Subscription,
    meters: Meters = new NoMeters(),
  ) {
    const options = { ...subscription, heartbeatMs: HEARTBEAT_MS };
    this.batches = new KafkaBatches(new PatientHandler(handler), deadLetters, options, this.stopping.signal, meters);
    this.interruptions = meters.counter({
      name: 'lottery_kafka_interruptions_total',
      help: 'How often consuming was interrupted and began anew.',
    });
  }

  /** Returns at once: Kafka may be away. */
  start(): void {
    this.running ??= this.consumeUntilStopped();
  }

  /** Resolves when the batch at hand is handled and committed and the group is left. */
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
        this.logger.warn(`consuming was interrupted, again in ${RESTART_DELAY_MS} ms: ${stackOf(error)}`);
        await sleep(RESTART_DELAY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** @throws what made the client give up. */
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
      // Whoever gives up is started anew here: one way to come back, whatever was wrong.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    let end = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        end = resolve;
        signal.addEventListener('abort', end);
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
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

import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Metrics } from '../../shared/application/metrics';
import { hasRole, ServiceConfig } from '../../platform/config/service-config';
import { KafkaConfig } from '../../platform/kafka/kafka-config';
import { KafkaConnection } from '../../platform/kafka/kafka-connection';
import { KafkaConsumer } from '../../platform/kafka/kafka-consumer';
import { KafkaProducer } from '../../platform/kafka/kafka-producer';
import { StakeMessages } from './stake-messages';

const TOPIC = 'player.v1.staked';
const GROUP = 'lottery_service_consumer_group';
/**
 * Stakes of one batch. Five thousand would take as many per second, but hold the journal, which all draws need, five
 * times as long.
 */
const MAX_BATCH = 1_000;

/** Takes stakes from Kafka if brokers are configured. */
@Injectable()
export class StakeConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private consumer: KafkaConsumer | null = null;
  private deadLetters: KafkaProducer | null = null;

  constructor(
    private readonly kafka: KafkaConfig,
    private readonly service: ServiceConfig,
    private readonly messages: StakeMessages,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.kafka.KAFKA_BROKERS === undefined || !hasRole(this.service, 'consumer')) return;
    const connection = new KafkaConnection(this.kafka);
    this.deadLetters = new KafkaProducer(connection);
    const subscription = { groupId: GROUP, topics: [TOPIC], maxBatch: MAX_BATCH };
    this.consumer = new KafkaConsumer(connection, this.deadLetters, this.messages, subscription, this.metrics);
    this.consumer.start();
  }

  /** Finishes the current batch while the database is still connected. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.consumer?.stop();
    await this.deadLetters?.close();
  }
}

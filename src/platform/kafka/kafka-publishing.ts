import { Injectable, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { EventChannels } from '../../shared/application/event-channels';
import { hasRole, ServiceConfig } from '../config/service-config';
import { EventRoutes } from './event-routes';
import { KafkaConfig } from './kafka-config';
import { KafkaConnection } from './kafka-connection';
import { KafkaEventPublisher } from './kafka-event-publisher';
import { KafkaProducer } from './kafka-producer';

/** Publishes events through Kafka if brokers are configured. Kafka is optional. */
@Injectable()
export class KafkaPublishing implements OnModuleInit, OnApplicationShutdown {
  private publisher: KafkaEventPublisher | null = null;

  constructor(
    private readonly kafka: KafkaConfig,
    private readonly service: ServiceConfig,
    private readonly channels: EventChannels,
    private readonly routes: EventRoutes,
  ) {}

  onModuleInit(): void {
    if (this.kafka.KAFKA_BROKERS === undefined || !hasRole(this.service, 'relay')) return;
    const producer = new KafkaProducer(new KafkaConnection(this.kafka));
    this.publisher = new KafkaEventPublisher(producer, this.routes, this.service.ORIGIN);
    this.channels.publishThrough(this.publisher);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.publisher?.close();
  }
}

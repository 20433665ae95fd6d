import { Injectable, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { EventChannels } from '../../shared/application/event-channels';
import { Config, hasRole } from '../config/config';
import { EventRoutes } from './event-routes';
import { KafkaConnection } from './kafka-connection';
import { KafkaEventPublisher } from './kafka-event-publisher';
import { KafkaProducer } from './kafka-producer';

/** Publishes events through Kafka if brokers are configured. Kafka is optional. */
@Injectable()
export class KafkaPublishing implements OnModuleInit, OnApplicationShutdown {
  private publisher: KafkaEventPublisher | null = null;

  constructor(
    private readonly config: Config,
    private readonly channels: EventChannels,
    private readonly routes: EventRoutes,
  ) {}

  onModuleInit(): void {
    if (this.config.KAFKA_BROKERS === undefined || !hasRole(this.config, 'relay')) return;
    const producer = new KafkaProducer(new KafkaConnection(this.config));
    this.publisher = new KafkaEventPublisher(producer, this.routes, this.config.ORIGIN);
    this.channels.publishThrough(this.publisher);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.publisher?.close();
  }
}

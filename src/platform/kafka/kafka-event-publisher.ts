import { EventPublisher } from '../../shared/application/event-publisher';
import { StoredEvent } from '../../shared/application/outbox';
import { EventRoutes } from './event-routes';
import { eventMessage } from './kafka-event-message';
import { KafkaProducer } from './kafka-producer';

/** Publishes events through Kafka. */
export class KafkaEventPublisher extends EventPublisher {
  constructor(
    private readonly producer: KafkaProducer,
    private readonly routes: EventRoutes,
    private readonly origin: string,
  ) {
    super();
  }

  async publish(events: readonly StoredEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.producer.send(events.map((event) => eventMessage(event, this.routes.of(event.type), this.origin)));
  }

  /** Called when the service stops. */
  async close(): Promise<void> {
    await this.producer.close();
  }
}

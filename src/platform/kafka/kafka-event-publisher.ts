import { EventPublisher } from '../../shared/application/event-publisher';
import { StoredEvent } from '../../shared/application/outbox';
import { eventMessage } from './kafka-event-message';
import { KafkaProducer } from './kafka-producer';

/** Publishes events through Kafka. */
export class KafkaEventPublisher extends EventPublisher {
  constructor(
    private readonly producer: KafkaProducer,
    private readonly origin: string,
  ) {
    super();
  }

  async publish(events: readonly StoredEvent[]): Promise<void> {
    if (events.length > 0) await this.producer.send(events.map((event) => eventMessage(event, this.origin)));
  }

  /** Called when the service stops. */
  async close(): Promise<void> {
    await this.producer.close();
  }
}

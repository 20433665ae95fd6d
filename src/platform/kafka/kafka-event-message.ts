import { StoredEvent } from '../../shared/application/outbox';
import type { EventRoute } from './event-routes';
import { TopicMessage } from './kafka-producer';

/**
 * The event as a CloudEvent 1.0 in Kafka's binary mode (Kafka Protocol Binding for CloudEvents, section 3.2). Its key
 * is the aggregate, so that the events of one aggregate share a partition and keep their order.
 *
 * @param source the service's origin.
 */
export function eventMessage(event: StoredEvent, { topic, value }: EventRoute, source: string): TopicMessage {
  const { id, type, aggregateId, aggregateVersion, occurredAt, payload } = event;
  return {
    topic,
    message: {
      key: aggregateId,
      value: JSON.stringify(value ? value(payload) : payload),
      headers: {
        ce_specversion: '1.0',
        ce_id: id,
        ce_source: source,
        ce_type: type,
        ce_time: occurredAt.toISOString(),
        ce_subject: aggregateId,
        ce_aggregateversion: String(aggregateVersion),
        'content-type': 'application/json',
        // For consumers without CloudEvents; the service identifies incoming messages by the same header.
        uuid: id,
      },
    },
  };
}

import { StoredEvent } from '../../shared/application/outbox';
import { TopicMessage } from './kafka-producer';

type Payload = StoredEvent['payload'];

interface Route {
  readonly topic: string;
  /** The value of the message; without it, the unchanged payload. */
  readonly value?: (payload: Payload) => unknown;
}

/**
 * Topics of events that do not go to the topic of their kind (`lottery.v1.<part before the dot>`). A topic and the
 * shape of its values are a contract with its consumers: `v1` becomes `v2` before either changes.
 */
const ROUTES: Readonly<Record<string, Route>> = {
  'pool.awarded': {
    topic: 'lottery.v1.award',
    value: (award) => ({ message: { eventType: 'lotteryAwardCreated' }, award }),
  },
};

/**
 * The event as a CloudEvent 1.0 in Kafka's binary mode (Kafka Protocol Binding for CloudEvents, section 3.2). Its key
 * is the aggregate, so that the events of one aggregate share a partition and keep their order.
 *
 * @param source the service's origin.
 */
export function eventMessage(event: StoredEvent, source: string): TopicMessage {
  const { id, type, aggregateId, aggregateVersion, occurredAt, payload } = event;
  const { topic, value = (whole: Payload): unknown => whole } = ROUTES[type] ?? { topic: topicOfKind(type) };
  return {
    topic,
    message: {
      key: aggregateId,
      value: JSON.stringify(value(payload)),
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

function topicOfKind(type: string): string {
  return `lottery.v1.${type.slice(0, type.indexOf('.'))}`;
}

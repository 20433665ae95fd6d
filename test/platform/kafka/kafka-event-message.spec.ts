import { EventRoutes } from '../../../src/platform/kafka/event-routes';
import { eventMessage } from '../../../src/platform/kafka/kafka-event-message';
import type { StoredEvent } from '../../../src/shared/application/outbox';

const EVENT: StoredEvent = {
  id: '018f0000-0000-7000-8000-000000000001',
  type: 'pool.awarded',
  aggregateId: '018f0000-0000-7000-8000-000000000002',
  aggregateVersion: 4,
  payload: { poolId: '018f0000-0000-7000-8000-000000000002', winSum: '49', note: 'ä' },
  occurredAt: new Date('2026-03-04T05:06:07.089Z'),
};
const HEADERS = {
  ce_specversion: '1.0',
  ce_id: '018f0000-0000-7000-8000-000000000001',
  ce_source: 'lottery.test',
  ce_type: 'pool.awarded',
  ce_time: '2026-03-04T05:06:07.089Z',
  ce_subject: '018f0000-0000-7000-8000-000000000002',
  ce_aggregateversion: '4',
  'content-type': 'application/json',
  uuid: '018f0000-0000-7000-8000-000000000001',
};

describe('an event as a message of Kafka', () => {
  let routes: EventRoutes;
  const message = () => eventMessage(EVENT, routes.of(EVENT.type), 'lottery.test');

  beforeEach(() => {
    routes = new EventRoutes();
  });

  it('goes to the topic of its kind as it is', () => {
    expect(message()).toEqual({
      topic: 'lottery.v1.pool',
      message: {
        key: EVENT.aggregateId,
        value: '{"poolId":"018f0000-0000-7000-8000-000000000002","winSum":"49","note":"ä"}',
        headers: HEADERS,
      },
    });
  });

  it('goes where its module sends it, in the words of those who read it there', () => {
    routes.add('pool.awarded', { topic: 'other.v1.topic', value: ({ winSum }) => ({ sum: winSum }) });
    routes.add('pool.drawn', { topic: 'lottery.v1.drawn' });
    expect(message()).toEqual({
      topic: 'other.v1.topic',
      message: { key: EVENT.aggregateId, value: '{"sum":"49"}', headers: HEADERS },
    });
    expect(routes.of('pool.drawn')).toEqual({ topic: 'lottery.v1.drawn' });
  });

  it('goes one way: a second route of a type is refused', () => {
    routes.add('pool.awarded', { topic: 'one' });
    expect(() => routes.add('pool.awarded', { topic: 'another' })).toThrow('there is one route of pool.awarded');
  });
});

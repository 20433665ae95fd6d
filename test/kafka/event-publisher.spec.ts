import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '../../src/shared/application/outbox';
import { EventRoutes } from '../../src/platform/kafka/event-routes';
import { KafkaEventPublisher } from '../../src/platform/kafka/kafka-event-publisher';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { AwardRoute } from '../../src/pool/infrastructure/award-route';
import { connect, readAll, TestMessage, unused } from './support/kafka';

const connection = connect();
const producer = new KafkaProducer(connection);
const routes = new EventRoutes();
new AwardRoute(routes).onModuleInit();
const publisher = new KafkaEventPublisher(producer, routes, 'lottery.test');

/** A kind of its own gives each test a topic of its own: `lottery.v1.<kind>`. */
const newKind = () => unused('kind').replace('.', '-');

function event(type: string, change: Partial<StoredEvent> = {}): StoredEvent {
  const occurredAt = new Date('2026-03-04T05:06:07.089Z');
  return { id: randomUUID(), type, aggregateId: 'a', aggregateVersion: 1, payload: {}, occurredAt, ...change };
}

describe('publish events to Kafka', () => {
  afterAll(() => publisher.close());

  it('writes an event as CloudEvents 1.0 has it, to the topic of its kind, which it creates', async () => {
    const kind = newKind();
    const drawn = event(`${kind}.drawn`, { aggregateId: '2026-03-04', aggregateVersion: 3, payload: { winner: 'ä' } });
    await publisher.publish([drawn]);
    const [message] = await readAll(connection, `lottery.v1.${kind}`, 1);
    const headers = Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]);
    expect(Object.fromEntries(headers)).toEqual({
      ce_specversion: '1.0',
      ce_id: drawn.id,
      ce_source: 'lottery.test',
      ce_type: `${kind}.drawn`,
      ce_time: '2026-03-04T05:06:07.089Z',
      ce_subject: '2026-03-04',
      ce_aggregateversion: '3',
      'content-type': 'application/json',
      uuid: drawn.id,
    });
    expect(String(message?.key)).toBe('2026-03-04');
    expect(String(message?.value)).toBe('{"winner":"ä"}');
  });

  it('tells an award to lottery.v1.award in the words of the player service', async () => {
    const award = { id: randomUUID(), winSum: '90' };
    const awarded = event('pool.awarded', { aggregateId: randomUUID(), payload: award });
    await publisher.publish([awarded]);
    const isOwn = ({ key }: TestMessage) => String(key) === awarded.aggregateId;
    const messages = await readAll(connection, 'lottery.v1.award', (found) => found.some(isOwn));
    expect(JSON.parse(String(messages.find(isOwn)?.value))).toEqual({
      message: { eventType: 'lotteryAwardCreated' },
      award,
    });
  });

  it('keeps the order of each aggregate, whoever publishes at the same time, and one partition for each', async () => {
    const kind = newKind();
    const aggregates = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await Promise.all(
      aggregates.map(async (aggregateId) => {
        for (let version = 1; version <= 30; version += 3) {
          const versions = [version, version + 1, version + 2];
          await publisher.publish(
            versions.map((aggregateVersion) => event(`${kind}.moved`, { aggregateId, aggregateVersion })),
          );
        }
      }),
    );
    const messages = await readAll(connection, `lottery.v1.${kind}`, aggregates.length * 30);
    for (const aggregate of aggregates) {
      const own = messages.filter(({ key }) => String(key) === aggregate);
      const versions = own.map(({ headers }) => Number(headers?.['ce_aggregateversion']));
      expect(versions).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
    }
    expect(new Set(messages.map(({ partition }) => partition)).size).toBeGreaterThan(1);
  });

  it('cuts what is more than a broker takes at a time', async () => {
    const kind = newKind();
    const payload = { text: 'x'.repeat(100_000) };
    await publisher.publish(Array.from({ length: 30 }, () => event(`${kind}.grown`, { payload })));
    expect(await readAll(connection, `lottery.v1.${kind}`, 30)).toHaveLength(30);
  });

  it('rejects what no broker takes, and goes on with what comes next', async () => {
    const kind = newKind();
    const huge = event(`${kind}.grown`, { payload: { text: 'x'.repeat(2_000_000) } });
    await expect(publisher.publish([huge])).rejects.toThrow();
    await publisher.publish([event(`${kind}.shrunk`)]);
    expect(await readAll(connection, `lottery.v1.${kind}`, 1)).toHaveLength(1);
  });

  it('publishes nothing without asking Kafka', async () => {
    const nowhere = new KafkaEventPublisher(new KafkaProducer(connect('127.0.0.1:1')), routes, 'lottery.test');
    await nowhere.publish([]);
    await expect(nowhere.publish([event('lottery.drawn')])).rejects.toThrow();
  });
});

import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { StoredEvent } from '../../src/shared/application/outbox';
import type { KafkaConnection } from '../../src/platform/kafka/kafka-connection';
import { KafkaConsumer } from '../../src/platform/kafka/kafka-consumer';
import { EventRoutes } from '../../src/platform/kafka/event-routes';
import { KafkaEventPublisher } from '../../src/platform/kafka/kafka-event-publisher';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { pause } from '../support/pause';
import { Broker } from './support/broker';
import { connect, until, unused } from './support/kafka';
import { InboxHandler } from './support/inbox-handler';

const KEYS = 16;
const BATCH = 50;
const KILLS = 3;
/** Longer than a send is tried, so that some are given up and published again. */
const OUTAGE_MS = 7_000;

/**
 * As a relay does: one batch after another, each until it is accepted. Value i of the whole stream has key i mod KEYS.
 */
class Traffic {
  sent = 0;
  rejected = 0;
  private stopped = false;
  private readonly running: Promise<void>;

  constructor(publisher: KafkaEventPublisher, kind: string) {
    this.running = this.run(publisher, kind);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(publisher: KafkaEventPublisher, kind: string): Promise<void> {
    while (!this.stopped) {
      const events = Array.from({ length: BATCH }, (_, i) => eventOf(kind, this.sent + i));
      while (!(await accepted(publisher, events))) {
        this.rejected++;
        if (this.stopped) return;
      }
      this.sent += BATCH;
      await pause(5);
    }
  }
}

function eventOf(kind: string, n: number): StoredEvent {
  const aggregateVersion = Math.floor(n / KEYS) + 1;
  const payload = n as unknown as StoredEvent['payload'];
  const occurredAt = new Date();
  return {
    id: randomUUID(),
    type: `${kind}.moved`,
    aggregateId: `key ${n % KEYS}`,
    aggregateVersion,
    payload,
    occurredAt,
  };
}

function accepted(publisher: KafkaEventPublisher, events: readonly StoredEvent[]): Promise<boolean> {
  return publisher.publish(events).then(
    () => true,
    () => pause(100).then(() => false),
  );
}

/** Each once, in order for each key. */
async function expectEachOnce(handler: InboxHandler, sent: number): Promise<void> {
  const effects = await handler.effects();
  for (let key = 0; key < KEYS; key++) {
    const expected = Array.from({ length: Math.ceil((sent - key) / KEYS) }, (_, i) => i * KEYS + key);
    expect(effects.get(`key ${key}`)).toEqual(expected);
  }
  expect(handler.delivered).toBeGreaterThanOrEqual(sent);
}

describe('Kafka with faults', () => {
  let handler: InboxHandler;
  const consumers: KafkaConsumer[] = [];
  const publishers: KafkaEventPublisher[] = [];
  const traffics: Traffic[] = [];

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(async () => {
    handler = await InboxHandler.create();
  });
  afterEach(async () => {
    await Promise.all(traffics.splice(0).map((traffic) => traffic.stop()));
    await Promise.all(publishers.splice(0).map((publisher) => publisher.close()));
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    await handler.database.drop();
  });

  function consume(connection: KafkaConnection, topic: string): KafkaConsumer {
    const subscription = { groupId: `group.${topic}`, topics: [topic], maxBatch: 100 };
    const consumer = new KafkaConsumer(connection, new KafkaProducer(connection), handler, subscription);
    consumer.start();
    consumers.push(consumer);
    return consumer;
  }

  function send(connection: KafkaConnection, kind: string): Traffic {
    const publisher = new KafkaEventPublisher(new KafkaProducer(connection), new EventRoutes(), 'lottery.test');
    const traffic = new Traffic(publisher, kind);
    publishers.push(publisher);
    traffics.push(traffic);
    return traffic;
  }

  const ownBrokers = process.env['OWN_BROKERS'] === 'true' ? it : it.skip;
  ownBrokers(`loses nothing and doubles nothing while the broker is killed ${KILLS} times`, async () => {
    const broker = await Broker.start();
    try {
      const connection = connect(broker.address);
      consume(connection, 'lottery.v1.kind');
      const traffic = send(connection, 'kind');
      for (let i = 0; i < KILLS; i++) {
        await pause(2_000);
        await broker.kill();
        await pause(i === 0 ? OUTAGE_MS : 500);
        const before = traffic.sent;
        await broker.restart();
        await until(() => traffic.sent > before + 10 * BATCH);
      }
      await traffic.stop();
      await until(async () => (await handler.count()) >= traffic.sent);
      expect(traffic.rejected).toBeGreaterThan(0);
      await expectEachOnce(handler, traffic.sent);
    } finally {
      await broker.remove();
    }
  });

  it('shares the partitions anew when consumers come and go; each message takes effect once', async () => {
    const connection = connect();
    const kind = unused('kind').replace('.', '-');
    const first = consume(connection, `lottery.v1.${kind}`);
    const traffic = send(connection, kind);
    await pause(2_000);
    const second = consume(connection, `lottery.v1.${kind}`);
    await pause(3_000);
    await first.stop();
    consume(connection, `lottery.v1.${kind}`);
    await pause(3_000);
    await second.stop();
    await pause(2_000);
    await traffic.stop();
    await until(async () => (await handler.count()) >= traffic.sent);
    await expectEachOnce(handler, traffic.sent);
  });
});

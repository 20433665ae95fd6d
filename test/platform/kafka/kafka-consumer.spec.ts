import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { KafkaConsumer } from '../../../src/platform/kafka/kafka-consumer';
import type { KafkaProducer } from '../../../src/platform/kafka/kafka-producer';
import { comesTrue, until } from '../../support/until';

/** A cluster that says when: what it is asked for comes true when the test says so. */
class Cluster {
  asked = 0;
  answer: () => void = () => undefined;
  readonly listeners = new Map<string, (event: { payload: { error: Error } }) => void>();
  readonly connection = {
    ensureTopics: () => new Promise<void>((done) => ((this.answer = done), this.asked++)),
    client: {
      consumer: () => ({
        events: { CRASH: 'crash', GROUP_JOIN: 'join' },
        on: this.listeners.set.bind(this.listeners),
        connect: () => Promise.resolve(),
        subscribe: () => Promise.resolve(),
        run: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
      }),
    },
  } as unknown as KafkaConnection;
}

describe('a consumer of Kafka', () => {
  let cluster: Cluster;
  let consumer: KafkaConsumer;

  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  beforeEach(async () => {
    cluster = new Cluster();
    const handler = { handle: () => Promise.resolve([]) };
    const subscription = { groupId: 'group', topics: ['topic'], maxBatch: 1 };
    consumer = new KafkaConsumer(cluster.connection, {} as KafkaProducer, handler, subscription);
    consumer.start();
    await until(() => cluster.asked === 1);
  });

  const stops = async (): Promise<boolean> => {
    let stopped = false;
    const stop = consumer.stop().then(() => (stopped = true));
    cluster.answer();
    const came = await comesTrue(() => stopped, 2_000);
    if (came) await stop;
    return came;
  };

  it('stops also while it makes sure of its topics', async () => {
    expect(await stops()).toBe(true);
  });

  it('leaves nothing behind where it starts anew', async () => {
    cluster.answer();
    await turn();
    cluster.listeners.get('crash')?.({ payload: { error: new Error('the broker is gone') } });
    await until(() => cluster.asked === 2);
    expect(getEventListeners(consumer['stopping'].signal, 'abort')).toEqual([]);
    expect(await stops()).toBe(true);
  });
});

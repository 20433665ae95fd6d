import { Logger } from '@nestjs/common';
import { Partitioners } from 'kafkajs';
import { Metrics, NoMetrics, Sample } from '../../src/shared/application/metrics';
import { KafkaConnection } from '../../src/platform/kafka/kafka-connection';
import { KafkaConsumer } from '../../src/platform/kafka/kafka-consumer';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { Broker } from './support/broker';
import { connect, Recorder, until, unused } from './support/kafka';

describe('a partition without a leader', () => {
  const topic = unused('topic');
  let first: Broker;
  let second: Broker;
  let connection: KafkaConnection;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    first = await Broker.start();
    second = await first.addBroker();
    connection = connect(first.address);
    const replicaAssignment = [1, 2].map((node, partition) => ({ partition, replicas: [node] }));
    await connection.asAdmin((admin) => admin.createTopics({ topics: [{ topic, replicaAssignment }] }));
  });
  afterAll(async () => {
    await second.remove();
    await first.remove();
  });

  async function send(partition: number, value: string): Promise<void> {
    const raw = connection.client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await raw.connect();
    await raw.send({ topic, messages: [{ partition, value }] });
    await raw.disconnect();
  }

  it('is named and counted, and the others go on; it goes on once it has a leader', async () => {
    await send(1, 'of the second');
    await second.kill();
    await until(async () => {
      const [known] = (await connection.asAdmin((admin) => admin.fetchTopicMetadata({ topics: [topic] }))).topics;
      return known?.partitions.some(({ leader }) => leader < 0) === true;
    });
    let read: () => readonly Sample<string>[] | Promise<readonly Sample<string>[]> = () => [];
    const gauge = (_: unknown, sample: typeof read) => void (read = sample);
    const metrics = Object.assign(new NoMetrics(), { gauge }) as Metrics;
    const recorder = new Recorder();
    const producer = new KafkaProducer(connection);
    const subscription = { groupId: `group.${topic}`, topics: [topic], maxBatch: 100 };
    const consumer = new KafkaConsumer(connection, producer, recorder, subscription, metrics);
    consumer.start();
    try {
      await send(0, 'of the first');
      await until(() => recorder.handled.includes('of the first'), 20_000);
      expect(await read()).toMatchObject([{ value: 1 }]);
      await second.restart();
      await until(() => recorder.handled.includes('of the second'));
      expect(await read()).toMatchObject([{ value: 0 }]);
      expect(recorder.handled).toEqual(['of the first', 'of the second']);
    } finally {
      await consumer.stop();
      await producer.close();
    }
  });
});

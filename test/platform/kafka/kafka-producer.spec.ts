import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { KafkaProducer } from '../../../src/platform/kafka/kafka-producer';

describe('a producer for Kafka', () => {
  it('makes sure of its topics again after a failure: they may be gone', async () => {
    const ensured: string[] = [];
    let fails = false;
    const producer = new KafkaProducer({
      ensureTopics: (topics: readonly string[]) => (ensured.push(...topics), Promise.resolve()),
      client: {
        producer: () => ({
          connect: () => Promise.resolve(),
          disconnect: () => Promise.resolve(),
          sendBatch: () => (fails ? Promise.reject(new Error('there is no such topic')) : Promise.resolve()),
        }),
      },
    } as unknown as KafkaConnection);
    const send = () => producer.send([{ topic: 'topic', message: { value: 'v' } }]);
    await send();
    await send();
    expect(ensured).toEqual(['topic']);
    fails = true;
    await expect(send()).rejects.toThrow('there is no such topic');
    fails = false;
    await send();
    expect(ensured).toEqual(['topic', 'topic']);
  });
});

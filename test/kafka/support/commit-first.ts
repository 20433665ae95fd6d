import type { Consumer, ConsumerConfig, ConsumerRunConfig } from 'kafkajs';
import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';

/** A planted bug: what was fetched counts as handled before it is. */
export function commitFirst(connection: KafkaConnection): KafkaConnection {
  const consumer = (config: ConsumerConfig): Consumer => {
    const real = connection.client.consumer(config);
    const run = (how: ConsumerRunConfig = {}): Promise<void> =>
      real.run({
        ...how,
        eachBatch: async (fetched) => {
          const { topic, partition } = fetched.batch;
          const offset = String(BigInt(fetched.batch.lastOffset()) + 1n);
          await real.commitOffsets([{ topic, partition, offset }]);
          await how.eachBatch?.(fetched);
        },
      });
    return { ...real, run };
  };
  const client = Object.assign(Object.create(connection.client) as KafkaConnection['client'], { consumer });
  const planted: Pick<KafkaConnection, 'client' | 'ensureTopics'> = {
    client,
    ensureTopics: (topics) => connection.ensureTopics(topics),
  };
  return planted as KafkaConnection;
}

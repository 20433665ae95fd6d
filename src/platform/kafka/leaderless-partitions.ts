import { createRequire } from 'node:module';
import { Logger } from '@nestjs/common';
import { invariant } from '../../shared/domain/invariant';

const LEADER_NOT_AVAILABLE = 5;
const REMIND_MS = 60_000;

interface PartitionMetadata {
  readonly partitionId: number;
  readonly partitionErrorCode: number;
  readonly leader: number;
}

interface TopicMetadata {
  readonly topic: string;
  readonly partitionMetadata: readonly PartitionMetadata[];
}

interface Metadata {
  readonly topicMetadata: readonly TopicMetadata[];
}

interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number }[];
}

interface Cluster {
  findTopicPartitionMetadata(topic: string): readonly PartitionMetadata[];
  fetchTopicsOffset: (this: Cluster, topics: readonly TopicPartitions[]) => Promise<unknown>;
}

const requireOf = createRequire(__filename);
/** How the client reads the answers to Metadata requests of version 6, which all brokers since Kafka 2.0 speak. */
const client = requireOf('kafkajs/src/protocol/requests/metadata/v6/response') as {
  parse: (metadata: Metadata) => Promise<Metadata>;
};
const { prototype: cluster } = requireOf('kafkajs/src/cluster') as { readonly prototype: Cluster };
const { parse } = client;
const { fetchTopicsOffset } = cluster;

const logger = new Logger('Kafka');
/** By topic, as the last answer says; topics that have some. */
const leaderless = new Map<string, { readonly partitions: readonly number[]; readonly saidAt: number }>();

/** How many partitions of the topic nobody can read or write now. */
export function leaderlessPartitionsOf(topic: string): number {
  return leaderless.get(topic)?.partitions.length ?? 0;
}

/**
 * Makes the client use a topic of which some partitions have no leader, as when the only broker that holds them is
 * down; it would refuse the whole topic. A topic without any leader, as one that was just created, is refused.
 */
export function useTopicsWithoutAllLeaders(): void {
  invariant(
    typeof parse === 'function' && typeof fetchTopicsOffset === 'function',
    'kafkajs reads metadata as version 2.2.4 does',
  );
  client.parse = (metadata) =>
    parse({ ...metadata, topicMetadata: metadata.topicMetadata.map((topic) => withoutFaults(topic)) });
  // No broker knows their offsets. The client begins with the first one when there is a leader.
  cluster.fetchTopicsOffset = function (topics) {
    const known = topics.map((one) => {
      const led = new Set(this.findTopicPartitionMetadata(one.topic).flatMap(idIfLed));
      return { ...one, partitions: one.partitions.filter(({ partition }) => led.has(partition)) };
    });
    return fetchTopicsOffset.call(this, known);
  };
}

function withoutFaults(topic: TopicMetadata): TopicMetadata {
  const isLeaderless = ({ partitionErrorCode: code }: PartitionMetadata) => code === LEADER_NOT_AVAILABLE;
  const missing = topic.partitionMetadata.filter(isLeaderless).map(({ partitionId }) => partitionId);
  note(topic.topic, missing);
  if (missing.length === 0 || missing.length === topic.partitionMetadata.length) return topic;
  const partitionMetadata = topic.partitionMetadata.map((one) =>
    isLeaderless(one) ? { ...one, partitionErrorCode: 0, leader: -1 } : one,
  );
  return { ...topic, partitionMetadata };
}

function note(topic: string, partitions: readonly number[]): void {
  const known = leaderless.get(topic);
  if (partitions.length === 0) {
    if (leaderless.delete(topic)) logger.log(`All partitions of ${topic} have a leader again.`);
    return;
  }
  const isTold = known !== undefined && Date.now() - known.saidAt < REMIND_MS;
  leaderless.set(topic, { partitions, saidAt: isTold ? known.saidAt : Date.now() });
  if (isTold) return;
  logger.error(`Partitions ${partitions.join(', ')} of ${topic} have no leader: nobody reads or writes them.`);
}

function idIfLed({ partitionId, leader }: PartitionMetadata): number[] {
  return leader >= 0 ? [partitionId] : [];
}

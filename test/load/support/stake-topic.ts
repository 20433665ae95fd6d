import type { Stake } from '../../../src/pool/pool.api';
import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { KafkaProducer, TopicMessage } from '../../../src/platform/kafka/kafka-producer';
import type { StakeSource } from './stake-source';

export const STAKES = 'player.v1.staked';
const GROUP = 'lottery_service_consumer_group';
const AT_A_TIME = 2_000;

/** A game service announces so many stakes, as fast as the broker takes them. */
export async function announce(connection: KafkaConnection, source: StakeSource, count: number): Promise<void> {
  const producer = new KafkaProducer(connection);
  for (let sent = 0; sent < count; sent += AT_A_TIME) {
    await producer.send(source.next(Math.min(AT_A_TIME, count - sent)).map(messageOf));
  }
  await producer.close();
}

/** How many stakes the service has taken and committed. */
export async function taken(connection: KafkaConnection): Promise<number> {
  return withAdmin(connection, async (admin) => {
    const [offsets] = await admin.fetchOffsets({ groupId: GROUP, topics: [STAKES] });
    return sum((offsets?.partitions ?? []).map(({ offset }) => Math.max(0, Number(offset))));
  });
}

/** How many messages these topics have had. */
export async function messagesIn(connection: KafkaConnection, topics: readonly string[]): Promise<number> {
  return withAdmin(connection, async (admin) => {
    const known = new Set(await admin.listTopics());
    let messages = 0;
    for (const topic of topics.filter((name) => known.has(name))) {
      // A topic that was just created has no leaders yet.
      const offsets = await admin.fetchTopicOffsets(topic).catch(() => []);
      messages += sum(offsets.map(({ high }) => Number(high)));
    }
    return messages;
  });
}

type Admin = ReturnType<KafkaConnection['client']['admin']>;

async function withAdmin<T>(connection: KafkaConnection, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = connection.client.admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function messageOf({ messageId, userId, gameId, stakeMinor }: Stake): TopicMessage {
  const game = { playerId: userId, gameId, stake: stakeMinor.toString() };
  const value = JSON.stringify({ message: { eventType: 'player.stakeCreated' }, game });
  return { topic: STAKES, message: { key: gameId, value, headers: { uuid: messageId } } };
}

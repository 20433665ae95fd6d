import { randomUUID } from 'node:crypto';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { startTestApp, TestApp } from '../support/test-app';
import { connect, readAll, until } from './support/kafka';

const STAKES = 'player.v1.staked';
const AWARDS = 'lottery.v1.award';

describe('a game service that announces stakes through Kafka', () => {
  const connection = connect();
  const producer = new KafkaProducer(connection);
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ KAFKA_BROKERS: process.env['KAFKA_BROKERS'] as string, KAFKA_TOPIC_PARTITIONS: '4' });
  }, 60_000);

  afterAll(async () => {
    await app.close();
    await producer.close();
  });

  const announce = async (gameId: string, stakes: readonly { uuid: string; playerId: string; stake: unknown }[]) => {
    await connection.ensureTopics([STAKES]);
    await producer.send(
      stakes.map(({ uuid, playerId, stake }) => ({
        topic: STAKES,
        message: {
          key: gameId,
          value: JSON.stringify({ message: { eventType: 'player.stakeCreated' }, game: { playerId, gameId, stake } }),
          headers: { uuid },
        },
      })),
    );
  };

  const count = async (question: string, gameId: string) => {
    const [row] = await app.database.dataSource.query<[{ n: string }]>(question, [gameId]);
    return Number(row.n);
  };
  const entriesOf = (gameId: string) =>
    count('select count(*) n from pool_entries e join pools p on p.id = e.pool_id where p.game_id = $1', gameId);

  it('gets every ten of them drawn, and each award back; a message that comes twice counts once', async () => {
    const gameId = randomUUID();
    const stakes = Array.from({ length: 25 }, (_, i) => ({
      uuid: randomUUID(),
      playerId: randomUUID(),
      stake: `${100 + i}`,
    }));
    await announce(gameId, stakes);
    await announce(gameId, stakes.slice(5, 15));
    await until(async () => (await entriesOf(gameId)) === 25);
    const awards = await readAll(
      connection,
      AWARDS,
      (found) => found.filter(({ value }) => String(value).includes(gameId)).length === 2,
    );
    const own = awards.filter(({ value }) => String(value).includes(gameId));
    for (const { value, headers } of own) {
      const { message, award } = JSON.parse(String(value));
      expect(message).toEqual({ eventType: 'lotteryAwardCreated' });
      expect(stakes.map(({ playerId }) => playerId)).toContain(award.playerId);
      expect(String(headers?.['ce_type'])).toBe('pool.awarded');
    }
    expect(await entriesOf(gameId)).toBe(25);
  }, 120_000);

  it('finds what nobody can read among the dead letters, and the rest in a pool', async () => {
    const gameId = randomUUID();
    const good = { uuid: randomUUID(), playerId: randomUUID(), stake: 7 };
    const bad = { uuid: randomUUID(), playerId: randomUUID(), stake: -7 };
    await announce(gameId, [bad, good]);
    await until(async () => (await entriesOf(gameId)) === 1);
    const letters = await readAll(connection, `${STAKES}.dlq`, (found) =>
      found.some(({ value }) => String(value).includes(gameId)),
    );
    const letter = letters.find(({ value }) => String(value).includes(gameId));
    expect(String(letter?.headers?.['uuid'])).toBe(bad.uuid);
  }, 120_000);
});

import { Logger } from '@nestjs/common';
import type { BatchHandler, ReceivedMessage } from '../../src/shared/application/batch-handler';
import { deadLetterTopic } from '../../src/platform/kafka/dead-letter';
import { KafkaConnection } from '../../src/platform/kafka/kafka-connection';
import { KafkaConsumer } from '../../src/platform/kafka/kafka-consumer';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { pause } from '../support/pause';
import { commitFirst } from './support/commit-first';
import { committed, connect, readAll, Recorder, until, unused } from './support/kafka';

const connection = connect();
const producer = new KafkaProducer(connection);

const texts = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `m${i + from}`);

async function send(topic: string, values: readonly string[], key = 'k'): Promise<void> {
  await producer.send(
    values.map((value) => ({ topic, message: { key, value, headers: { uuid: `id-${value}`, trace: 't' } } })),
  );
}

function consumerOf(
  topic: string,
  handler: BatchHandler,
  { groupId = 'group', maxBatch = 10, through = connection } = {},
): KafkaConsumer {
  return new KafkaConsumer(through, producer, handler, { groupId: `${groupId}.${topic}`, topics: [topic], maxBatch });
}

async function during(consumer: KafkaConsumer, work: () => Promise<void>): Promise<void> {
  consumer.start();
  try {
    await work();
  } finally {
    await consumer.stop();
  }
}

describe('consume from Kafka', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => producer.close());

  it('hands over key, value and id, in order and in batches that are not too large', async () => {
    const topic = unused('topic');
    await send(topic, texts(25));
    await producer.send([{ topic, message: { key: 'k', value: null } }]);
    const batches: (readonly ReceivedMessage[])[] = [];
    const recorder = new Recorder(async (messages) => (batches.push(messages), []));
    await during(consumerOf(topic, recorder), () => until(() => recorder.handled.length === 26));
    expect(recorder.handled).toEqual([...texts(25), 'null']);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(10);
    const messages = batches.flat();
    expect(messages[3]).toMatchObject({ id: 'id-m3', topic, key: Buffer.from('k') });
    expect(messages[25]?.id).toMatch(new RegExp(`^${topic}-\\d-25-\\d{13}$`));
  });

  it('commits after the handler is done, never before', async () => {
    const topic = unused('topic');
    await send(topic, texts(5));
    const before: number[] = [];
    const recorder = new Recorder(async () => {
      before.push(await committed(connection, `group.${topic}`, topic));
      return [];
    });
    await during(consumerOf(topic, recorder, { maxBatch: 2 }), () => until(() => recorder.handled.length === 5));
    expect(before).toEqual([0, 2, 4]);
    expect(await committed(connection, `group.${topic}`, topic)).toBe(5);
  });

  it('brings to the next consumer what the one before had not handled when it ended', async () => {
    expect(await handledInSpiteOfAnEnd(connection)).toEqual(texts(10));
  });

  it('control: offsets that are committed before the handler is done lose messages', async () => {
    expect(await handledInSpiteOfAnEnd(commitFirst(connection))).not.toEqual(texts(10));
  });

  it('brings 100 messages that were sent while it was stopped, once', async () => {
    const topic = unused('topic');
    await send(topic, texts(10));
    const recorder = new Recorder();
    await during(consumerOf(topic, recorder), () => until(() => recorder.handled.length === 10));
    for (let i = 10; i < 110; i += 10) await send(topic, texts(10, i), `k${i}`);
    await during(consumerOf(topic, recorder), async () => {
      await until(() => recorder.handled.length >= 110);
      await pause(500);
    });
    expect([...recorder.handled].sort()).toEqual(texts(110).sort());
  });

  it('puts what is refused among the dead letters as it was, with the reason, and lets the others flow', async () => {
    const topic = unused('topic');
    await send(topic, texts(20));
    const recorder = new Recorder(async (messages) =>
      messages.filter(({ id }) => id === 'id-m7').map((message) => ({ message, reason: 'no stake' })),
    );
    await during(consumerOf(topic, recorder), () => until(() => recorder.handled.length === 19));
    expect(recorder.handled).toEqual(texts(20).filter((text) => text !== 'm7'));
    const [letter] = await readAll(connection, deadLetterTopic(topic), 1);
    expect([String(letter?.key), String(letter?.value)]).toEqual(['k', 'm7']);
    const headers = Object.entries(letter?.headers ?? {}).map(([name, value]) => [name, String(value)]);
    expect(Object.fromEntries(headers)).toEqual({
      uuid: 'id-m7',
      trace: 't',
      dlq_message_id: 'id-m7',
      dlq_error: 'no stake',
      dlq_topic: topic,
      dlq_partition: expect.stringMatching(/^\d$/),
      dlq_offset: '7',
      dlq_sent_at: expect.stringMatching(/^20.*Z$/),
      dlq_consumer: `group.${topic}`,
    });
  });

  it('handles all before the message on which the handler breaks, however large the batch', async () => {
    const topic = unused('topic');
    await send(topic, texts(40));
    const recorder = new Recorder(async (messages) => {
      if (messages.some(({ id }) => id === 'id-m23')) throw new TypeError('m23 is not understood');
      return [];
    });
    const isDone = async () => (await committed(connection, `group.${topic}`, topic)) === 23;
    await during(consumerOf(topic, recorder, { maxBatch: 40 }), async () => {
      await until(() => recorder.handled.length === 23);
      await until(isDone);
    });
    expect(recorder.handled).toEqual(texts(23));
    expect(await highest(deadLetterTopic(topic))).toBe(0);
  });

  it('waits while the database is away, then goes on in order; nothing becomes a dead letter', async () => {
    const topic = unused('topic');
    await send(topic, texts(12));
    let failures = 5;
    const recorder = new Recorder(async () => {
      if (failures-- > 0) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return [];
    });
    await during(consumerOf(topic, recorder), () => until(() => recorder.handled.length === 12));
    expect(recorder.handled).toEqual(texts(12));
    expect(await committed(connection, `group.${topic}`, topic)).toBe(12);
    expect(await highest(deadLetterTopic(topic))).toBe(0);
  });

  it('stops while it waits, and commits nothing of what it had not handled', async () => {
    const topic = unused('topic');
    await send(topic, texts(3));
    let asked = 0;
    const recorder = new Recorder(async () => {
      asked++;
      throw Object.assign(new Error('down'), { code: '57P03' });
    });
    await during(consumerOf(topic, recorder), () => until(() => asked > 2));
    expect(recorder.handled).toEqual([]);
    expect(await committed(connection, `group.${topic}`, topic)).toBe(0);
  });
});

/** A first consumer takes ten messages and ends while it handles them, without having done so; a second one follows. */
async function handledInSpiteOfAnEnd(through: KafkaConnection): Promise<string[]> {
  const topic = unused('topic');
  await send(topic, texts(10));
  let taken = 0;
  const dying = new Recorder(async (messages) => {
    taken += messages.length;
    throw Object.assign(new Error('down'), { code: '57P03' });
  });
  await during(consumerOf(topic, dying, { through }), () => until(() => taken >= 10));
  const recorder = new Recorder();
  await during(consumerOf(topic, recorder, { through }), async () => {
    await until(() => recorder.handled.length >= 10, 3_000).catch(() => undefined);
  });
  return recorder.handled;
}

async function highest(topic: string): Promise<number> {
  const admin = connection.client.admin();
  await admin.connect();
  try {
    return (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

import { readFileSync } from 'node:fs';
import { CompressionCodecs, Partitioners } from 'kafkajs';
import { Logger } from '@nestjs/common';
import type { BatchHandler } from '../../src/shared/application/batch-handler';
import { Metrics, NoMetrics, Sample } from '../../src/shared/application/metrics';
import { KafkaConsumer } from '../../src/platform/kafka/kafka-consumer';
import { KafkaDeadLetters } from '../../src/platform/kafka/kafka-dead-letters';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { connect, readAll, Recorder, until, unused } from './support/kafka';

const PARTITIONS = 4;
const connection = connect(undefined, PARTITIONS);
const producer = new KafkaProducer(connection);
const letters = new KafkaDeadLetters(connection, producer);
const VECTORS = JSON.parse(readFileSync('test/vectors/kafka-batches.json', 'utf8')) as Record<
  'java' | 'librdkafka',
  Record<string, string>
>;
const CODECS = { gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
const SENDERS = ['java', 'librdkafka'] as const;
const RECORDS_AT = 61;
const MESSAGES = 200;

/** Sends to a partition of a topic, compressed. */
async function send(topic: string, partition: number, values: readonly (string | Buffer)[], codec = 0): Promise<void> {
  await connection.ensureTopics([topic]);
  const raw = connection.client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await raw.connect();
  const messages = values.map((value) => ({ value, partition }));
  await raw.send({ topic, messages, compression: codec });
  await raw.disconnect();
}

/** Sends what another client has compressed. */
async function sendVector(topic: string, name: keyof typeof CODECS, from: (typeof SENDERS)[number]): Promise<void> {
  const batch = Buffer.from(VECTORS[from][name] ?? '', 'base64');
  const known = CompressionCodecs[CODECS[name]];
  CompressionCodecs[CODECS[name]] = () => ({
    compress: () => Promise.resolve(batch.subarray(RECORDS_AT)),
    decompress: () => Promise.reject(new Error('read by ourselves')),
  });
  // As many, of which the broker stores the others.
  await send(
    topic,
    0,
    Array.from({ length: MESSAGES }, () => ''),
    CODECS[name],
  );
  CompressionCodecs[CODECS[name]] = known;
}

let readStopped: () => readonly Sample<string>[] | Promise<readonly Sample<string>[]> = () => [];
const metrics = Object.assign(new NoMetrics(), {
  gauge: (_metric: unknown, read: typeof readStopped) => void (readStopped = read),
}) as Metrics;
const stopped = async (): Promise<number | undefined> => (await readStopped())[0]?.value;

async function during(topic: string, handler: BatchHandler, work: () => Promise<void>): Promise<void> {
  const subscription = { groupId: `group.${topic}`, topics: [topic], maxBatch: 100, retryStoppedMs: 500 };
  const consumer = new KafkaConsumer(connection, producer, handler, subscription, metrics);
  consumer.start();
  await work().finally(() => consumer.stop());
}

const rest = [1, 2, 3].map((partition) => `of ${partition}`);
const sendRest = (topic: string) => Promise.all(rest.map((value, i) => send(topic, i + 1, [value])));

describe('messages that stop what consumes from Kafka', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => producer.close());

  const kinds = SENDERS.flatMap((from) =>
    (Object.keys(CODECS) as (keyof typeof CODECS)[]).map((codec) => [codec, from] as const),
  );

  it.each(kinds)('are not those that are compressed: %s of %s', async (codec, from) => {
    const topic = unused('topic');
    const recorder = new Recorder();
    await sendVector(topic, codec, from);
    await sendRest(topic);
    await during(topic, recorder, () => until(() => recorder.handled.length === MESSAGES + rest.length));
    expect(recorder.handled.filter((value) => value.startsWith('{"stake":199}'))).toHaveLength(1);
  });

  it('stop their partition only, if they cannot be read, until they are skipped', async () => {
    const topic = unused('topic');
    const recorder = new Recorder();
    await send(topic, 0, ['before']);
    await send(topic, 0, [Buffer.alloc(40 * 1024 * 1024), 'beside'], CODECS.gzip);
    await send(topic, 0, ['behind']);
    await sendRest(topic);
    await during(topic, recorder, async () => {
      await until(async () => (await stopped()) === 1 && recorder.handled.length === 4);
      expect(recorder.handled.sort()).toEqual(['before', ...rest]);
      await send(topic, 1, ['later']);
      await until(() => recorder.handled.includes('later'));
      await letters.skip({ topic, partition: 0 }, 1n);
      await until(async () => recorder.handled.includes('behind') && (await stopped()) === 0);
      expect(recorder.handled).not.toContain('beside');
    });
  });

  it('stop their partition only, if we cannot handle them, and become dead letters if they are skipped', async () => {
    const topic = unused('topic');
    const recorder = new Recorder(async (messages) => {
      if (messages.some(({ value }) => String(value) === 'bad')) throw new TypeError('a defect of ours');
      return [];
    });
    await send(topic, 0, ['before', 'bad', 'behind']);
    await sendRest(topic);
    await during(topic, recorder, async () => {
      await until(async () => (await stopped()) === 1 && recorder.handled.length === 4);
      await letters.skip({ topic, partition: 0 }, 1n);
      await until(() => recorder.handled.includes('behind'));
    });
    const [letter] = await readAll(connection, `${topic}.dlq`, 1);
    expect(letter).toMatchObject({ value: Buffer.from('bad') });
    expect(String(letter?.headers?.['dlq_error'])).toMatch(/TypeError: a defect of ours/);
  });

  it('cannot be skipped where there are none', async () => {
    const topic = unused('topic');
    await send(topic, 0, ['one']);
    await expect(letters.skip({ topic, partition: 9 }, 0n)).rejects.toThrow('has no partition 9');
    await expect(letters.skip({ topic, partition: 0 }, 1n)).rejects.toThrow('has the offsets 0 to 0');
  });

  it('are not those with headers that are named as what every object has', async () => {
    const topic = unused('topic');
    const headers = Object.fromEntries(['constructor', 'toString', '__proto__'].map((name) => [name, `of ${name}`]));
    await producer.send([{ topic, message: { value: 'one', headers } }]);
    const refusing = new Recorder(async (messages) => messages.map((message) => ({ message, reason: 'no stake' })));
    await during(topic, refusing, async () => {
      const [letter] = await readAll(connection, `${topic}.dlq`, 1);
      const kept = Object.entries(letter?.headers ?? {}).map(([name, value]) => [name, String(value)]);
      expect(kept).toEqual(expect.arrayContaining(Object.entries(headers)));
    });
  });

  it('are not those in partitions that were added', async () => {
    const topic = unused('topic');
    const recorder = new Recorder();
    await sendRest(topic);
    await during(topic, recorder, async () => {
      await until(() => recorder.handled.length === rest.length);
      await connection.client.admin().createPartitions({ topicPartitions: [{ topic, count: PARTITIONS + 1 }] });
      await send(topic, PARTITIONS, ['new']);
      await until(() => recorder.handled.includes('new'), 60_000);
    });
  });
});

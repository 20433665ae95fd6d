import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Logger } from '@nestjs/common';
import { KafkaConsumer } from '../../src/platform/kafka/kafka-consumer';
import { KafkaProducer } from '../../src/platform/kafka/kafka-producer';
import { connect, readAll, Recorder, unused } from './support/kafka';

const connection = connect();
const producer = new KafkaProducer(connection);

async function dlq(...args: string[]): Promise<string> {
  const command = ['-r', '@swc-node/register', 'src/programs/dlq.ts', ...args];
  return (await promisify(execFile)(process.execPath, command)).stdout;
}

/** A topic with three messages that were refused; the last names no id. */
async function refusedMessages(): Promise<{ topic: string; ids: string[] }> {
  const topic = unused('topic');
  await producer.send(
    ['a', 'b', null].map((id) => ({
      topic,
      message: { key: 'k', value: `value ${id}`, headers: { trace: 't', ...(id === null ? {} : { uuid: id }) } },
    })),
  );
  const ids: string[] = [];
  const refusing = new Recorder(async (messages) => {
    ids.push(...messages.map(({ id }) => id));
    return messages.map((message) => ({ message, reason: 'no\u001b[31m stake' }));
  });
  const subscription = { groupId: `group.${topic}`, topics: [topic], maxBatch: 10 };
  const consumer = new KafkaConsumer(connection, producer, refusing, subscription);
  consumer.start();
  await readAll(connection, `${topic}.dlq`, 3).finally(() => consumer.stop());
  return { topic, ids };
}

describe('npm run dlq', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => producer.close());

  it('lists what waits: place, time, id and error, without control characters; as often as one likes', async () => {
    const { topic, ids } = await refusedMessages();
    for (const name of [topic, `${topic}.dlq`]) {
      const [title, ...lines] = (await dlq('list', '--topic', name)).trimEnd().split('\n');
      expect(title).toBe(`${topic}.dlq: 3`);
      expect(lines).toEqual(
        ids.map((id, i) =>
          expect.stringMatching(new RegExp(`^\\d:${i}  20[\\d-]+T[\\d:.]+Z  ${id}  no \\[31m stake$`)),
        ),
      );
    }
    expect(await dlq('list', '--topic', topic, '--limit', '2')).toMatch(/: 2 or more\n/);
  });

  it('skips a message at which a partition has stopped, if there is one', async () => {
    const { topic } = await refusedMessages();
    const place = ['--topic', topic, '--partition', '0', '--offset'];
    await expect(dlq('skip', ...place, '999')).rejects.toThrow('partition 0 has the offsets');
    await expect(dlq('skip', '--topic', topic)).rejects.toThrow('--partition must be a whole number');
    await producer.send(Array.from({ length: 8 }, (_, i) => ({ topic, message: { key: String(i), value: 'x' } })));
    expect(await dlq('skip', ...place, '0')).toContain('partition 0 goes on after offset 0');
  });

  it('sends them again once, as they were and under the same id', async () => {
    const { topic, ids } = await refusedMessages();
    expect(await dlq('replay', '--topic', topic, '--limit', '1')).toBe(`${topic}.dlq: 1 sent again\n`);
    expect(await dlq('list', '--topic', topic)).toContain(`${topic}.dlq: 2\n`);
    expect(await dlq('replay', '--topic', topic)).toBe(`${topic}.dlq: 2 sent again\n`);
    expect(await dlq('replay', '--topic', topic)).toBe(`${topic}.dlq: 0 sent again\n`);
    expect(await dlq('list', '--topic', topic)).toBe(`${topic}.dlq: 0\n`);
    const again = (await readAll(connection, topic, 6)).slice(3);
    expect(again.map(({ key, value }) => `${String(key)} ${String(value)}`)).toEqual([
      'k value a',
      'k value b',
      'k value null',
    ]);
    const headers = again.map((message) =>
      Object.entries(message.headers ?? {}).map(([name, value]) => `${name}=${String(value)}`),
    );
    expect(headers.map((all) => all.sort())).toEqual(ids.map((id) => ['trace=t', `uuid=${id}`]));
  });

  it('lets what fails once more come back as a dead letter, under the same id', async () => {
    const { topic, ids } = await refusedMessages();
    await dlq('replay', '--topic', topic);
    const refusing = new Recorder(async (messages) => messages.map((message) => ({ message, reason: 'still not' })));
    const subscription = { groupId: `group.${topic}`, topics: [topic], maxBatch: 10 };
    const consumer = new KafkaConsumer(connection, producer, refusing, subscription);
    consumer.start();
    const letters = await readAll(connection, `${topic}.dlq`, 6).finally(() => consumer.stop());
    expect(letters.slice(3).map(({ headers }) => String(headers?.['dlq_message_id']))).toEqual(ids);
    expect(await dlq('list', '--topic', topic)).toContain(`${topic}.dlq: 3\n`);
  });

  it('explains itself, and refuses what it does not understand', async () => {
    expect(await dlq('--help')).toContain('npm run dlq -- replay');
    await expect(dlq('burn')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('say what to do') });
    await expect(dlq('list', '--limit', 'x')).rejects.toMatchObject({ code: 1 });
    await expect(dlq('list', '--topic', unused('none'))).rejects.toMatchObject({ code: 1 });
  });
});

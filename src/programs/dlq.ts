import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readConfig } from '../platform/config/config';
import { deadLetterTopic, isDeadLetterTopic } from '../platform/kafka/dead-letter';
import { KafkaConnection } from '../platform/kafka/kafka-connection';
import { KafkaDeadLetters } from '../platform/kafka/kafka-dead-letters';
import { KafkaProducer } from '../platform/kafka/kafka-producer';
import { SECTIONS } from './config';
import { EXIT, print, runProgram } from './terminal';

const HELP = `Messages from Kafka that could not be handled.

  npm run dlq -- list   [--topic <topic>] [--limit <n>]   shows those that were not sent again yet
  npm run dlq -- replay [--topic <topic>] [--limit <n>]   sends them to the topic from which they came, once

--topic  only those of this topic, e.g. player.v1.staked; without it, of all
--limit  at most so many of each topic, 100 without it
KAFKA_BROKERS and its companions are read from the environment (.env.example).
`;
const DEFAULT_LIMIT = '100';

/** Returns the exit code. */
async function dlq(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      topic: { type: 'string' },
      limit: { type: 'string', default: DEFAULT_LIMIT },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, ...others] = positionals;
  if (values.help) {
    print(HELP);
    return EXIT.DONE;
  }
  if ((command !== 'list' && command !== 'replay') || others.length > 0) throw new Error(`say what to do.\n\n${HELP}`);
  if (!/^\d{1,9}$/.test(values.limit)) throw new Error('--limit must be a whole number');
  const connection = new KafkaConnection(readConfig(SECTIONS));
  const producer = new KafkaProducer(connection);
  const letters = new KafkaDeadLetters(connection, producer);
  try {
    for (const topic of await topicsOf(letters, values.topic)) await run(command, letters, topic, Number(values.limit));
  } finally {
    await producer.close();
  }
  return EXIT.DONE;
}

async function topicsOf(letters: KafkaDeadLetters, wanted: string | undefined): Promise<string[]> {
  const topics = await letters.topics();
  if (wanted === undefined) return topics;
  const topic = isDeadLetterTopic(wanted) ? wanted : deadLetterTopic(wanted);
  if (!topics.includes(topic)) throw new Error(`there is no topic ${topic}`);
  return [topic];
}

async function run(command: 'list' | 'replay', letters: KafkaDeadLetters, topic: string, limit: number): Promise<void> {
  if (command === 'replay') return print(`${topic}: ${await letters.replay(topic, limit)} sent again`);
  const listed = await letters.list(topic, limit);
  print(`${topic}: ${listed.length}${listed.length === limit ? ' or more' : ''}`);
  for (const { partition, offset, sentAt, id, error } of listed) {
    print(`${partition}:${offset}  ${sentAt.toISOString()}  ${id}  ${printable(error)}`);
  }
}

/** Makes one printable line: a message must not send control sequences to the reader's terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}

void runProgram({ main: dlq, codeOf: () => EXIT.FAILED });

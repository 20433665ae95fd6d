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
  npm run dlq -- skip --topic <topic> --partition <n> --offset <n>
                                                          lets a partition go on that has stopped at a message

--topic      only those of this topic, e.g. player.v1.staked; without it, of all
--limit      at most so many of each topic, 100 without it
--partition  and --offset: where the partition has stopped, as the service's log says. A message that can be read
             becomes a dead letter; a batch that cannot be read is left out.
KAFKA_BROKERS and its companions are read from the environment (.env.example).
`;
const DEFAULT_LIMIT = '100';
const COMMANDS = ['list', 'replay', 'skip'] as const;

type Command = (typeof COMMANDS)[number];
type Options = Readonly<Record<'topic' | 'limit' | 'partition' | 'offset', string | undefined>>;

/** Returns the exit code. */
async function dlq(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      topic: { type: 'string' },
      limit: { type: 'string' },
      partition: { type: 'string' },
      offset: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return EXIT.DONE;
  }
  const command = COMMANDS.find((known) => known === positionals[0]);
  if (command === undefined || positionals.length > 1) throw new Error(`say what to do.\n\n${HELP}`);
  const { topic, limit, partition, offset } = values;
  const connection = new KafkaConnection(readConfig(SECTIONS));
  const producer = new KafkaProducer(connection);
  try {
    await run(command, new KafkaDeadLetters(connection, producer), { topic, limit, partition, offset });
  } finally {
    await producer.close();
  }
  return EXIT.DONE;
}

async function run(command: Command, letters: KafkaDeadLetters, options: Options): Promise<void> {
  if (command === 'skip') return skip(letters, options);
  const limit = whole('limit', options.limit ?? DEFAULT_LIMIT);
  for (const topic of await topicsOf(letters, options.topic)) {
    if (command === 'list') await list(letters, topic, limit);
    else print(`${topic}: ${await letters.replay(topic, limit)} sent again`);
  }
}

async function skip(letters: KafkaDeadLetters, { topic, partition, offset }: Options): Promise<void> {
  if (topic === undefined) throw new Error('--topic must say which topic');
  const place = { topic, partition: whole('partition', partition) };
  await letters.skip(place, BigInt(whole('offset', offset)));
  print(
    `${topic}: partition ${place.partition} goes on after offset ${offset} within seconds, if it has stopped there`,
  );
}

async function topicsOf(letters: KafkaDeadLetters, wanted: string | undefined): Promise<string[]> {
  const topics = await letters.topics();
  if (wanted === undefined) return topics;
  const topic = isDeadLetterTopic(wanted) ? wanted : deadLetterTopic(wanted);
  if (!topics.includes(topic)) throw new Error(`there is no topic ${topic}`);
  return [topic];
}

async function list(letters: KafkaDeadLetters, topic: string, limit: number): Promise<void> {
  const listed = await letters.list(topic, limit);
  print(`${topic}: ${listed.length}${listed.length === limit ? ' or more' : ''}`);
  for (const { partition, offset, sentAt, id, error } of listed) {
    print(`${partition}:${offset}  ${sentAt.toISOString()}  ${printable(id)}  ${printable(error)}`);
  }
}

function whole(option: string, value: string | undefined): number {
  if (value === undefined || !/^\d{1,15}$/.test(value)) throw new Error(`--${option} must be a whole number`);
  return Number(value);
}

/** Makes one printable line: a message must not send control sequences to the reader's terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}

void runProgram({ main: dlq, codeOf: () => EXIT.FAILED });

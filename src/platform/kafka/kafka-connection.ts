import { connect as connectTcp, isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { Admin, ISocketFactory, ITopicConfig, Kafka, KafkaConfig as ClientOptions, logLevel } from 'kafkajs';
import { isDeadLetterTopic } from './dead-letter';
import { readFetchesOurselves } from './fetch-answer';
import { KafkaConfig } from './kafka-config';
import { useTopicsWithoutAllLeaders } from './leaderless-partitions';

const CONNECTION_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_MS = 60_000;
/** For how long, and how fast, brokers are asked for a topic that was just created. */
const KNOWN_WITHIN_MS = 5_000;
const KNOWN_DELAY_MS = 100;
const REQUEST_TIMEOUT_MS = 15_000;
/** Retries within a call, about five seconds. After that, the caller decides what to do and how long to wait. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 7 };

/**
 * Settings of dead-letter topics. Dead letters wait for a person for any time, and are larger than the message: the
 * largest must fit, too.
 */
const DEAD_LETTERS = [
  { name: 'retention.ms', value: '-1' },
  { name: 'max.message.bytes', value: String(2 * 1024 * 1024) },
];

/** The configured cluster. Opens no connection by itself. */
export class KafkaConnection {
  readonly client: Kafka;

  /** @throws Error without KAFKA_BROKERS. */
  constructor(private readonly config: KafkaConfig) {
    readFetchesOurselves();
    useTopicsWithoutAllLeaders();
    if (config.KAFKA_BROKERS === undefined) throw new Error('KAFKA_BROKERS is not set');
    this.client = new Kafka({
      clientId: 'lottery-service',
      brokers: config.KAFKA_BROKERS.map(seedOf),
      socketFactory: connect,
      ssl: config.KAFKA_SSL,
      ...sasl(config),
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      retry: RETRY,
      // Each failure reaches the caller, who logs it once; the client would log each attempt.
      logLevel: logLevel.NOTHING,
    });
  }

  /** Creates the topics that do not exist yet. Safe to call from several processes at once. */
  async ensureTopics(topics: readonly string[]): Promise<void> {
    await this.asAdmin(async (admin) => {
      const present = new Set(await admin.listTopics());
      const missing = [...new Set(topics)].filter((topic) => !present.has(topic));
      if (missing.length === 0) return;
      await admin.createTopics({ topics: missing.map((topic) => this.described(topic)), waitForLeaders: false });
      await patiently(() => admin.fetchTopicMetadata({ topics: missing }));
    });
  }

  /** Over a connection of its own. */
  async asAdmin<T>(ask: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.client.admin();
    await admin.connect();
    try {
      return await ask(admin);
    } finally {
      await admin.disconnect();
    }
  }

  private described(topic: string): ITopicConfig {
    const configEntries = isDeadLetterTopic(topic) ? DEAD_LETTERS : [];
    return { topic, numPartitions: this.config.KAFKA_TOPIC_PARTITIONS, configEntries };
  }
}

/**
 * A broker does not know a topic, or its leader, just after it was created; the client itself gives up then. Asks again
 * for five seconds, and as long as the client tries in the last ask.
 */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const giveUpAtMs = performance.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() >= giveUpAtMs) throw error;
      await sleep(KNOWN_DELAY_MS);
    }
  }
}

/** The client cuts an address at its first colon, so those of `[::1]:9092` are written as hyphens until it connects. */
function seedOf(address: string): string {
  return address.replace(/^\[.*\]/, (host) => host.replaceAll(':', '-'));
}

/** As the client connects, but to the address that was meant. */
const connect: ISocketFactory = ({ host: given, port, ssl, onConnect }) => {
  const host = given.startsWith('[') ? given.slice(1, -1).replaceAll('-', ':') : given;
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = ssl
    ? connectTls({ host, port, ...servername, ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect);
  return socket.setKeepAlive(true, KEEP_ALIVE_MS);
};

function sasl(config: KafkaConfig): Pick<ClientOptions, 'sasl'> {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  if (mechanism === undefined || username === undefined || password === undefined) return {};
  // One literal for each mechanism, because the client's type distinguishes them.
  switch (mechanism) {
    case 'plain':
      return { sasl: { mechanism, username, password } };
    case 'scram-sha-256':
      return { sasl: { mechanism, username, password } };
    case 'scram-sha-512':
      return { sasl: { mechanism, username, password } };
  }
}

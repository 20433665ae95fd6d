import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { KafkaProducer } from '../src/platform/kafka/kafka-producer';
import { Broker, freePorts } from '../test/kafka/support/broker';
import { brokerClassPath, KAFKA_VERSION, missingTools } from '../test/kafka/support/broker-jars';
import { connect, readAll } from '../test/kafka/support/kafka';

const SERVICE = 'kafka';
/** What the image takes where nothing else is set. */
const CLUSTER_ID = '5L6g3nShT-eMCtK--X86sw';

interface KafkaService {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
}

/**
 * Starts the broker that docker-compose.yml describes, without Docker: the program with which the image turns its
 * environment into a configuration is in the jars. Only ports, folder and host name are replaced.
 */
export async function rehearseKafka(): Promise<void> {
  const missing = await missingTools();
  if (missing.length > 0) return skip(missing);
  const { services } = parse(await readFile('docker-compose.yml', 'utf8')) as {
    services: Record<string, KafkaService>;
  };
  const described = services[SERVICE] as KafkaService;
  if (described.image !== `apache/kafka:${KAFKA_VERSION}`) throw new Error(`The tests run Kafka ${KAFKA_VERSION}.`);
  const broker = await start(described);
  try {
    const connection = connect(broker.address);
    const producer = new KafkaProducer(connection);
    await producer.send([{ topic: 'rehearsal', message: { value: 'heard' } }]);
    const [message] = await readAll(connection, 'rehearsal', 1);
    await producer.close();
    if (String(message?.value) !== 'heard') throw new Error('The broker does not give back what it was given.');
  } finally {
    await broker.remove();
  }
  console.log('The broker that docker-compose.yml describes starts, takes messages and gives them back.');
}

async function start({ environment, volumes }: KafkaService): Promise<Broker> {
  const folder = await mkdtemp(join(tmpdir(), 'rehearse-kafka-'));
  const [port, controllerPort] = await freePorts();
  const address = await addressOf(environment);
  const replaced = Object.entries(environment).map(([name, value]) => [
    name,
    value
      .replaceAll(address, `127.0.0.1:${port}`)
      .replaceAll('//:9092', `//127.0.0.1:${port}`)
      .replaceAll(/(\/\/|@localhost):9093/g, `$1:${controllerPort}`)
      .replaceAll(folderOf(volumes), join(folder, 'data')),
  ]);
  const nothing = join(folder, 'nothing');
  await mkdir(nothing);
  const env = { PATH: process.env['PATH'] ?? '', CLUSTER_ID, ...(Object.fromEntries(replaced) as object) };
  const folders = ['--default-configs-dir', nothing, '--mounted-configs-dir', nothing, '--final-configs-dir', folder];
  const program = ['-cp', await brokerClassPath(), 'kafka.docker.KafkaDockerWrapper', 'setup', ...folders];
  await promisify(execFile)('java', program, { env });
  return Broker.startFormatted(folder, `127.0.0.1:${port}`);
}

/** Where the service finds the broker: the name is that of the compose service, and .env.example tells it. */
async function addressOf({ KAFKA_ADVERTISED_LISTENERS = '' }: Readonly<Record<string, string>>): Promise<string> {
  const address = `${SERVICE}:9092`;
  if (KAFKA_ADVERTISED_LISTENERS !== `PLAINTEXT://${address}`)
    throw new Error(`Nobody finds the broker at ${address}.`);
  if (!(await readFile('.env.example', 'utf8')).includes(address)) throw new Error(`.env.example tells no ${address}.`);
  return address;
}

function folderOf(volumes: readonly string[]): string {
  const [, folder] = volumes[0]?.split(':') ?? [];
  if (folder === undefined) throw new Error('The broker has no volume: its messages would be lost.');
  return folder;
}

function skip(missing: readonly string[]): void {
  const why = `The broker of docker-compose.yml was not tried, for want of: ${missing.join(', ')}.`;
  if (process.env['CI'] !== undefined) throw new Error(why);
  console.log(why);
}

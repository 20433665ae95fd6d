import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pause } from '../../support/pause';
import { brokerClassPath } from './broker-jars';
import { securedListeners, SecuredListeners } from './secured-listeners';

const CLUSTER_ID = 'bG90dGVyeS10ZXN0cy0xMg';
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
/** Small, and soon there. */
const HEAP = ['-Xmx512m', '-Xms128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** As fast as it can be, once it is warm. */
const MEASURED_HEAP = ['-Xmx1g', '-Xms512m'];
const LOGGING = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  // The line that says that it serves, for start to wait for.
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
];
const SERVES = 'Kafka Server started';

/** An Apache Kafka broker of one node (KRaft), with its data in a temporary folder. */
export class Broker {
  private child: ChildProcess | null = null;
  private readonly onExit = (): void => void this.child?.kill('SIGKILL');

  private constructor(
    /** host:port, as KAFKA_BROKERS takes it. */
    readonly address: string,
    /** The same over TLS, without and with log-in; only where it was started so. */
    readonly secured: { readonly ssl: string; readonly saslSsl: string } | null,
    private readonly folder: string,
    private readonly classPath: string,
    private readonly heap: readonly string[],
  ) {}

  /** @throws Error where java or the jars cannot be had (see missingTools). */
  static async start({ isSecured = false, isMeasured = false } = {}): Promise<Broker> {
    const classPath = await brokerClassPath();
    const folder = await mkdtemp(join(tmpdir(), 'lottery-kafka-'));
    const [port, controllerPort, ...others] = await freePorts();
    const secured = isSecured ? await securedListeners(folder, others) : null;
    await writeFile(join(folder, 'server.properties'), properties(folder, port, controllerPort, secured));
    const format = ['format', '--standalone', '-t', CLUSTER_ID, '-c', join(folder, 'server.properties')];
    format.push(...(secured?.formatOptions ?? []));
    await promisify(execFile)('java', [...HEAP, ...LOGGING, '-cp', classPath, 'kafka.tools.StorageTool', ...format]);
    const addresses = { ssl: `127.0.0.1:${others[0]}`, saslSsl: `127.0.0.1:${others[1]}` };
    const broker = new Broker(
      `127.0.0.1:${port}`,
      secured && addresses,
      folder,
      classPath,
      isMeasured ? MEASURED_HEAP : HEAP,
    );
    await broker.restart();
    return broker;
  }

  /** In a folder that holds its server.properties, and whose storage is formatted. */
  static async startFormatted(folder: string, address: string): Promise<Broker> {
    const broker = new Broker(address, null, folder, await brokerClassPath(), HEAP);
    await broker.restart();
    return broker;
  }

  /** Starts a second broker of the same cluster, which is no controller. */
  async addBroker(): Promise<Broker> {
    const folder = await mkdtemp(join(tmpdir(), 'lottery-kafka-'));
    const [port] = await freePorts();
    const file = join(folder, 'server.properties');
    const own = await readFile(join(this.folder, 'server.properties'), 'utf8');
    const changed = own
      .replace('process.roles=broker,controller', 'process.roles=broker')
      .replace('node.id=1', 'node.id=2')
      .replace(/^(advertised\.)?listeners=.*$/gm, `$1listeners=PLAINTEXT://127.0.0.1:${port}`)
      .replace(/^log\.dirs=.*$/m, `log.dirs=${join(folder, 'data')}`);
    await writeFile(file, changed);
    const format = ['format', '-t', CLUSTER_ID, '-c', file];
    await promisify(execFile)('java', [
      ...HEAP,
      ...LOGGING,
      '-cp',
      this.classPath,
      'kafka.tools.StorageTool',
      ...format,
    ]);
    return Broker.startFormatted(folder, `127.0.0.1:${port}`);
  }

  /** Of its process. @throws Error while it does not run. */
  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('the broker does not run');
    return this.child.pid;
  }

  /** Starts it again after stop or kill: same port, same data. Resolves when it serves. */
  async restart(): Promise<void> {
    const log = await open(join(this.folder, 'broker.log'), 'w');
    const args = [
      ...this.heap,
      ...LOGGING,
      '-cp',
      this.classPath,
      'kafka.Kafka',
      join(this.folder, 'server.properties'),
    ];
    this.child = spawn('java', args, { stdio: ['ignore', log.fd, log.fd] });
    process.once('exit', this.onExit);
    await log.close();
    await this.serves();
  }

  /** A clean stop. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Power off: it writes and says nothing more. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = null;
    process.off('exit', this.onExit);
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  private async serves(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const log = await readFile(join(this.folder, 'broker.log'), 'utf8');
      if (log.includes(SERVES)) return;
      if (this.child?.exitCode !== null || Date.now() > deadline) {
        await this.kill();
        throw new Error(`the broker did not start:\n${log}`);
      }
      await pause(POLL_MS);
    }
  }
}

/** All at once, so that they differ. */
export async function freePorts(): Promise<[number, number, number, number]> {
  const servers = [createServer(), createServer(), createServer(), createServer()] as const;
  await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as [number, number, number, number];
}

function properties(folder: string, port: number, controllerPort: number, secured: SecuredListeners | null): string {
  const more = (secured?.listeners ?? []).map((listener) => `,${listener.name}://127.0.0.1:${listener.port}`).join('');
  const protocols = 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL';
  return `
process.roles=broker,controller
node.id=1
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${more}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${more}
listener.security.protocol.map=${protocols}
${secured?.properties ?? ''}
log.dirs=${join(folder, 'data')}
num.partitions=8
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
group.coordinator.append.linger.ms=0
auto.create.topics.enable=false
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=200
log.cleaner.dedupe.buffer.size=4194304
log.cleaner.threads=1
`;
}

import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { Broker } from '../../kafka/support/broker';
import { connect } from '../../kafka/support/kafka';
import type { Reading, ReadingMeasured } from '../plain-consumer';
import { BenchDatabase, startBenchDatabase } from './bench-database';
import { addBanned, benchEnvironment } from './bench-players';
import { BuiltService, startBuiltService } from './built-service';
import { Child } from './child-process';
import { memoryMb, parentOf, processorSeconds } from './processes';
import { median, table, verdict, whole } from './report';
import { checkStakes } from './stake-checks';
import { StakeSource } from './stake-source';
import { announce, messagesIn, STAKES, taken } from './stake-topic';

const PARTITIONS = 8;
const POOL_SIZE = 10;
const POLL_MS = 500;
const PARTS = 10;
const GOAL_PER_SECOND = 5_000;
/** What memory may be higher in the second half of the stakes than in the first. */
const FLAT = 1.1;
const TOLD = ['lottery.v1.pool', 'lottery.v1.award'];

export interface ThroughKafkaOptions {
  /** Stakes that wait in the topic when the consumer starts. */
  readonly stakes: number;
  /** Stakes of each further measurement. */
  readonly more: number;
  readonly games: number;
}

/** What all measurements share. */
interface Stage {
  readonly broker: Broker;
  readonly connection: KafkaConnection;
  readonly database: BenchDatabase;
  readonly postgresPid: number;
  readonly source: StakeSource;
  /** Those that run now. */
  readonly services: Set<BuiltService>;
}

interface Row {
  readonly what: string;
  readonly perSecond: number;
  readonly cores: Readonly<Record<string, number>>;
}

/** Stakes and awards through a real broker, beside what the client brings when nothing is done with it. */
export async function measureThroughKafka({ stakes, more, games }: ThroughKafkaOptions): Promise<void> {
  const broker = await Broker.start({ isMeasured: true });
  const database = await startBenchDatabase();
  const services = new Set<BuiltService>();
  try {
    await addBanned(database.dataSource);
    const [{ pid }] = await database.dataSource.query<[{ pid: number }]>('select pg_backend_pid() as pid');
    const connection = connect(broker.address, PARTITIONS);
    const source = new StakeSource(games);
    const stage = { broker, connection, database, postgresPid: parentOf(pid), source, services };
    const plain = await measurePlain(stage, stakes);
    const alone = await measureConsumer(stage, stakes);
    const told = await measureRelay(stage);
    const apart = await measureTogether(stage, more, ['consumer', 'relay']);
    const one = await measureTogether(stage, more, ['api,scheduler,relay,consumer']);
    const { awards } = await checkStakes(database, stage.source.made);
    const published = await messagesIn(connection, ['lottery.v1.award']);
    if (published !== awards) throw new Error(`${awards} awards, ${published} told`);
    console.log(`${whole(published)} awards told through Kafka\n`);
    report(plain, [alone, told, ...apart, ...one]);
  } finally {
    await Promise.all([...services].map((service) => service.stop()));
    await database.stop();
    await broker.remove();
  }
}

async function measurePlain({ broker, connection, source }: Stage, stakes: number): Promise<number> {
  const startedAt = performance.now();
  await announce(connection, source, stakes);
  const perSecond = (1_000 * stakes) / (performance.now() - startedAt);
  console.log(`${whole(stakes)} stakes announced, ${whole(perSecond)}/s`);
  const rates: number[] = [];
  for (const through of ['client', 'consumer'] as const) {
    const child = Child.start<ReadingMeasured>('plain-consumer.ts');
    const read = child.message();
    child.tell({ brokers: broker.address, topic: STAKES, messages: stakes, through } satisfies Reading);
    const { perSecond: rate, highestMb } = await read;
    rates.push(rate);
    console.log(`read and thrown away by the ${through}: ${whole(rate)}/s, ${whole(highestMb)} MB at most`);
  }
  return rates[0] as number;
}

/** The consumer alone: what it has to tell waits in the outbox. */
async function measureConsumer(stage: Stage, stakes: number): Promise<Row> {
  const service = await start(stage, 'consumer');
  const usage = watchUsage(stage, { consumer: service });
  const memory: { share: number; mb: number }[] = [];
  let [startedAt, first, partAt, partFrom] = [0, 0, 0, 0];
  for (let done = 0; done < stakes; await delay(POLL_MS)) {
    done = await taken(stage.connection);
    if (done === 0) continue;
    if (first === 0) [startedAt, first, partAt, partFrom] = [performance.now(), done, performance.now(), done];
    memory.push({ share: done / stakes, mb: memoryMb(service.pid, 'VmRSS') });
    if (done < stakes && done - partFrom < stakes / PARTS) continue;
    const rate = (1_000 * (done - partFrom)) / (performance.now() - partAt);
    console.log(`${whole(done)} stakes taken, ${whole(rate)}/s: ${whole(memory.at(-1)?.mb ?? NaN)} MB`);
    [partAt, partFrom] = [performance.now(), done];
  }
  const perSecond = (1_000 * (stakes - first)) / (performance.now() - startedAt);
  const row = { what: `stakes/s, consumer alone`, perSecond, cores: usage() };
  const highest = memoryMb(service.pid, 'VmHWM');
  await stop(stage, service);
  reportMemory(memory, highest);
  return row;
}

/** The relay alone, with all that the consumer left to tell. */
async function measureRelay(stage: Stage): Promise<Row> {
  const [waiting, before] = [await untold(stage), await messagesIn(stage.connection, TOLD)];
  const service = await start(stage, 'relay');
  const usage = watchUsage(stage, { relay: service });
  const startedAt = performance.now();
  let told = 0;
  for (; told < waiting; await delay(POLL_MS)) told = (await messagesIn(stage.connection, TOLD)) - before;
  const perSecond = (1_000 * told) / (performance.now() - startedAt);
  const row = { what: 'events/s, relay alone', perSecond, cores: usage() };
  console.log(`${whole(told)} events told through Kafka, ${whole(perSecond)}/s`);
  await drained(stage);
  const both = (1_000 * told) / (performance.now() - startedAt);
  console.log(`and within the service: ${whole(both)}/s; relay ${whole(memoryMb(service.pid, 'VmHWM'))} MB at most`);
  await stop(stage, service);
  return row;
}

/** Everything at once, as it is in an installation: what comes in is told while more comes in. */
async function measureTogether(stage: Stage, stakes: number, processes: readonly string[]): Promise<Row[]> {
  await announce(stage.connection, stage.source, stakes);
  const from = stage.source.made - stakes;
  const toldBefore = await messagesIn(stage.connection, TOLD);
  const services = await Promise.all(processes.map((roles) => start(stage, roles)));
  const names = services.map((service, i) => [processes.length === 1 ? 'service' : processes[i], service] as const);
  const usage = watchUsage(stage, Object.fromEntries(names));
  let [startedAt, first] = [0, 0];
  for (let done = 0; done < stakes; await delay(POLL_MS)) {
    done = (await taken(stage.connection)) - from;
    if (first === 0 && done > 0) [startedAt, first] = [performance.now(), done];
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const told = (await messagesIn(stage.connection, TOLD)) - toldBefore;
  const late = await untold(stage);
  const cores = usage();
  await drained(stage);
  const caughtUp = (performance.now() - startedAt) / 1_000 - seconds;
  await Promise.all(services.map((service) => stop(stage, service)));
  const where = processes.length === 1 ? 'one process' : 'two processes';
  console.log(`${where}: ${whole(late)} of ${whole(told + late)} events behind, which took ${caughtUp.toFixed(1)} s`);
  return [
    { what: `stakes/s, ${where}`, perSecond: (stakes - first) / seconds, cores },
    { what: `events/s meanwhile`, perSecond: told / seconds, cores: {} },
  ];
}

async function start({ broker, database, services }: Stage, roles: string): Promise<BuiltService> {
  const service = await startBuiltService({
    ...benchEnvironment(database.url),
    KAFKA_BROKERS: broker.address,
    KAFKA_TOPIC_PARTITIONS: String(PARTITIONS),
    ROLES: roles,
  });
  services.add(service);
  return service;
}

async function stop({ services }: Stage, service: BuiltService): Promise<void> {
  services.delete(service);
  await service.stop();
}

async function untold({ database }: Stage): Promise<number> {
  return database.count('outbox_events where published_at is null');
}

/** All is told, to Kafka and within the service. */
async function drained({ database }: Stage): Promise<void> {
  while ((await database.count('outbox_events where published_at is null or dispatched_at is null')) > 0) {
    await delay(2 * POLL_MS);
  }
}

/** How many cores each has had since then, on average. */
function watchUsage({ broker, postgresPid }: Stage, services: Readonly<Record<string, BuiltService>>) {
  const pids = Object.entries(services).map(([name, { pid }]) => [name, pid] as const);
  const all = [...pids, ['PostgreSQL', postgresPid] as const, ['Kafka', broker.pid] as const];
  const before = all.map(([, pid]) => processorSeconds(pid));
  const startedAt = performance.now();
  return (): Record<string, number> => {
    const seconds = (performance.now() - startedAt) / 1_000;
    return Object.fromEntries(all.map(([name, pid], i) => [name, (processorSeconds(pid) - before[i]!) / seconds]));
  };
}

function reportMemory(samples: readonly { share: number; mb: number }[], highest: number): void {
  const highestOf = (from: number, to: number) =>
    Math.max(...samples.filter(({ share }) => share > from && share <= to).map(({ mb }) => mb));
  const [early, late] = [highestOf(0, 0.5), highestOf(0.5, 1)];
  const middle = median(samples.map(({ mb }) => mb));
  console.log(`memory of the consumer: ${whole(middle)} MB in the middle, ${whole(highest)} MB at most`);
  console.log(
    `${verdict(`highest of the second half / of the first <= ${FLAT}`, late / early, late / early <= FLAT)}\n`,
  );
}

function report(plain: number, rows: readonly Row[]): void {
  const cells = rows.map(({ what, perSecond, cores }) => {
    const isStakes = what.startsWith('stakes');
    const usage = Object.entries(cores).map(([name, count]) => `${name} ${count.toFixed(2)}`);
    const ratio = isStakes ? (plain / perSecond).toFixed(0) : '';
    return [what, whole(perSecond), isStakes ? whole(perSecond / POOL_SIZE) : '', ratio, usage.join(', ')];
  });
  console.log(`${table(['', 'per second', 'pools/s', 'plain is × this', 'cores'], cells)}\n`);
  const goal = `stakes/s through Kafka >= ${whole(GOAL_PER_SECOND)}`;
  for (const { what, perSecond } of rows.filter((row) => row.what.startsWith('stakes'))) {
    console.log(verdict(`${goal}, ${what.replace('stakes/s, ', '')}`, perSecond, perSecond >= GOAL_PER_SECOND));
  }
}

import { Logger } from '@nestjs/common';
import type { KafkaConnection } from '../../src/platform/kafka/kafka-connection';
import { pause } from '../support/pause';
import { buildService } from '../support/service-process';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { Broker } from './support/broker';
import { Fleet } from './support/fleet';
import { connect, until } from './support/kafka';
import { compareTold, entriesIn, faultsInPools } from './support/stake-books';
import { StakeTraffic } from './support/stake-traffic';

const STAKES = Number(process.env['STAKES'] ?? 20_000);
const KILLS = Number(process.env['KILLS'] ?? 30);
const GAMES = 20;
const PARTITIONS = 8;
/** kill -9 strikes so long at most after stakes have begun to come in again. */
const LONGEST_CALM_MS = 300;
const LONGEST_OUTAGE_MS = 1_000;
/** A group waits for a dead member for ten seconds, and again when the broker comes back. */
const CATCH_UP_MS = 120_000;
/** The control: stakes between two outages, and outages at most. */
const FEW_STAKES = 300;
const OUTAGES = 4;

type Victim = 'broker' | 'relay' | 'consumer';

const ownBrokers = process.env['OWN_BROKERS'] === 'true' ? describe : describe.skip;
ownBrokers('Stakes and awards through Kafka with kill -9', () => {
  let broker: Broker;
  let connection: KafkaConnection;
  let database: TestDatabase;
  let traffic: StakeTraffic;
  let fleet: Fleet;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    await buildService();
  }, 120_000);

  beforeEach(async () => {
    broker = await Broker.start();
    connection = connect(broker.address, PARTITIONS);
    database = await createTestDatabase();
    traffic = new StakeTraffic(connection, GAMES);
    fleet = newFleet();
  }, 60_000);

  afterEach(async () => {
    await traffic.stop();
    await fleet.end('SIGKILL');
    await broker.remove();
    await database.drop();
  }, 60_000);

  const newFleet = (program?: string): Fleet =>
    new Fleet(
      {
        DATABASE_URL: database.url,
        DATABASE_POOL_SIZE: '3',
        KAFKA_BROKERS: broker.address,
        KAFKA_TOPIC_PARTITIONS: String(PARTITIONS),
      },
      program,
    );

  /** Allows so many in all, and waits until some of the new ones have come in. */
  const flow = async (stakes: number): Promise<void> => {
    const before = await entriesIn(database);
    traffic.allow(stakes);
    await until(async () => (await entriesIn(database)) > before, CATCH_UP_MS);
  };

  const allIn = (stakes: number) => until(async () => (await entriesIn(database)) >= stakes, CATCH_UP_MS);

  const allTold = () =>
    until(async () => {
      const untold = 'select from outbox_events where published_at is null limit 1';
      return (await database.dataSource.query<[]>(untold)).length === 0;
    }, CATCH_UP_MS);

  const strike = async (victim: Victim): Promise<void> => {
    if (victim !== 'broker') return fleet.kill(victim);
    await broker.kill();
    await pause(Math.random() * LONGEST_OUTAGE_MS);
    await broker.restart();
  };

  it(`puts each of ${STAKES} stakes into one pool once, and loses no award, while ${KILLS} processes are killed`, async () => {
    const startedAt = performance.now();
    await Promise.all([fleet.start('relay', 2), fleet.start('consumer', 2)]);
    const killed = victims();
    for (const [i, victim] of killed.entries()) {
      await flow(Math.ceil(((i + 1) * STAKES) / (KILLS + 1)));
      await pause(Math.random() * LONGEST_CALM_MS);
      await strike(victim);
    }
    const struckAt = performance.now();
    traffic.allow(STAKES);
    await allIn(STAKES);
    await allTold();
    const told = await compareTold(database, connection);
    const seconds = (from: number) => Math.round((performance.now() - from) / 1_000);
    process.stdout.write(
      `${STAKES} stakes; killed: ${tally(killed)}; ${told.awards} awards; ${told.repeated} events told twice, ` +
        `${traffic.repeated} sends of stakes repeated; ${seconds(startedAt)} s, the last ${seconds(struckAt)} s calm\n`,
    );
    expect(await faultsInPools(database, traffic.announced)).toEqual([]);
    expect(told.faults).toEqual([]);
    expect(fleet.trouble()).toEqual([]);
  }, 600_000);

  it('loses awards that are published after the commit without the outbox: the test above does strike', async () => {
    const cut = async (stakes: number): Promise<void> => {
      fleet = newFleet('test/kafka/support/without-outbox.child.cjs');
      await fleet.start('consumer', 2);
      await flow(stakes);
      await broker.kill();
      await pause(LONGEST_CALM_MS);
      await fleet.end('SIGKILL');
      await broker.restart();
    };
    let stakes = 0;
    do await cut((stakes += FEW_STAKES));
    while (stakes < OUTAGES * FEW_STAKES && (await compareTold(database, connection)).faults.length === 0);

    fleet = newFleet('test/kafka/support/without-outbox.child.cjs');
    await fleet.start('consumer', 2);
    await allIn(stakes);
    // What is under way is told before they end.
    await fleet.end('SIGTERM');
    expect(await faultsInPools(database, traffic.announced)).toEqual([]);
    const { faults } = await compareTold(database, connection);
    expect(faults).toContainEqual(expect.stringMatching(/^awards missing: /));
  }, 300_000);
});

function tally(all: readonly Victim[]): string {
  const kinds: Victim[] = ['broker', 'relay', 'consumer'];
  return kinds.map((kind) => `${kind} ${all.filter((one) => one === kind).length}`).join(', ');
}

/** In any order. The broker seldom: it takes seconds to come back; so does the group of a consumer. */
function victims(): Victim[] {
  const [brokers, consumers] = [Math.floor(KILLS / 6), Math.floor(KILLS / 4)];
  const all = Array.from({ length: KILLS }, (_, i): Victim => {
    if (i < brokers) return 'broker';
    return i < brokers + consumers ? 'consumer' : 'relay';
  });
  return all
    .map((victim) => ({ victim, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ victim }) => victim);
}

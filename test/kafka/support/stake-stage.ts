import { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { Broker } from './broker';
import { Fleet } from './fleet';
import { connect, until } from './kafka';
import { entriesIn } from './stake-books';
import { StakeTraffic } from './stake-traffic';

const GAMES = 20;
const PARTITIONS = 8;
/** A group waits for a dead member for ten seconds, and again when the broker comes back. */
const CATCH_UP_MS = 120_000;

export const STAKES_TOPIC = 'player.v1.staked';
export const STAKES_GROUP = 'lottery_service_consumer_group';

/** A broker and a database of their own, a game service that announces stakes, and processes of the service. */
export class StakeStage {
  private constructor(
    readonly broker: Broker,
    readonly connection: KafkaConnection,
    readonly database: TestDatabase,
    readonly traffic: StakeTraffic,
    /** What a process of the service is started with. */
    readonly environment: Record<string, string>,
    public fleet: Fleet,
  ) {}

  static async set(): Promise<StakeStage> {
    const broker = await Broker.start();
    const database = await createTestDatabase();
    const connection = connect(broker.address, PARTITIONS);
    await connection.ensureTopics([STAKES_TOPIC]);
    const environment = {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '3',
      KAFKA_BROKERS: broker.address,
      KAFKA_TOPIC_PARTITIONS: String(PARTITIONS),
    };
    const [traffic, fleet] = [new StakeTraffic(connection, GAMES), new Fleet(environment)];
    return new StakeStage(broker, connection, database, traffic, environment, fleet);
  }

  /** Processes beside those of the stage's own fleet; whoever makes it ends it. */
  anotherFleet({ program, databaseUrl = this.database.url }: { program?: string; databaseUrl?: string } = {}): Fleet {
    return new Fleet({ ...this.environment, DATABASE_URL: databaseUrl }, program);
  }

  async clear(): Promise<void> {
    await this.traffic.stop();
    await this.fleet.end('SIGKILL');
    await this.broker.remove();
    await this.database.drop();
  }

  /** Allows so many in all, and waits until some of the new ones have come in. */
  async flow(stakes: number): Promise<void> {
    const before = await entriesIn(this.database);
    this.traffic.allow(stakes);
    await until(async () => (await entriesIn(this.database)) > before, CATCH_UP_MS);
  }

  async announced(stakes: number): Promise<void> {
    this.traffic.allow(stakes);
    await until(() => this.traffic.announced.length >= stakes);
  }

  allIn(stakes: number): Promise<void> {
    return until(async () => (await entriesIn(this.database)) >= stakes, CATCH_UP_MS);
  }
}

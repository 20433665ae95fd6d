import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { EventPublisher } from '../../../src/shared/application/event-publisher';
import { EventSubscriber } from '../../../src/shared/application/event-subscriber';
import { NewEvent, Outbox, StoredEvent } from '../../../src/shared/application/outbox';
import { UnitOfWork } from '../../../src/shared/application/unit-of-work';
import { Listeners, startRelay } from '../../support/relay-app';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

/** Longer than the relay's look at everything: what has not come by then does not come. */
export const LONG_MS = 3_000;

export class Recorder extends EventSubscriber {
  readonly types: readonly string[] | 'all' = 'all';
  readonly seen: StoredEvent[] = [];
  refuse: (event: StoredEvent) => boolean = () => false;
  fault = new Error('refused');

  constructor(readonly name = 'recorder') {
    super();
  }

  async handle(event: StoredEvent): Promise<void> {
    if (this.refuse(event)) throw this.fault;
    this.seen.push(event);
  }

  /** Steps of an aggregate; what a repeated unit of work brought again is left out. */
  stepsOf(aggregateId: string): unknown[] {
    const steps = this.seen.filter((event) => event.aggregateId === aggregateId).map(({ payload }) => payload['step']);
    return [...new Set(steps)];
  }
}

export class Broker extends EventPublisher {
  readonly taken: StoredEvent[] = [];
  fails = false;

  async publish(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) {
      if (this.fails) throw new Error('the broker is away');
      this.taken.push(event);
    }
  }
}

/** A database for each test, and replicas on it that are closed after the test. */
export function relayStage() {
  let database: TestDatabase;
  let apps: { close(): Promise<unknown> }[];

  beforeEach(async () => {
    database = await createTestDatabase();
    apps = [];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
  });

  const start = async (listeners: Listeners = {}): Promise<NestFastifyApplication> => {
    const app = await startRelay(database, listeners);
    apps.push(app);
    return app;
  };

  const count = async (what: string): Promise<number> =>
    Number((await database.dataSource.query<[{ count: string }]>(`select count(*) from ${what}`))[0].count);

  return {
    database: () => database,
    start,
    closeLater: (app: { close(): Promise<unknown> }) => void apps.push(app),
    count,
    undispatched: () => count('outbox_events where dispatched_at is null'),
    unpublished: () => count('outbox_events where published_at is null'),
    /** Who holds which partition. */
    async holders(): Promise<{ pid: number; partition: number }[]> {
      return database.dataSource.query(
        `select pid, objid::integer as partition from pg_locks where locktype = 'advisory' and granted
           and database = (select oid from pg_database where datname = current_database())
           and classid = ${0x7e1a7} order by objid`,
      );
    },
    async terminate(pid: number): Promise<void> {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query('select pg_terminate_backend($1)', [pid]);
      await client.end();
    },
  };
}

export const event = (aggregateId: string, step: number, type = 'thing.moved'): NewEvent => ({
  type,
  aggregateId,
  payload: { step },
});

export const add = (app: NestFastifyApplication, events: readonly NewEvent[]): Promise<void> =>
  app.get(UnitOfWork).run(() => app.get(Outbox).add(events));

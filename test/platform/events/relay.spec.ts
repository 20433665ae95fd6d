import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { EventPublisher } from '../../../src/shared/application/event-publisher';
import { EventSubscriber } from '../../../src/shared/application/event-subscriber';
import { EventSubscribers } from '../../../src/shared/application/event-subscribers';
import { NewEvent, Outbox, StoredEvent } from '../../../src/shared/application/outbox';
import { UnitOfWork } from '../../../src/shared/application/unit-of-work';
import { DispatchChannel } from '../../../src/platform/events/dispatch-channel';
import { OutboxRows, PendingEvent } from '../../../src/platform/events/outbox-rows';
import { RelaySession } from '../../../src/platform/events/relay-session';
import { pause } from '../../support/pause';
import { Listeners, startRelay } from '../../support/relay-app';
import { startTestApp } from '../../support/test-app';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { comesTrue, until } from '../../support/until';

/** Longer than the relay's look at everything: what has not come by then does not come. */
const LONG_MS = 3_000;

class Recorder extends EventSubscriber {
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

class Broker extends EventPublisher {
  readonly taken: StoredEvent[] = [];
  fails = false;

  async publish(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) {
      if (this.fails) throw new Error('the broker is away');
      this.taken.push(event);
    }
  }
}

describe('the relay', () => {
  let database: TestDatabase;
  let apps: NestFastifyApplication[];

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

  const event = (aggregateId: string, step: number, type = 'thing.moved'): NewEvent => ({
    type,
    aggregateId,
    payload: { step },
  });

  const add = (app: NestFastifyApplication, events: readonly NewEvent[]): Promise<void> =>
    app.get(UnitOfWork).run(() => app.get(Outbox).add(events));

  const count = async (what: string): Promise<number> =>
    Number((await database.dataSource.query<[{ count: string }]>(`select count(*) from ${what}`))[0].count);

  const undispatched = () => count('outbox_events where dispatched_at is null');
  const unpublished = () => count('outbox_events where published_at is null');

  it('tells each subscriber what it wants to know, in order, and marks it', async () => {
    const [all, some] = [
      new Recorder('all'),
      new (class extends Recorder {
        override readonly types = ['thing.broken'];
      })('some'),
    ];
    const app = await start({ subscribers: [all, some] });
    for (const step of [1, 2, 3]) await add(app, [event('a', step), event('b', step, 'thing.broken')]);
    await until(async () => (await undispatched()) === 0);
    expect(all.stepsOf('a')).toEqual([1, 2, 3]);
    expect(all.stepsOf('b')).toEqual([1, 2, 3]);
    expect(some.seen.map(({ type }) => type)).toEqual(['thing.broken', 'thing.broken', 'thing.broken']);
    expect(all.seen.find(({ aggregateId }) => aggregateId === 'a')).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      type: 'thing.moved',
      aggregateId: 'a',
      aggregateVersion: 1,
      payload: { step: 1 },
      occurredAt: expect.any(Date) as Date,
    });
    // Nobody publishes: that channel stays as it is.
    expect(await unpublished()).toBe(6);
  });

  it('delivers what was committed while nobody was there', async () => {
    const first = await start();
    await until(async () => (await holders()).length === 8);
    await first.close();
    const recorder = new Recorder();
    await first.get(UnitOfWork).run(() => first.get(Outbox).add([event('a', 1)]));
    await start({ subscribers: [recorder] });
    await until(() => recorder.seen.length === 1);
  });

  describe('while a transaction stays open', () => {
    /** Whether an event is delivered whose position is lower than that of one that was committed, and delivered, before it. */
    const deliversLateCommit = async (): Promise<boolean> => {
      const recorder = new Recorder();
      const app = await start({ subscribers: [recorder] });
      let commit = (): void => undefined;
      const open = new Promise<void>((resolve) => (commit = resolve));
      let added = (): void => undefined;
      const isAdded = new Promise<void>((resolve) => (added = resolve));
      const slow = app.get(UnitOfWork).run(async () => {
        await app.get(Outbox).add([event('slow', 1)]);
        added();
        await open;
      });
      await isAdded;
      // Other aggregates of all partitions, the one of the slow transaction among them.
      await add(
        app,
        Array.from({ length: 100 }, (_, i) => event(`fast ${i}`, 1)),
      );
      await until(async () => (await undispatched()) === 0);
      commit();
      await slow;
      return comesTrue(() => recorder.stepsOf('slow').length === 1, LONG_MS);
    };

    it('skips nothing that is committed later with a lower position', async () => {
      expect(await deliversLateCommit()).toBe(true);
    });

    it('would skip it with a cursor over positions: the test above does look', async () => {
      const cursors = new Map<string, number>();
      const read = OutboxRows.prototype.undelivered;
      jest.spyOn(OutboxRows.prototype, 'undelivered').mockImplementation(async function (
        this: OutboxRows,
        channel,
        partition,
        limit,
        heldBack,
      ): Promise<readonly PendingEvent[]> {
        const behind = cursors.get(`${channel} ${partition}`) ?? 0;
        const found = (await read.call(this, channel, partition, limit, heldBack)).filter(
          ({ position }) => Number(position) > behind,
        );
        const last = found.at(-1);
        if (last) cursors.set(`${channel} ${partition}`, Number(last.position));
        return found;
      });
      expect(await deliversLateCommit()).toBe(false);
    });
  });

  describe('when something fails', () => {
    const neighbours = Array.from({ length: 50 }, (_, i) => event(`neighbour ${i}`, 1));

    it('holds back the aggregate of an event that cannot be handled, and nothing else', async () => {
      const recorder = new Recorder();
      const app = await start({ subscribers: [recorder] });
      recorder.refuse = ({ aggregateId, payload }) => aggregateId === 'poisoned' && payload['step'] === 2;
      for (const step of [1, 2, 3]) await add(app, [event('poisoned', step), event('well', step)]);
      // One of the same partition, whichever that is.
      await add(app, neighbours);
      await until(async () => (await undispatched()) === 2);
      await pause(LONG_MS);
      expect(recorder.stepsOf('poisoned')).toEqual([1]);
      expect(recorder.stepsOf('well')).toEqual([1, 2, 3]);
      recorder.refuse = () => false;
      await until(async () => (await undispatched()) === 0);
      expect(recorder.stepsOf('poisoned')).toEqual([1, 2, 3]);
    });

    it('holds back nobody while the database is away: no event is at fault', async () => {
      const errors = jest.spyOn(Logger.prototype, 'error');
      const recorder = new Recorder();
      const app = await start({ subscribers: [recorder] });
      let refusals = 12;
      recorder.refuse = () => refusals-- > 0;
      recorder.fault = Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' });
      await add(app, neighbours);
      await until(async () => (await undispatched()) === 0);
      expect(new Set(recorder.seen.map(({ aggregateId }) => aggregateId)).size).toBe(neighbours.length);
      expect(errors).not.toHaveBeenCalled();
    });

    it("looks no further for an event that cannot be handled in a partition that is another replica's now", async () => {
      const recorder = new Recorder();
      let asked = 0;
      recorder.refuse = () => ++asked > 0;
      const { app } = await startTestApp({ ROLES: 'api' }, database);
      apps.push(app);
      app.get(EventSubscribers).add(recorder);
      await add(app, neighbours);
      for (let partition = 0; partition < 8; partition++) {
        await app.get(DispatchChannel).deliverSome(partition, () => false);
      }
      expect(asked).toBe(8);
    });

    it('goes on within the service while the broker is away, and publishes all when it is back', async () => {
      const [recorder, publisher] = [new Recorder(), new Broker()];
      const app = await start({ subscribers: [recorder], publisher });
      publisher.fails = true;
      for (const step of [1, 2, 3]) await add(app, [event('a', step)]);
      await until(async () => (await undispatched()) === 0);
      expect(await unpublished()).toBe(3);
      publisher.fails = false;
      await until(async () => (await unpublished()) === 0);
      expect(publisher.taken.map(({ payload }) => payload['step'])).toEqual([1, 2, 3]);
    });

    it('takes the effect of a subscriber back with that of the one behind it, and tells both again', async () => {
      const [first, second] = [new Recorder('first'), new Recorder('second')];
      let refusals = 2;
      second.refuse = () => refusals-- > 0;
      const app = await start({ subscribers: [first, second] });
      await add(app, [event('a', 1)]);
      await until(async () => (await undispatched()) === 0);
      expect(second.seen).toHaveLength(1);
      expect(await count(`inbox_messages where consumer in ('first', 'second')`)).toBe(2);
    });
  });

  describe('with several replicas', () => {
    it('has one holder for each partition, and another one as soon as that loses its connection', async () => {
      const recorders = [new Recorder(), new Recorder(), new Recorder()];
      const [app] = await Promise.all(recorders.map((recorder) => start({ subscribers: [recorder] })));
      await until(async () => (await holders()).length === 8);
      const seen = () => recorders.flatMap((recorder) => recorder.stepsOf('a'));
      for (let step = 1; step <= 6; step++) {
        const [holder] = await holders();
        await terminate(holder!.pid);
        await add(app!, [event('a', step)]);
        await until(() => seen().length === step);
        await until(async () => (await holders()).length === 8);
        expect(new Set((await holders()).map(({ partition }) => partition)).size).toBe(8);
        expect((await holders()).map(({ pid }) => pid)).not.toContain(holder!.pid);
      }
      // Each once, whoever handled it.
      expect(seen().sort()).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('shares the partitions equally, whoever comes and goes', async () => {
      const shares = async () => {
        const counts = new Map<number, number>();
        for (const { pid } of await holders()) counts.set(pid, (counts.get(pid) ?? 0) + 1);
        return [...counts.values()].sort().join();
      };
      await start();
      await until(async () => (await shares()) === '8');
      const second = await start();
      await until(async () => (await shares()) === '4,4');
      await start();
      await until(async () => (await shares()) === '2,3,3');
      await second.close();
      await until(async () => (await shares()) === '4,4');
      const [holder] = await holders();
      await terminate(holder!.pid);
      await until(async () => (await shares()) === '4,4' && !(await holders()).some(({ pid }) => pid === holder!.pid));
    });

    /** What was published while a second replica came and left: by both together, as it came. */
    const publishedInHandOvers = async (): Promise<StoredEvent[]> => {
      const publisher = new Broker();
      const publish = publisher.publish.bind(publisher);
      let open = (): void => undefined;
      const isOpen = new Promise<void>((resolve) => (open = resolve));
      let begun = 0;
      publisher.publish = async (events) => {
        begun += events.length;
        await isOpen;
        await publish(events);
      };
      const things = Array.from({ length: 64 }, (_, i) => `thing ${i}`);
      const app = await start({ publisher });
      const addStep = (step: number) =>
        add(
          app,
          things.map((thing) => event(thing, step)),
        );
      await addStep(1);
      await until(() => begun === things.length);
      const other = await start({ publisher });
      // Work is under way in all partitions: none may change hands.
      await comesTrue(() => begun > things.length, LONG_MS);
      open();
      await until(async () => new Set((await holders()).map(({ pid }) => pid)).size === 2);
      await addStep(2);
      await until(async () => (await unpublished()) === 0);
      await other.close();
      await addStep(3);
      await until(async () => (await unpublished()) === 0);
      expect(publisher.taken.length).toBeGreaterThanOrEqual(3 * things.length);
      return publisher.taken;
    };

    it('tells nothing twice when partitions change hands, and all in order', async () => {
      const published = await publishedInHandOvers();
      const ids = published.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (let i = 0; i < 64; i++) {
        const own = published.filter(({ aggregateId }) => aggregateId === `thing ${i}`);
        expect(own.map(({ aggregateVersion }) => aggregateVersion)).toEqual([1, 2, 3]);
      }
    });

    it('would tell twice if partitions were given back with work under way: the test above does hand over', async () => {
      const giveBack = RelaySession.prototype.giveBack;
      jest.spyOn(RelaySession.prototype, 'giveBack').mockImplementation(function (this: RelaySession) {
        return giveBack.call(this, () => false);
      });
      const published = await publishedInHandOvers();
      expect(new Set(published.map(({ id }) => id)).size).toBeLessThan(published.length);
    });

    it('hands over at a stop, after the batch under way', async () => {
      const slow = new Recorder();
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const entered = new Promise<void>((resolve) => {
        const handle = slow.handle.bind(slow);
        slow.handle = async (given) => {
          resolve();
          await released;
          await handle(given);
        };
      });
      const next = new Recorder();
      const app = await start({ subscribers: [slow] });
      await until(async () => (await holders()).length === 8);
      await add(app, [event('a', 1)]);
      await entered;
      const other = await start({ subscribers: [next] });
      const closed = app.close();
      await pause(500);
      expect(await undispatched()).toBe(1);
      release();
      await closed;
      expect(slow.stepsOf('a')).toEqual([1]);
      expect(await undispatched()).toBe(0);
      await add(other, [event('a', 2)]);
      await until(() => next.seen.length === 1);
      expect(next.stepsOf('a')).toEqual([2]);
    });
  });

  describe('the kept period', () => {
    const age = (aggregateId: string, days: number) =>
      database.dataSource.query(
        `update outbox_events set occurred_at = occurred_at - make_interval(days => $2) where aggregate_id = $1`,
        [aggregateId, days],
      );

    const fill = async (): Promise<void> => {
      const app = await start({ subscribers: [new Recorder()] });
      await add(app, [event('old', 1), event('young', 1)]);
      await until(async () => (await undispatched()) === 0);
      await app.close();
      await age('old', 8);
      await age('young', 6);
    };

    it('ends for what is delivered: it is forgotten, with the marks of its subscribers', async () => {
      await fill();
      await start({ subscribers: [new Recorder()] });
      await until(async () => (await count(`outbox_events where aggregate_id = 'old'`)) === 0);
      expect(await count(`outbox_events where aggregate_id = 'young'`)).toBe(1);
      expect(await count(`inbox_messages where consumer = 'recorder'`)).toBe(1);
    });

    it('ends after 30 days for messages that were handled, however many', async () => {
      const handled = (count: number, days: number) =>
        database.dataSource.query(
          `insert into inbox_messages (consumer, message_id, handled_at)
           select 'stakes', gen_random_uuid(), now() - make_interval(days => $2) from generate_series(1, $1)`,
          [count, days],
        );
      await handled(25_000, 31);
      await handled(10, 29);
      await start();
      await until(async () => (await count('inbox_messages')) === 10);
    });

    it('does not end before each channel that is open has delivered', async () => {
      await fill();
      const publisher = new Broker();
      publisher.fails = true;
      await start({ subscribers: [new Recorder()], publisher });
      await pause(LONG_MS);
      expect(await count('outbox_events')).toBe(2);
    });
  });

  async function holders(): Promise<{ pid: number; partition: number }[]> {
    return database.dataSource.query(
      `select pid, objid::integer as partition from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())
         and classid = ${0x7e1a7} order by objid`,
    );
  }

  async function terminate(pid: number): Promise<void> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('select pg_terminate_backend($1)', [pid]);
    await client.end();
  }
});

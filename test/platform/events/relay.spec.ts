import { Logger } from '@nestjs/common';
import { DispatchChannel } from '../../../src/platform/events/dispatch-channel';
import { OutboxRows, PendingEvent } from '../../../src/platform/events/outbox-rows';
import { EventSubscribers } from '../../../src/shared/application/event-subscribers';
import { Outbox } from '../../../src/shared/application/outbox';
import { UnitOfWork } from '../../../src/shared/application/unit-of-work';
import { pause } from '../../support/pause';
import { startTestApp } from '../../support/test-app';
import { comesTrue, until } from '../../support/until';
import { add, Broker, event, LONG_MS, Recorder, relayStage } from './relay-stage';

describe('the relay', () => {
  const { database, start, closeLater, count, undispatched, unpublished, holders } = relayStage();

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
    /**
     * Whether an event is delivered whose position is lower than that of one that was committed, and delivered, before
     * it.
     */
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
      const api = await startTestApp({ ROLES: 'api' }, database());
      closeLater(api);
      const { app } = api;
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

  describe('the kept period', () => {
    const age = (aggregateId: string, days: number) =>
      database().dataSource.query(
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
        database().dataSource.query(
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
});

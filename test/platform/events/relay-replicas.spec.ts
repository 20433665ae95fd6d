import { RelaySession } from '../../../src/platform/events/relay-session';
import type { StoredEvent } from '../../../src/shared/application/outbox';
import { pause } from '../../support/pause';
import { comesTrue, until } from '../../support/until';
import { add, Broker, event, LONG_MS, Recorder, relayStage } from './relay-stage';

describe('the relay', () => {
  const { start, undispatched, unpublished, holders, terminate } = relayStage();

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
});

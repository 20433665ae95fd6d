import { setImmediate, setTimeout } from 'node:timers/promises';
import { SingleFlight } from '../../../src/platform/retry/single-flight';

describe('one run at a time', () => {
  /** Runs under way, the most that were at once, and how many have begun. */
  let active = 0;
  let most = 0;
  let begun = 0;
  let flight: SingleFlight<number>;

  beforeEach(() => {
    active = most = begun = 0;
    flight = new SingleFlight(async () => {
      const run = ++begun;
      most = Math.max(most, ++active);
      await setTimeout(run % 3);
      active--;
      if (run % 4 === 0) throw new Error(`run ${run} failed`);
      return run;
    });
  });

  it('is shared by all who come while it lasts, and by nobody else', async () => {
    expect(await Promise.all([flight.run(), flight.run(), flight.run()])).toEqual([1, 1, 1]);
    expect(await flight.run()).toBe(2);
  });

  it('shares a failure as well, and keeps it for nobody', async () => {
    for (const run of [1, 2, 3]) expect(await flight.run()).toBe(run);
    const outcomes = await Promise.allSettled([flight.run(), flight.run()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await flight.run()).toBe(5);
  });

  it('fails as one run where the work throws before it begins', async () => {
    const broken = new SingleFlight(() => {
      throw new Error(`broken ${++begun}`);
    });
    await expect(broken.run()).rejects.toThrow('broken 1');
    await expect(broken.run()).rejects.toThrow('broken 2');
  });

  it('begins afresh for whoever calls again after a run, whatever others do meanwhile', async () => {
    const caller = async () => {
      let last = 0;
      for (let call = 0; call < 20; call++) {
        const run = await flight.run().catch((error: Error) => Number(/\d+/.exec(error.message)?.[0]));
        expect(run).toBeGreaterThan(last);
        last = run;
        if (call % 5 === 0) await setImmediate();
      }
    };
    await Promise.all(Array.from({ length: 50 }, caller));
    expect(most).toBe(1);
    expect(begun).toBeLessThan(100);
  });

  it('is waited for at the end, however it ends', async () => {
    await flight.settled();
    expect(begun).toBe(0);
    for (const run of [1, 2, 3]) expect(await flight.run()).toBe(run);
    const outcome = flight.run().catch((error: Error) => error.message);
    await flight.settled();
    expect(active).toBe(0);
    expect(await outcome).toBe('run 4 failed');
  });
});

import { Turns } from '../../../src/platform/downloads/turns';
import { pause } from '../../support/pause';

const HOLD_MS = 40;
const PAUSE_MS = 30;
const piece = (value = 'x') => Promise.resolve({ done: false, value } as const);

describe('the turns of downloads', () => {
  const turns = () => new Turns({ holdMs: HOLD_MS, pauseMs: PAUSE_MS });

  /** How long a piece takes that is asked for now. */
  async function waitOf(of: Turns): Promise<number> {
    const startedMs = performance.now();
    await of.take(() => piece());
    return performance.now() - startedMs;
  }

  it('go on behind pieces that do not come, each of which comes or fails later', async () => {
    const of = turns();
    let come: () => void = () => undefined;
    const late = of.take(() => new Promise<void>((resolve) => (come = resolve)).then(() => piece('late')));
    let fail: () => void = () => undefined;
    const failing = of.take(() => new Promise((_, reject) => (fail = () => reject(new Error('no answer')))));
    expect(await waitOf(of)).toBeLessThan(20 * HOLD_MS);
    come();
    expect(await late).toEqual({ done: false, value: 'late' });
    fail();
    await expect(failing).rejects.toThrow('no answer');
  });

  it('pause no longer than that after a slow piece', async () => {
    const of = new Turns({ holdMs: 10_000, pauseMs: PAUSE_MS });
    await of.take(() => pause(400).then(() => piece()));
    expect(await waitOf(of)).toBeLessThan(300);
  });

  it('are taken one at a time, in order, by pieces that come in time', async () => {
    const of = new Turns({ holdMs: 10_000, pauseMs: PAUSE_MS });
    const log: number[] = [];
    const take = (i: number) =>
      of.take(async () => {
        log.push(i);
        await pause(5);
        log.push(i);
        return piece();
      });
    await Promise.all([take(0), take(1), take(2)]);
    expect(log).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

import { performance } from 'node:perf_hooks';
import { Quarantine } from '../../../src/platform/retry/quarantine';

describe('what is held back', () => {
  let nowMs: number;

  beforeEach(() => {
    nowMs = 1_000;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is left out longer and longer, until it succeeds', () => {
    const held = new Quarantine(1_000, 4_000);
    for (const pauseMs of [1_000, 2_000, 4_000, 4_000]) {
      held.failed('a');
      nowMs += pauseMs - 1;
      expect(held.pausing).toEqual(['a']);
      nowMs += 1;
      expect([held.pausing, held.isPausing('a')]).toEqual([[], false]);
    }
    held.succeeded('a');
    held.failed('a');
    nowMs += 1_000;
    expect(held.pausing).toEqual([]);
  });

  it('is forgotten where it does not come again', () => {
    const held = new Quarantine(1_000, 4_000);
    held.failed('elsewhere');
    nowMs += 30_000;
    held.failed('here');
    expect(held.size).toBe(2);
    nowMs += 31_001;
    held.failed('here');
    expect(held.size).toBe(1);
  });
});

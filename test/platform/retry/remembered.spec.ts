import { setTimeout } from 'node:timers/promises';
import { Remembered } from '../../../src/platform/retry/remembered';
import { DomainError } from '../../../src/shared/domain/domain-error';

class NothingThere extends DomainError {
  readonly code = 'test.nothing-there';
  readonly kind = 'not-found';
}

describe('what is remembered of look-ups', () => {
  let lookUps: string[];
  let remembered: Remembered<string>;

  beforeEach(() => {
    lookUps = [];
    remembered = new Remembered(2);
  });

  const get = (key: string, outcome: () => string = () => `${key} found`) =>
    remembered.get(key, async () => {
      lookUps.push(key);
      await setTimeout(1);
      return outcome();
    });

  it('is looked up once by a crowd, and then no more', async () => {
    const crowd = await Promise.all(Array.from({ length: 100 }, () => get('a')));
    expect(new Set([...crowd, await get('a')])).toEqual(new Set(['a found']));
    expect(lookUps).toEqual(['a']);
  });

  it('is looked up for each key, and again once many others were', async () => {
    for (const key of ['a', 'b', 'c', 'c', 'a']) expect(await get(key)).toBe(`${key} found`);
    expect(lookUps).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is no failure: all who wait share it, the next one looks up again', async () => {
    const gone = () => {
      throw new Error('gone');
    };
    const outcomes = await Promise.allSettled([get('a', gone), get('a'), get('a')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await get('a')).toBe('a found');
    expect(lookUps).toEqual(['a', 'a']);
  });

  describe('where there was nothing when a look-up began', () => {
    let rows: string[];
    /** Sees what there is when it begins, as a statement does. */
    const read = () =>
      remembered.get('a', async () => {
        lookUps.push('a');
        const [row] = [...rows];
        await setTimeout(1);
        if (row === undefined) throw new NothingThere();
        return row;
      });

    beforeEach(() => {
      rows = [];
    });

    it('is found by who asks after it came, also by joining that look-up', async () => {
      const early = read();
      rows.push('the row');
      const late = Array.from({ length: 20 }, read);
      await expect(early).rejects.toThrow(NothingThere);
      expect(new Set(await Promise.all(late))).toEqual(new Set(['the row']));
      expect(lookUps).toEqual(['a', 'a']);
    });

    it('is asked for once more by all who joined together, and not again', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, read));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
      expect(lookUps).toEqual(['a', 'a']);
    });
  });
});

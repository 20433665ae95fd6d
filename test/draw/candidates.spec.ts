import fc from 'fast-check';
import { Jury, namedIndexes } from '../../src/draw/domain/candidates';

describe('name ballots from the key', () => {
  it('names every ballot exactly once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 1, max: 300 }), (key, size) => {
        const indexes = [...namedIndexes(Buffer.from(key), size)].map(({ index }) => index);
        expect(indexes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
      { numRuns: 50 },
    );
  });

  it('names nothing in an empty log', () => {
    expect([...namedIndexes(Buffer.alloc(32), 0)]).toEqual([]);
  });
});

describe('judge candidates', () => {
  const ballot = (player: string) => ({ id: `ballot of ${player}`, player });

  it('passes over excluded players and over players who have won', () => {
    const jury = new Jury(2, new Set(['eve']), 2);
    jury.judge({ block: 0, index: 4 }, ballot('eve'));
    jury.judge({ block: 1, index: 2 }, ballot('ann'));
    jury.judge({ block: 3, index: 7 }, ballot('ann'));
    expect(jury.isOver).toBe(false);
    jury.judge({ block: 4, index: 0 }, ballot('bob'));
    expect(jury.isOver).toBe(true);
    expect(jury.winnerIndexes).toEqual([2, 0]);
    expect(jury.candidates.map(({ verdict }) => verdict)).toEqual(['excluded', 'winner', 'repeated', 'winner']);
  });

  it('judges nobody after the last winner', () => {
    const jury = new Jury(1, new Set(), 2);
    jury.judge({ block: 0, index: 0 }, ballot('ann'));
    expect(() => jury.judge({ block: 1, index: 1 }, ballot('bob'))).toThrow('after the last winner');
  });
});

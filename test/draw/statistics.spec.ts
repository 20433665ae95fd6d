import { createHmac } from 'node:crypto';
import { drawKey, indexOfBlock, namedIndexes } from '../../src/draw/domain/candidates';
import { rounds } from '../support/rounds';

const DRAWS = rounds({ few: 40_000, all: 200_000 });
/** A fair draw fails this once in 10,000 inputs; the inputs are fixed, so it fails always or never. */
const Z_OF_ONE_IN_10_000 = 3.719;

/** The keys of draws that differ in nothing but their number. */
const KEYS = Array.from({ length: DRAWS }, (_, draw) =>
  drawKey(createHmac('sha256', 'statistics').update(String(draw)).digest(), 'lottery-draw/v2/open\n', 'seal\n', null),
);

/** Pearson's statistic of how often each of n indexes was named, against a uniform distribution. */
function chiSquare(n: number, indexOf: (key: Buffer) => number): number {
  const counts = new Uint32Array(n);
  for (const key of KEYS) counts[indexOf(key)]!++;
  const expected = DRAWS / n;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Quantile of the chi-square distribution (Wilson and Hilferty, PNAS 17 (1931) 684). */
function limit(n: number): number {
  const k = n - 1;
  return k * (1 - 2 / (9 * k) + Z_OF_ONE_IN_10_000 * Math.sqrt(2 / (9 * k))) ** 3;
}

describe('the luck of the draw', () => {
  const first = (key: Buffer, n: number): number => {
    for (const { index } of namedIndexes(key, n)) return index;
    throw new Error('a log with ballots has a first index');
  };

  it.each([2, 7, 10, 1_000])(`is the same for each of %i ballots, over ${DRAWS} draws`, (n) => {
    expect(chiSquare(n, (key) => first(key, n))).toBeLessThan(limit(n));
  });

  it.each([7, 10, 1_000])('would be seen to be unfair to %i ballots, were it the remainder of a few bits', (n) => {
    const biased = (key: Buffer) => ((key[0] ?? 0) & 31) % n;
    expect(chiSquare(n, biased)).toBeGreaterThan(limit(n));
  });

  it('is the same for the second prize: no index follows another more often than the rest', () => {
    const n = 10;
    const second = (key: Buffer) => {
      const [one, two] = namedIndexes(key, n);
      return ((two?.index ?? 0) - (one?.index ?? 0) + n) % n;
    };
    const distances = new Uint32Array(n);
    for (const key of KEYS) distances[second(key)]!++;
    const expected = DRAWS / (n - 1);
    const statistic = distances.slice(1).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(distances[0]).toBe(0);
    expect(statistic).toBeLessThan(limit(n - 1));
  });
});

describe('an index from a block', () => {
  const BITS = 9;
  const BLOCKS = 2 ** BITS;

  it(`is fair exactly: of all blocks of ${BITS} bits each index gets as many, and only the last few are skipped`, () => {
    for (let size = 1; size <= BLOCKS; size++) {
      const indexes = Array.from({ length: BLOCKS }, (_, block) => indexOfBlock(BigInt(block), size, BITS));
      const kept = indexes.filter((index) => index !== null);
      expect(kept).toHaveLength(BLOCKS - (BLOCKS % size));
      expect(indexes.slice(kept.length).every((index) => index === null)).toBe(true);
      const counts = new Uint32Array(size);
      for (const index of kept) counts[index]!++;
      expect(new Set(counts)).toEqual(new Set([Math.floor(BLOCKS / size)]));
    }
  });

  it('would be seen to be unfair if nothing were skipped', () => {
    const counts = new Uint32Array(7);
    for (let block = 0; block < BLOCKS; block++) counts[block % 7]!++;
    expect(new Set(counts).size).toBeGreaterThan(1);
  });
});

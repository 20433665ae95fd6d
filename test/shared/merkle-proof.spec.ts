import { hash } from 'node:crypto';
import {
  consistencyRanges,
  hashOfSpans,
  inclusionRanges,
  LeafRange,
  spansOf,
} from '../../src/shared/domain/merkle-proof';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import vectors from '../vectors/rfc6962-kat.json';

const leaves = vectors.leaves.map((hex) => hash('sha256', Buffer.from(`00${hex}`, 'hex'), 'buffer'));

function hashesOf(ranges: LeafRange[]): string[] {
  return ranges.map(({ start, end }) =>
    Frontier.empty.append(leaves.slice(start, end)).frontier.root().toString('hex'),
  );
}

describe('proofs of RFC 6962', () => {
  it.each(vectors.inclusion)('proves that leaf $leaf_index is in the tree of $tree_size', (known) => {
    expect(hashesOf(inclusionRanges(known.leaf_index, known.tree_size))).toEqual(known.path);
  });

  it.each(vectors.consistency)('proves that the tree of $first is the beginning of the tree of $second', (known) => {
    expect(hashesOf(consistencyRanges(known.first, known.second))).toEqual(known.proof);
  });

  it('refuses leaves and sizes that the tree does not have', () => {
    expect(() => inclusionRanges(8, 8)).toThrow('leaf 8 is in a tree of 8');
    expect(() => consistencyRanges(0, 8)).toThrow('a tree of 0');
    expect(() => consistencyRanges(9, 8)).toThrow('a tree of 9');
  });
});

describe('hash of a range from stored hashes', () => {
  it('is the one that its leaves have, from few stored hashes', () => {
    const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(`leaf ${i}`));
    const { completed } = Frontier.empty.append(leaves);
    const stored = (level: number, index: number) =>
      level === 0
        ? leaves[index]
        : completed.find((subtree) => subtree.level === level && subtree.index === index)?.hash;
    const ranges = [
      ...inclusionRanges(0, 70_000),
      ...inclusionRanges(65_535, 70_000),
      ...inclusionRanges(69_999, 70_000),
      ...consistencyRanges(255, 66_000),
      ...consistencyRanges(65_537, 70_000),
      { start: 0, end: 70_000 },
    ];
    for (const range of ranges) {
      const hashes = spansOf(range).map(({ level, start, end }) => {
        expect(end - start).toBeLessThanOrEqual(128);
        return Array.from({ length: end - start }, (_, i) => stored(level, start + i) as Buffer);
      });
      expect(hashOfSpans(hashes)).toEqual(Frontier.empty.append(leaves.slice(range.start, range.end)).frontier.root());
    }
  });
});

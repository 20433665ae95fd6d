import { hash } from 'node:crypto';
import { consistencyRanges, inclusionRanges, LeafRange } from '../../src/shared/domain/merkle-proof';
import { Frontier } from '../../src/shared/domain/merkle-tree';
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

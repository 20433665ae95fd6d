import { hash } from 'node:crypto';
import fc from 'fast-check';
import { Frontier, leafHash, nodeHash, Subtree } from '../../src/shared/domain/merkle-tree';
import vectors from '../vectors/rfc6962-kat.json';

/** MTH of RFC 9162 section 2.1.1, word for word. */
function mth(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return hash('sha256', '', 'buffer');
  if (leaves.length === 1) return leaves[0] as Buffer;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafHash(`leaf ${i}`));

describe('Merkle tree of RFC 6962', () => {
  const leaves = vectors.leaves.map((hex) => hash('sha256', Buffer.from(`00${hex}`, 'hex'), 'buffer'));

  it.each(vectors.roots_by_size.map((root, size) => ({ root, size })))('has the known root at size $size', (known) => {
    const { frontier } = Frontier.empty.append(leaves.slice(0, known.size));
    expect(frontier.root().toString('hex')).toBe(known.root);
  });

  it('hashes a leaf as H(00 || line)', () => {
    expect(leafHash('').toString('hex')).toBe(vectors.roots_by_size[1]);
    expect(leafHash('ä')).toEqual(hash('sha256', Buffer.from('00c3a4', 'hex'), 'buffer'));
  });
});

describe('frontier', () => {
  it('has the root of all leaves, however they were cut into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (batches) => {
        const leaves = leavesOf(batches.reduce((sum, batch) => sum + batch, 0));
        let frontier = Frontier.empty;
        for (const batch of batches) {
          const stored = Frontier.fromBytes(frontier.size, frontier.toBytes());
          frontier = stored.append(leaves.slice(frontier.size, frontier.size + batch)).frontier;
        }
        expect(frontier.size).toBe(leaves.length);
        expect(frontier.root()).toEqual(mth(leaves));
      }),
      { numRuns: 60 },
    );
  });

  it('hands out each completed subtree of 16, 256 and 4,096 leaves once, at its place', () => {
    const leaves = leavesOf(4_096 + 700);
    const completed: Subtree[] = [];
    let frontier = Frontier.empty;
    for (let start = 0; start < leaves.length; start += 1_000) {
      const appended = frontier.append(leaves.slice(start, start + 1_000));
      frontier = appended.frontier;
      completed.push(...appended.completed);
    }
    const expected = [1, 2, 3].flatMap((level) =>
      Array.from({ length: Math.floor(leaves.length / 16 ** level) }, (_, index) => {
        return { level, index, hash: mth(leaves.slice(16 ** level * index, 16 ** level * (index + 1))) };
      }),
    );
    const inOrder = completed.toSorted((a, b) => a.level - b.level || a.index - b.index);
    expect(inOrder).toEqual(expected);
  });

  it('refuses stored peaks that do not fit the size', () => {
    expect(() => Frontier.fromBytes(3, Buffer.alloc(32))).toThrow('2 peaks');
  });
});

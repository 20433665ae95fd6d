import { invariant } from './invariant';
import { Frontier, nodeHash, SUBTREE_WIDTH } from './merkle-tree';

/** The leaves `start` to `end - 1`: a subtree whose hash is one element of a proof. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The subtrees whose hashes prove that the leaf is in the tree of this size, lowest first (RFC 9162, 2.1.3.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  invariant(index >= 0 && index < size, `leaf ${index} is in a tree of ${size}`);
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const split = start + largestPowerOfTwoBelow(end - start);
    if (index < split) {
      ranges.unshift({ start: split, end });
      end = split;
    } else {
      ranges.unshift({ start, end: split });
      start = split;
    }
  }
  return ranges;
}

/** The subtrees whose hashes prove that the smaller tree is the beginning of the larger (RFC 9162 section 2.1.4.1). */
export function consistencyRanges(smaller: number, larger: number): LeafRange[] {
  invariant(smaller > 0 && smaller <= larger, `a tree of ${smaller} can be the beginning of one of ${larger}`);
  const ranges: LeafRange[] = [];
  let [start, end] = [0, larger];
  while (smaller !== end) {
    const split = start + largestPowerOfTwoBelow(end - start);
    if (smaller <= split) {
      ranges.unshift({ start: split, end });
      end = split;
    } else {
      ranges.unshift({ start, end: split });
      start = split;
    }
  }
  // The verifier knows the smaller root; its last part is needed only if that root is not itself a subtree.
  return start === 0 ? ranges : [{ start, end }, ...ranges];
}

/** Neighbouring hashes of one stored level (0: leaves, 1: subtrees of 16 leaves, ...): indexes `start` to `end - 1`. */
export interface Span {
  readonly level: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The stored hashes that determine the hash of the range, see `hashOfSpans`: for each perfect subtree of the range,
 * largest first, at most 8 neighbours of one level.
 */
export function spansOf({ start, end }: LeafRange): Span[] {
  const spans: Span[] = [];
  for (let from = start; from < end;) {
    const leaves = largestPowerOfTwoUpTo(end - from);
    let [level, unit] = [0, 1];
    for (; unit * SUBTREE_WIDTH <= leaves; unit *= SUBTREE_WIDTH) level++;
    spans.push({ level, start: from / unit, end: (from + leaves) / unit });
    from += leaves;
  }
  return spans;
}

/** Computes the hash of a range from the stored hashes of its spans, in order. */
export function hashOfSpans(hashes: readonly (readonly Buffer[])[]): Buffer {
  const peaks = hashes.map((neighbours) => Frontier.empty.append(neighbours).frontier.root());
  const [last, ...rest] = peaks.reverse();
  invariant(last, 'a range is not empty');
  return rest.reduce((right, left) => nodeHash(left, right), last);
}

function largestPowerOfTwoUpTo(count: number): number {
  return largestPowerOfTwoBelow(count + 1);
}

function largestPowerOfTwoBelow(count: number): number {
  let power = 1;
  while (2 * power < count) power *= 2;
  return power;
}

import { hash } from 'node:crypto';
import { invariant } from './invariant';

/** Bytes of every hash in the tree (SHA-256). */
export const HASH_BYTES = 32;
/** Leaves under one stored subtree hash of level 1; a level-2 hash covers 16 of those, and so on. */
export const SUBTREE_WIDTH = 16;
const SUBTREE_HEIGHT = 4;

/** The root of the empty tree, H("") (RFC 9162 section 2.1.1). */
const EMPTY_ROOT: Buffer = sha256('');

/** H(00 || line), RFC 9162 section 2.1.1. The line is UTF-8 without its line feed. */
export function leafHash(line: string): Buffer {
  return sha256(`\0${line}`);
}

const scratch = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** H(01 || left || right), RFC 9162 section 2.1.1. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(scratch, 1);
  right.copy(scratch, 1 + HASH_BYTES);
  return sha256(scratch);
}

/** The hash of a completed perfect subtree: `level` 1 covers 16 leaves, 2 covers 256, ...; `index` counts from 0. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
  readonly hash: Buffer;
}

/**
 * The right edge of an append-only tree: the hashes of its maximal perfect subtrees, largest first. It is all that
 * appending and the root need, at most 53 hashes at any size. Immutable.
 */
export class Frontier {
  static readonly empty = new Frontier(0, []);

  private constructor(
    /** Number of leaves. */
    readonly size: number,
    private readonly peaks: readonly Buffer[],
  ) {}

  /** Reads what `toBytes` wrote. */
  static fromBytes(size: number, bytes: Buffer): Frontier {
    invariant(Number.isSafeInteger(size) && size >= 0, `tree size ${size} is a natural number`);
    invariant(bytes.length === bitCount(size) * HASH_BYTES, `a tree of ${size} leaves has ${bitCount(size)} peaks`);
    const peaks = Array.from({ length: bitCount(size) }, (_, i) =>
      Buffer.from(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
    );
    return new Frontier(size, peaks);
  }

  toBytes(): Buffer {
    return Buffer.concat(this.peaks);
  }

  /** The tree with these leaf hashes at its end, and every 16-, 256-, 4,096-, ...-leaf subtree that they completed. */
  append(leafHashes: readonly Buffer[]): { frontier: Frontier; completed: Subtree[] } {
    const peaks = [...this.peaks];
    const completed: Subtree[] = [];
    let size = this.size;
    for (const leaf of leafHashes) {
      let node = leaf;
      let width = 1;
      for (let height = 1; Math.floor(size / width) % 2 === 1; height++) {
        node = nodeHash(peaks.pop() as Buffer, node);
        width *= 2;
        if (height % SUBTREE_HEIGHT === 0) {
          completed.push({ level: height / SUBTREE_HEIGHT, index: Math.floor(size / width), hash: node });
        }
      }
      peaks.push(node);
      size++;
    }
    return { frontier: new Frontier(size, peaks), completed };
  }

  /** The Merkle tree hash of all leaves (RFC 9162 section 2.1.1). */
  root(): Buffer {
    return (
      this.peaks.reduceRight<Buffer | null>((right, left) => (right ? nodeHash(left, right) : left), null) ?? EMPTY_ROOT
    );
  }
}

/** As a buffer, each digest would be an allocation of its own outside the heap, at three times the cost. */
function sha256(data: string | Buffer): Buffer {
  return Buffer.from(hash('sha256', data, 'binary'), 'binary');
}

function bitCount(value: number): number {
  return value.toString(2).replaceAll('0', '').length;
}

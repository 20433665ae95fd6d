import { concat } from './bytes.mjs';
import { demand } from './refusal.mjs';

/** @typedef {import('./hashes.mjs').Sha256} Sha256 */

const HASH_BYTES = 32;
/** A tree of 2^53 leaves has at most 53 peaks, and one more while two are being joined. */
const MAX_PEAKS = 54;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** @param {Sha256} sha256 @param {Uint8Array} line without its line feed @returns {Uint8Array} RFC 9162 section 2.1.1 */
export function leafHash(sha256, line) {
  return sha256(concat(LEAF, line));
}

/**
 * The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2).
 *
 * @param {Sha256} sha256
 * @param {Uint8Array} leaf its hash
 * @param {number} index from 0
 * @param {number} size leaves of the tree
 * @param {Uint8Array[]} proof bottom first
 * @returns {Uint8Array}
 * @throws {Refusal} where the proof has the wrong length
 */
export function rootOfInclusion(sha256, leaf, index, size, proof) {
  demand(index < size, `the tree of ${size} has no ballot ${index}`);
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    demand(last > 0, 'the proof is too long');
    if (node % 2 === 1 || node === last) {
      hash = sha256(concat(NODE, sibling, hash));
      for (; node % 2 === 0 && node > 0; last = Math.floor(last / 2)) node /= 2;
    } else {
      hash = sha256(concat(NODE, hash, sibling));
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  demand(last === 0, 'the proof is too short');
  return hash;
}

/** The right edge of a growing tree: the hashes of its maximal perfect subtrees, largest first (RFC 9162 section 2.1). */
export class GrowingTree {
  /** Leaves so far. */
  size = 0;
  #sha256;
  /** The peaks one behind the other: two neighbours, with the byte before them, are what a node hashes. */
  #peaks = new Uint8Array(1 + MAX_PEAKS * HASH_BYTES);
  #count = 0;
  #pairs = Array.from({ length: MAX_PEAKS - 1 }, (_, i) =>
    this.#peaks.subarray(i * HASH_BYTES, (i + 2) * HASH_BYTES + 1),
  );

  /** @param {Sha256} sha256 */
  constructor(sha256) {
    this.#sha256 = sha256;
  }

  /** @param {Uint8Array} leaf its hash */
  append(leaf) {
    this.#peaks.set(leaf, 1 + HASH_BYTES * this.#count++);
    for (let left = this.size++; left % 2 === 1; left = (left - 1) / 2) this.#join();
  }

  /** @returns {Uint8Array} the Merkle tree hash of the leaves so far; of none, H("") */
  root() {
    if (this.#count === 0) return this.#sha256(new Uint8Array());
    const peak = (i) => this.#peaks.slice(1 + i * HASH_BYTES, 1 + (i + 1) * HASH_BYTES);
    let hash = peak(this.#count - 1);
    for (let i = this.#count - 2; i >= 0; i--) hash = this.#sha256(concat(NODE, peak(i), hash));
    return hash;
  }

  #join() {
    this.#count--;
    const pair = this.#pairs[this.#count - 1];
    const borrowed = pair[0];
    pair[0] = NODE[0];
    const hash = this.#sha256(pair);
    pair[0] = borrowed;
    pair.set(hash, 1);
  }
}

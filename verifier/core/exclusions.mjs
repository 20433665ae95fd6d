import { hexOf, utf8 } from './bytes.mjs';
import { hexWord } from './hex-words.mjs';
import { IdTable } from './id-table.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {import('./seal-note.mjs').Seal} Seal
 */

const LINE_BYTES = 33;
const LINE_FEED = 10;

/** The players who could not win, as the seal note fixed them. */
export class Exclusions {
  #players = new IdTable();
  #text;

  /**
   * Reads the exclusion list (docs/draw-protocol.md section 5) and compares it with the seal note.
   *
   * @param {string} text @param {Seal} seal @param {Sha256} sha256
   * @throws {Refusal}
   */
  constructor(text, seal, sha256) {
    this.#text = text;
    const bytes = utf8(text);
    for (let at = 0; at < bytes.length; at += LINE_BYTES) this.#read(bytes, at);
    demand(
      this.count === seal.excludedCount,
      `the list has ${this.count} players, the seal note ${seal.excludedCount}`,
    );
    demand(hexOf(sha256(bytes)) === seal.excludedHash, 'the list is not the one that the seal note names');
  }

  get count() {
    return this.#players.length;
  }

  /** @param {ArrayLike<number>} player four 32-bit words @returns {number} place in the list from 0, or -1 */
  indexOf(player) {
    return this.#players.indexOf(player);
  }

  /** @param {string} player 32 hex digits @returns {boolean} */
  has(player) {
    return this.indexOf(playerWords(utf8(player), 0)) >= 0;
  }

  /** @param {number} index from 0 @returns {string} 32 hex digits */
  at(index) {
    return this.#text.slice(index * LINE_BYTES, index * LINE_BYTES + LINE_BYTES - 1);
  }

  #read(bytes, at) {
    const player = playerWords(bytes, at);
    const wellFormed = !player.includes(-1) && bytes[at + LINE_BYTES - 1] === LINE_FEED;
    demand(wellFormed, `line ${this.count + 1} is no pseudonym`);
    const ascends = at === 0 || isLess(playerWords(bytes, at - LINE_BYTES), player);
    demand(ascends, `line ${this.count + 1} is not in order`);
    this.#players.add(player);
  }
}

/** The four 32-bit words of a pseudonym. @param {Uint8Array} bytes @param {number} at @returns {number[]} */
export function playerWords(bytes, at) {
  return [hexWord(bytes, at), hexWord(bytes, at + 8), hexWord(bytes, at + 16), hexWord(bytes, at + 24)];
}

function isLess(a, b) {
  const i = a.findIndex((word, place) => word !== b[place]);
  return i >= 0 && a[i] < b[i];
}

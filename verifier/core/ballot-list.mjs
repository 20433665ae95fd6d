import { BallotLineReader } from './ballot-line-reader.mjs';
import { textOfUtf8 } from './bytes.mjs';
import { IdTable } from './id-table.mjs';
import { GrowingTree } from './merkle.mjs';
import { demand, Refusal } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {{ open: import('./open-note.mjs').Open, seal: import('./seal-note.mjs').Seal,
 *   exclusions: import('./exclusions.mjs').Exclusions, wantedLines: Set<number>, earlierSize: number | null,
 *   ranks: import('./ranks.mjs').RankCount | null }} ListFacts wantedLines: indexes; earlierSize: leaves of an earlier tree whose root is wanted
 */

/** Room for the beginning of a line that the last chunk cut off. */
const LINE_ROOM = 256;

/** The published list, read once from beginning to end. Memory grows by 21 to 27 bytes for each ballot. */
export class BallotList {
  /** The lines at the wanted indexes. @type {Map<number, string>} */
  lines = new Map();
  /** Root of the earlier tree; null until the list is that long, or if none was wanted. @type {Uint8Array | null} */
  earlierRoot = null;
  #facts;
  #sha256;
  #tree;
  #reader = new BallotLineReader();
  #ballotIds = new IdTable();
  #excludedSeen;
  #otherBallots = 0;
  #lastMs = -Infinity;

  /** @param {ListFacts} facts @param {Sha256} sha256 */
  constructor(facts, sha256) {
    this.#facts = facts;
    this.#sha256 = sha256;
    this.#tree = new GrowingTree(sha256);
    this.#excludedSeen = new Uint8Array(facts.exclusions.count);
  }

  /**
   * @param {AsyncIterable<Uint8Array>} chunks the bytes of ballots.txt, cut anywhere
   * @param {(lines: number, total: number) => void} [onProgress]
   * @throws {Refusal} at the first line that cannot be there; whatever reading the chunks throws
   */
  async read(chunks, onProgress) {
    const { size } = this.#facts.seal;
    // The byte before a line is free to become the 00 before a leaf, so that lines are hashed where they lie.
    let bytes = new Uint8Array(1 + LINE_ROOM);
    let held = 0;
    for await (const chunk of chunks) {
      bytes = withRoom(bytes, held, chunk);
      const end = 1 + held + chunk.length;
      let at = 1;
      while (at + this.#reader.length < end) {
        const next = at + this.#reader.length + 1;
        this.#take(bytes, at, next - 1);
        at = next;
      }
      bytes.copyWithin(1, at, end);
      held = end - at;
      onProgress?.(this.#tree.size, size);
    }
    demand(held === 0, `line ${this.#tree.size + 1} is not ballot ${this.#tree.size} with its line feed`);
    demand(this.#tree.size === size, `the list has ${this.#tree.size} ballots, the seal note ${size}`);
  }

  /** @returns {Uint8Array} root of the whole list */
  root() {
    return this.#tree.root();
  }

  /** @returns {number} place in the exclusions of one who has no ballot, or -1 */
  excludedWithoutBallot() {
    return this.#excludedSeen.indexOf(0);
  }

  /** Number of ballots that could win. */
  get eligible() {
    return this.#otherBallots;
  }

  #take(bytes, at, end) {
    const index = this.#tree.size;
    const fault = this.#faultOf(index, bytes, at);
    if (fault) throw new Refusal(`line ${index + 1} ${fault}`);
    this.#notePlayer(index, this.#reader.player);
    if (this.#facts.wantedLines.has(index)) this.lines.set(index, textOfUtf8(bytes.subarray(at, end)) ?? '');
    bytes[at - 1] = 0;
    this.#tree.append(this.#sha256(bytes.subarray(at - 1, end)));
    if (this.#tree.size === this.#facts.earlierSize) this.earlierRoot = this.#tree.root();
  }

  /** @returns {string | null} why the next line cannot be there */
  #faultOf(index, bytes, at) {
    const { open, seal } = this.#facts;
    if (index === seal.size) return `is one more than the ${index} ballots of the seal note`;
    if (!this.#reader.read(bytes, at)) return `is not ballot ${index} with its line feed`;
    const { submittedMs } = this.#reader;
    if (submittedMs < this.#lastMs) return 'is earlier than the line before it';
    if (submittedMs < open.opensMs) return 'is from before the lottery opened';
    if (submittedMs > seal.sealedMs) return 'is from after the seal';
    if (open.closesMs !== null && submittedMs >= open.closesMs) return 'is from after the lottery closed';
    this.#lastMs = submittedMs;
    return this.#ballotIds.add(this.#reader.ballotId) ? null : 'repeats a ballot id';
  }

  #notePlayer(index, player) {
    const place = this.#excludedSeen.length === 0 ? -1 : this.#facts.exclusions.indexOf(player);
    if (place < 0) this.#otherBallots++;
    else this.#excludedSeen[place] = 1;
    this.#facts.ranks?.take(index, player, place >= 0);
  }
}

/** The held bytes and the chunk behind them, in the same buffer if it is large enough. */
function withRoom(bytes, held, chunk) {
  const needed = 1 + held + chunk.length;
  let room = bytes;
  if (bytes.length < needed) {
    room = new Uint8Array(needed + LINE_ROOM);
    room.set(bytes.subarray(0, 1 + held));
  }
  room.set(chunk, 1 + held);
  return room;
}

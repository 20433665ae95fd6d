import { parseBallotLine } from './ballot-line.mjs';
import { numberBytes } from './beacon-chain.mjs';
import { bytesOfHex, concat, hexOf, sameBytes, utf8 } from './bytes.mjs';
import { hmac } from './hashes.mjs';
import { leafHash, rootOfInclusion } from './merkle.mjs';
import { demand, Refusal } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {{ openBody: string, sealBody: string, open: import('./open-note.mjs').Open,
 *   seal: import('./seal-note.mjs').Seal, draw: import('./draw-note.mjs').Draw,
 *   exclusions: import('./exclusions.mjs').Exclusions }} DrawFacts
 * @typedef {{ ballotId: string, player: string, index: number }} Winner
 */

const BLOCK_VALUES = 1n << 256n;
const MAX_BLOCKS = 2 ** 32;

/**
 * Draws again (docs/draw-protocol.md section 6) and compares every candidate, in order, with those published.
 *
 * @param {DrawFacts} facts
 * @param {import('./bundle.mjs').BundleCandidate[]} given
 * @param {Sha256} sha256
 * @returns {Winner[]}
 * @throws {Refusal}
 */
export function checkCandidates(facts, given, sha256) {
  const { open, seal, draw, exclusions } = facts;
  demand(seal.size > 0, 'there is no ballot');
  demand(given.length === draw.candidates.length, 'the bundle has not as many candidates as the draw note');
  const sequence = new Sequence(drawKey(facts, sha256), seal.size, sha256);
  const winners = [];
  const winningPlayers = new Set();
  for (const [i, noted] of draw.candidates.entries()) {
    demand(winners.length < open.winners, `candidate ${i + 1} comes after the last winner`);
    const ballot = ballotOf(noted, given[i], sequence.next(), `candidate ${i + 1}`);
    const verdict = exclusions.has(ballot.player)
      ? 'excluded'
      : winningPlayers.has(ballot.player)
        ? 'repeated'
        : 'winner';
    demand(noted.verdict === verdict, `candidate ${i + 1} is ${verdict}, the draw note says ${noted.verdict}`);
    if (verdict !== 'winner') continue;
    winningPlayers.add(ballot.player);
    winners.push(ballot);
  }
  demand(winners.length === open.winners || sequence.isExhausted, 'the candidates end too early');
  demand(winners.length > 0, 'nobody wins');
  return winners;
}

/** Whether every candidate's line is in the sealed tree. @param {DrawFacts} facts @param {import('./bundle.mjs').BundleCandidate[]} given @param {Sha256} sha256 */
export function checkInclusion({ seal, draw }, given, sha256) {
  for (const [i, { index }] of draw.candidates.entries()) {
    const proof = given[i].proof.map(bytesOfHex);
    const root = rootOfInclusion(sha256, leafHash(sha256, utf8(given[i].line)), index, seal.size, proof);
    demand(sameBytes(root, seal.root), `the proof of candidate ${i + 1} does not lead to the sealed root`);
  }
}

/** HMAC-SHA256(secret, "lottery-draw/v1" || 00 || H(open body) || H(seal body) || randomness), randomness: H(signature). */
function drawKey({ openBody, sealBody, draw }, sha256) {
  const randomness = draw.signature === null ? new Uint8Array(32) : sha256(bytesOfHex(draw.signature));
  const notes = [sha256(utf8(openBody)), sha256(utf8(sealBody))];
  return hmac(sha256, bytesOfHex(draw.secret))(concat(utf8('lottery-draw/v1\0'), ...notes, randomness));
}

function ballotOf(noted, given, named, who) {
  demand(named && noted.j === named.j, `${who} is not of block ${named?.j}`);
  demand(noted.index === named.index, `${who} is ballot ${noted.index}, the randomness names ${named.index}`);
  demand(given.j === named.j, `${who} of the bundle is not of block ${named.j}`);
  const ballot = parseBallotLine(given.line);
  demand(ballot.index === named.index, `the line of ${who} is of another ballot`);
  demand(ballot.ballotId === noted.ballotId, `the line of ${who} has another ballot id than the draw note`);
  const { ballotId, player, index } = ballot;
  return { ballotId, player, index };
}

/** The indexes that the key names, each once: B_j mod size without bias, j = 0, 1, 2, ... */
class Sequence {
  #block;
  #size;
  #limit;
  #j = 0;
  #seen = new Set();

  constructor(key, size, sha256) {
    this.#block = hmac(sha256, key);
    this.#size = BigInt(size);
    this.#limit = BLOCK_VALUES - (BLOCK_VALUES % this.#size);
  }

  /** Whether every ballot has been named. */
  get isExhausted() {
    return BigInt(this.#seen.size) === this.#size;
  }

  /** @returns {{ j: number, index: number } | null} null once every ballot has been named */
  next() {
    while (!this.isExhausted) {
      if (this.#j === MAX_BLOCKS) throw new Refusal('the blocks have run out');
      const j = this.#j++;
      const value = BigInt(`0x${hexOf(this.#block(numberBytes(j, 4)))}`);
      const index = Number(value % this.#size);
      if (value >= this.#limit || this.#seen.has(index)) continue;
      this.#seen.add(index);
      return { j, index };
    }
    return null;
  }
}

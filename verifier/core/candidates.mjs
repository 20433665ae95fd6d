import { parseBallotLine } from './ballot-line.mjs';
import { bytesOfHex, sameBytes, utf8 } from './bytes.mjs';
import { leafHash, rootOfInclusion } from './merkle.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {{ openBody: string, sealBody: string, open: import('./open-note.mjs').Open,
 *   seal: import('./seal-note.mjs').Seal, draw: import('./draw-note.mjs').Draw,
 *   exclusions: import('./exclusions.mjs').Exclusions }} DrawFacts
 * @typedef {{ ballotId: string, player: string, index: number }} Winner
 */

/** Excluded or repeated candidates, by version, before ranks decide. @type {Record<number, number>} */
const MAX_MISSES = { 1: Infinity, 2: 256 };

/**
 * Draws again (docs/draw-protocol.md section 6) and compares every candidate, in order, with those published.
 *
 * @param {DrawFacts} facts
 * @param {import('./bundle.mjs').BundleCandidate[]} given
 * @param {import('./blocks.mjs').Blocks} blocks
 * @returns {{ winners: Winner[], hasMissed: boolean }} hasMissed: ranks find the winners that are missing
 * @throws {Refusal}
 */
export function checkCandidates({ open, seal, draw, exclusions }, given, blocks) {
  demand(seal.size > 0 && seal.eligible !== 0, 'there is no ballot that could win');
  const noted = draw.candidates.length + draw.ranked.length;
  demand(given.length === noted, 'the bundle has not as many candidates as the draw note');
  const sequence = new Sequence(blocks, seal.size);
  const maxMisses = MAX_MISSES[open.version];
  const winners = [];
  const winningPlayers = new Set();
  for (const [i, candidate] of draw.candidates.entries()) {
    demand(winners.length < open.winners, `candidate ${i + 1} comes after the last winner`);
    demand(i - winners.length < maxMisses, `candidate ${i + 1} comes after ${maxMisses} misses`);
    const ballot = ballotOf(candidate, given[i], sequence.next(), `candidate ${i + 1}`);
    const verdict = exclusions.has(ballot.player)
      ? 'excluded'
      : winningPlayers.has(ballot.player)
        ? 'repeated'
        : 'winner';
    demand(candidate.verdict === verdict, `candidate ${i + 1} is ${verdict}, the draw note says ${candidate.verdict}`);
    if (verdict !== 'winner') continue;
    winningPlayers.add(ballot.player);
    winners.push(ballot);
  }
  const isOver = winners.length === open.winners || sequence.isExhausted;
  const hasMissed = !isOver && draw.candidates.length - winners.length === maxMisses;
  demand(isOver || hasMissed, 'the candidates end too early');
  demand(hasMissed || draw.ranked.length === 0, 'there are ranks, and the candidates do not end by misses');
  demand(winners.length + draw.ranked.length > 0, 'nobody wins');
  return { winners, hasMissed };
}

/** Whether the line of every candidate and rank is in the sealed tree. @param {DrawFacts} facts @param {import('./bundle.mjs').BundleCandidate[]} given @param {Sha256} sha256 */
export function checkInclusion({ seal, draw }, given, sha256) {
  for (const [i, { index }] of [...draw.candidates, ...draw.ranked].entries()) {
    const proof = given[i].proof.map(bytesOfHex);
    const root = rootOfInclusion(sha256, leafHash(sha256, utf8(given[i].line)), index, seal.size, proof);
    demand(sameBytes(root, seal.root), `the proof of candidate ${i + 1} does not lead to the sealed root`);
  }
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

/** The indexes that the blocks name, each once. */
class Sequence {
  #blocks;
  #size;
  #seen = new Set();

  constructor(blocks, size) {
    this.#blocks = blocks;
    this.#size = size;
  }

  /** Whether every ballot has been named. */
  get isExhausted() {
    return this.#seen.size === this.#size;
  }

  /** @returns {{ j: number, index: number } | null} null once every ballot has been named */
  next() {
    while (!this.isExhausted) {
      const { j } = this.#blocks;
      const index = this.#blocks.next(this.#size);
      if (index === null || this.#seen.has(index)) continue;
      this.#seen.add(index);
      return { j, index };
    }
    return null;
  }
}

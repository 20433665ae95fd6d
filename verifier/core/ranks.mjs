import { parseBallotLine } from './ballot-line.mjs';
import { utf8 } from './bytes.mjs';
import { playerWords } from './exclusions.mjs';
import { IdTable } from './id-table.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {import('./candidates.mjs').DrawFacts} DrawFacts
 * @typedef {import('./candidates.mjs').Winner} Winner
 * @typedef {import('./draw-note.mjs').NotedRank} NotedRank
 */

/**
 * What of the ranks needs no list (docs/draw-protocol.md section 6, step 2): all but which ballot each is.
 *
 * @param {DrawFacts} facts
 * @param {{ winners: Winner[], blocks: import('./blocks.mjs').Blocks }} named by the candidates
 * @param {import('./bundle.mjs').BundleCandidate[]} given of the ranks alone
 * @returns {Winner[]} all winners
 * @throws {Refusal}
 */
export function checkRanks({ open, seal, draw, exclusions }, { winners, blocks }, given) {
  const all = [...winners];
  let before = seal.eligible + 1;
  for (const [i, noted] of draw.ranked.entries()) {
    const who = `rank ${i + 1}`;
    demand(all.length < open.winners, `${who} comes after the last winner`);
    const most = all.length === 0 ? seal.eligible : Math.min(before - 1, seal.eligible - all.length);
    const fits = noted.n >= 1 && noted.n <= most && (all.length > 0 || noted.n === seal.eligible);
    demand(fits, `${who} is among ${noted.n} ballots, and so many cannot be left`);
    demand(sameBlock(noted, blocks), `${who} is not the one that the randomness names`);
    demand(given[i].j === noted.j, `${who} of the bundle is not of block ${noted.j}`);
    const { index, ballotId, player } = parseBallotLine(given[i].line);
    demand(index === noted.index, `the line of ${who} is of another ballot`);
    demand(ballotId === noted.ballotId, `the line of ${who} has another ballot id than the draw note`);
    const hasRoom = noted.rank <= index && index <= noted.rank + seal.size - noted.n;
    demand(hasRoom, `${who} cannot be ballot ${index}`);
    demand(!exclusions.has(player), `${who} is of an excluded player`);
    demand(!all.some((winner) => winner.player === player), `${who} is of a player who has won`);
    all.push({ ballotId, player, index });
    before = noted.n;
  }
  return all;
}

function sameBlock({ j, n, rank }, blocks) {
  let named = null;
  while (named === null && blocks.j <= j) named = blocks.next(n);
  return named === rank && blocks.j === j + 1;
}

/** Counts along the list what the ranks were counted among. */
export class RankCount {
  #winners = new IdTable();
  #ranked;
  /** Ballots of each winner so far. */
  #counts;
  #eligible = 0;
  /** By index: what there was before it. */
  #before = new Map();

  /** @param {Winner[]} winners @param {NotedRank[]} ranked of the last of them */
  constructor(winners, ranked) {
    for (const { player } of winners) this.#winners.add(playerWords(utf8(player), 0));
    this.#ranked = ranked;
    this.#counts = new Float64Array(winners.length);
    for (const { index } of ranked) this.#before.set(index, null);
  }

  /** The next ballot. @param {number} index @param {ArrayLike<number>} player @param {boolean} isExcluded */
  take(index, player, isExcluded) {
    if (this.#before.has(index)) this.#before.set(index, { eligible: this.#eligible, counts: this.#counts.slice() });
    if (isExcluded) return;
    this.#eligible++;
    const winner = this.#winners.indexOf(player);
    if (winner >= 0) this.#counts[winner]++;
  }

  /** Whether each rank is the ballot that it was counted to; at the end of the list. @throws {Refusal} */
  checkRanks() {
    const first = this.#counts.length - this.#ranked.length;
    for (const [i, { n, rank, index }] of this.#ranked.entries()) {
      const left = this.#left(this.#eligible, this.#counts, first + i);
      demand(left === n, `rank ${i + 1} is among ${n} ballots, the list has ${left}`);
      const { eligible, counts } = this.#before.get(index);
      const place = this.#left(eligible, counts, first + i);
      demand(place === rank, `rank ${i + 1} is ${rank}, ballot ${index} of the list has ${place}`);
    }
  }

  /** Whether nobody is left who could win besides the winners; at the end of the list. @throws {Refusal} */
  checkEnd() {
    const left = this.#left(this.#eligible, this.#counts, this.#counts.length);
    demand(left === 0, `${left} ballots are left that could win`);
  }

  /** Of so many eligible ballots, those that are not of the first winners. */
  #left(eligible, counts, winners) {
    return counts.subarray(0, winners).reduce((left, count) => left - count, eligible);
  }
}

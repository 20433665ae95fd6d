import { HASH, INSTANT, instant, NoteLines, NUMBER, UUID } from './fields.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {{ chainHash: string, round: number | null }} OpenBeacon round: null for `after-seal`
 * @typedef {{ version: 1 | 2, draw: string, name: string, opensMs: number, closesMs: number | null, full: number | null,
 *   winners: number, commitment: string, beacon: OpenBeacon | null }} Open full: ballots that close it, closesMs: null then
 */

/**
 * The open note (docs/draw-protocol.md section 4). What is accepted has exactly one spelling.
 *
 * @param {string} body
 * @returns {Open}
 * @throws {Refusal}
 */
export function parseOpen(body) {
  const lines = new NoteLines(body, 'lottery-draw/v([12])/open');
  const [draw] = lines.take(`draw (${UUID})`);
  const [name] = lines.take('name ([\\x20-\\x7e]{1,100})');
  const [opens] = lines.take(`opens (${INSTANT})`);
  const [closes, full] = lines.take(`closes (?:(${INSTANT})|when-full (${NUMBER}))`);
  const [winners] = lines.take(`winners (${NUMBER})`);
  const [commitment] = lines.take(`commitment (${HASH})`);
  const [none, chainHash, round] = lines.take(`beacon (?:(none)|(${HASH}) (after-seal|${NUMBER}))`);
  lines.end();

  const open = {
    version: lines.title[0] === '1' ? 1 : 2,
    draw,
    name,
    opensMs: instant(opens),
    closesMs: closes ? instant(closes) : null,
    full: full ? Number(full) : null,
    winners: Number(winners),
    commitment,
    beacon: none ? null : { chainHash, round: round === 'after-seal' ? null : Number(round) },
  };
  check(open);
  return open;
}

/** @param {Open} open */
function check({ opensMs, closesMs, full, winners, beacon }) {
  demand(winners >= 1, 'there must be at least one winner');
  demand(full === null || full >= 1, 'it must take at least one ballot to be full');
  demand(closesMs === null || opensMs < closesMs, 'it closes before it opens');
  if (!beacon) return;
  demand((beacon.round === null) === (full !== null), 'after-seal goes with when-full, and with nothing else');
  demand(beacon.round === null || beacon.round >= 1, 'the first beacon round is 1');
}

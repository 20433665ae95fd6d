import { hexOf, utf8 } from './bytes.mjs';
import { HASH, INSTANT, instant, NoteLines, NUMBER, UUID } from './fields.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {import('./seal-note.mjs').Seal} Seal
 * @typedef {{ j: number, index: number, ballotId: string, verdict: 'winner' | 'excluded' | 'repeated' }} NotedCandidate
 * @typedef {{ j: number, n: number, rank: number, index: number, ballotId: string }} NotedRank
 * @typedef {{ draw: string, seal: string, secret: string, signature: string | null, candidates: NotedCandidate[],
 *   ranked: NotedRank[],
 *   drawnMs: number, assurance: 'A' | 'B' | 'C' }} Draw secret, signature: hex
 */

const CANDIDATE = `candidate (${NUMBER}) (${NUMBER}) (${UUID}) (winner|excluded|repeated)`;
const RANKED = `ranked (${NUMBER}) (${NUMBER}) (${NUMBER}) (${NUMBER}) (${UUID})`;

/**
 * The draw note of that seal (docs/draw-protocol.md section 6). What is accepted has exactly one spelling.
 *
 * @param {string} body @param {import('./candidates.mjs').DrawFacts} facts without the draw itself
 * @param {number | null} roundMs when the deciding round comes; null without a beacon
 * @param {Sha256} sha256
 * @returns {Draw}
 * @throws {Refusal}
 */
export function parseDraw(body, { open, sealBody, seal }, roundMs, sha256) {
  const draw = readDraw(body, open.version);
  demand(draw.draw === seal.draw, 'it names another draw');
  demand(draw.seal === hexOf(sha256(utf8(sealBody))), 'it names another seal note');
  demand(draw.drawnMs >= seal.sealedMs, 'it was drawn before it was sealed');
  demand(roundMs === null || draw.drawnMs >= roundMs, 'it was drawn before the round of its beacon');
  demand(draw.signature === null || seal.beacon, 'it has a beacon signature and the seal note no beacon');
  demand(draw.signature !== null || !seal.beacon, 'it has no beacon signature and the seal note a beacon');
  return draw;
}

function readDraw(body, version) {
  const lines = new NoteLines(body, `lottery-draw/v${version}/draw`);
  const [draw] = lines.take(`draw (${UUID})`);
  const [seal] = lines.take(`seal (${HASH})`);
  const [secret] = lines.take(`secret (${HASH})`);
  const [none, signature] = lines.take('beacon-signature (?:(none)|((?:[0-9a-f]{2})+))');
  const candidates = [];
  for (let found = lines.tryTake(CANDIDATE); found; found = lines.tryTake(CANDIDATE)) {
    const [j, index, ballotId, verdict] = found;
    candidates.push({ j: Number(j), index: Number(index), ballotId, verdict });
  }
  const ranked = [];
  for (let found = tryRank(lines, version); found; found = tryRank(lines, version)) {
    const [j, n, rank, index] = found.map(Number);
    ranked.push({ j, n, rank, index, ballotId: found[4] });
  }
  const [drawn] = lines.take(`drawn (${INSTANT})`);
  const [assurance] = lines.take('assurance ([ABC])');
  lines.end();
  const parts = { candidates, ranked, drawnMs: instant(drawn), assurance };
  return { draw, seal, secret, signature: none ? null : signature, ...parts };
}

/** The first version has no ranks. */
function tryRank(lines, version) {
  return version === 1 ? null : lines.tryTake(RANKED);
}

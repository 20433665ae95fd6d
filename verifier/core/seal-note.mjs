import { bytesOfBase64, hexOf, utf8 } from './bytes.mjs';
import { HASH, INSTANT, instant, NoteLines, NUMBER, UUID } from './fields.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {import('./open-note.mjs').Open} Open
 * @typedef {{ draw: string, open: string, sealedMs: number, trigger: 'schedule' | 'manual' | 'full', size: number,
 *   root: Uint8Array, excludedCount: number, excludedHash: string, eligible: number | null,
 *   beacon: { chainHash: string, round: number } | null }} Seal root: 32 bytes, eligible: null in the first version
 */

const ROOT = '[A-Za-z0-9+/]{43}=';

/**
 * The seal note of that opening (docs/draw-protocol.md section 5). What is accepted has exactly one spelling.
 *
 * @param {string} body @param {string} openBody @param {Open} open @param {Sha256} sha256
 * @returns {Seal}
 * @throws {Refusal}
 */
export function parseSeal(body, openBody, open, sha256) {
  const seal = readSeal(body, open.version);
  demand(seal.draw === open.draw, 'it names another draw');
  demand(seal.open === hexOf(sha256(utf8(openBody))), 'it names another open note');
  demand(seal.sealedMs >= open.opensMs, 'it was sealed before it opened');
  demand((seal.trigger === 'full') === (open.full !== null), 'the trigger full goes with when-full');
  demand(open.full === null || seal.size === open.full, `it has ${seal.size} ballots and is full with ${open.full}`);
  const isOver = open.closesMs !== null && seal.sealedMs >= open.closesMs;
  demand(seal.trigger !== 'schedule' || isOver, 'it was sealed by schedule before it closed');
  if (open.version === 2) checkEligible(seal);
  return seal;
}

/** How many ballots can win is counted with the list; these bounds hold without it. */
function checkEligible({ size, excludedCount, eligible }) {
  const most = size - excludedCount;
  demand(eligible <= most, `${eligible} ballots cannot be eligible: ${excludedCount} of ${size} or more are excluded`);
  demand(excludedCount > 0 || eligible === size, `nobody is excluded, and ${eligible} of ${size} ballots are eligible`);
}

function readSeal(body, version) {
  const lines = new NoteLines(body, `lottery-draw/v${version}/seal`);
  const [draw] = lines.take(`draw (${UUID})`);
  const [open] = lines.take(`open (${HASH})`);
  const [sealed] = lines.take(`sealed (${INSTANT})`);
  const [trigger] = lines.take('trigger (schedule|manual|full)');
  const [size] = lines.take(`size (${NUMBER})`);
  const [rootText] = lines.take(`root (${ROOT})`);
  const [excludedCount, excludedHash] = lines.take(`excluded (${NUMBER}) (${HASH})`);
  const [eligible] = version === 1 ? [null] : lines.take(`eligible (${NUMBER})`);
  const [none, chainHash, round] = lines.take(`beacon (?:(none)|(${HASH}) (${NUMBER}))`);
  lines.end();

  const root = bytesOfBase64(rootText);
  demand(root, 'the root is not canonical base64');
  demand(none || Number(round) >= 1, 'the first beacon round is 1');
  return {
    draw,
    open,
    sealedMs: instant(sealed),
    trigger,
    size: Number(size),
    root,
    excludedCount: Number(excludedCount),
    excludedHash,
    eligible: eligible === null ? null : Number(eligible),
    beacon: none ? null : { chainHash, round: Number(round) },
  };
}

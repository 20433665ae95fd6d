import { bytesOfBase64, hexOf, sameBytes, utf8 } from './bytes.mjs';
import { HASH, INSTANT, instant, NoteLines, NUMBER, UUID } from './fields.mjs';
import { demand } from './refusal.mjs';

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {import('./open-note.mjs').Open} Open
 * @typedef {{ draw: string, open: string, sealedMs: number, trigger: 'schedule' | 'manual' | 'full', size: number,
 *   root: Uint8Array, rootText: string, excludedCount: number, excludedHash: string,
 *   beacon: { chainHash: string, round: number } | null }} Seal root: 32 bytes, rootText: the same in base64
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
  const seal = readSeal(body);
  demand(seal.draw === open.draw, 'it names another draw');
  demand(seal.open === hexOf(sha256(utf8(openBody))), 'it names another open note');
  demand(seal.sealedMs >= open.opensMs, 'it was sealed before it opened');
  demand((seal.trigger === 'full') === (open.full !== null), 'the trigger full goes with when-full');
  demand(open.full === null || seal.size === open.full, `it has ${seal.size} ballots and is full with ${open.full}`);
  const isOver = open.closesMs !== null && seal.sealedMs >= open.closesMs;
  demand(seal.trigger !== 'schedule' || isOver, 'it was sealed by schedule before it closed');
  return seal;
}

/**
 * Whether the checkpoint's body names exactly this tree (c2sp.org/tlog-checkpoint).
 *
 * @param {string} body @param {string} origin @param {Seal} seal @param {Sha256} sha256
 * @throws {Refusal}
 */
export function checkCheckpoint(body, origin, seal, sha256) {
  const [first, size, root] = body.split('\n');
  demand(first === origin, 'it is of another log');
  demand(size === String(seal.size), 'its size is not that of the seal note');
  demand(root === seal.rootText, 'its root is not that of the seal note');
  demand(body === `${origin}\n${size}\n${root}\n`, 'it has more than three lines');
  demand(seal.size > 0 || sameBytes(seal.root, sha256(new Uint8Array())), 'the root is not that of the empty tree');
}

function readSeal(body) {
  const lines = new NoteLines(body, 'lottery-draw/v1/seal');
  const [draw] = lines.take(`draw (${UUID})`);
  const [open] = lines.take(`open (${HASH})`);
  const [sealed] = lines.take(`sealed (${INSTANT})`);
  const [trigger] = lines.take('trigger (schedule|manual|full)');
  const [size] = lines.take(`size (${NUMBER})`);
  const [rootText] = lines.take(`root (${ROOT})`);
  const [excludedCount, excludedHash] = lines.take(`excluded (${NUMBER}) (${HASH})`);
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
    rootText,
    excludedCount: Number(excludedCount),
    excludedHash,
    beacon: none ? null : { chainHash, round: Number(round) },
  };
}

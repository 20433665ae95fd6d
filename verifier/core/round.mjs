import { firstRoundAt, roundMs } from './beacon-chain.mjs';
import { checkBeaconSignature } from './beacon.mjs';
import { demand, Refusal } from './refusal.mjs';

/**
 * @typedef {import('./beacon-chain.mjs').Chain} Chain
 * @typedef {import('./bundle.mjs').Bundle} Bundle
 * @typedef {import('./open-note.mjs').Open} Open
 * @typedef {import('./seal-note.mjs').Seal} Seal
 */

/** The beacon round comes at least this long after the ballots closed, or after a seal that fixes its own round. */
const NOTICE_MS = 60_000;
/** A round closer to the seal than this counts as known when sealing. */
const MIN_SEAL_LEAD_MS = 10_000;

/**
 * Whether the notes and the bundle name the round that the rules give (docs/draw-protocol.md sections 4, 5 and 7).
 *
 * @param {Open} open @param {Seal} seal @param {Bundle} bundle @param {Chain[]} pinned
 * @returns {Chain | null} null for a draw without a beacon
 * @throws {Refusal}
 */
export function checkRound(open, seal, bundle, pinned) {
  if (!open.beacon) {
    demand(!seal.beacon, 'the seal note has a beacon and the open note has none');
    demand(!bundle.beacon, 'the bundle has a beacon and the notes have none');
    return null;
  }
  const chain = pinned.find(({ hash }) => hash === open.beacon?.chainHash);
  if (!chain) throw new Refusal('the chain is not a pinned one');
  demand(seal.beacon, 'the open note has a beacon and the seal note has none');
  demand(seal.beacon.chainHash === chain.hash, 'the seal note has another chain');
  checkOpenRound(open, chain);
  const expected = roundOfSeal(open, seal, chain);
  demand(seal.beacon.round === expected, `the seal note has round ${seal.beacon.round}, the rules give ${expected}`);
  checkBundleBeacon(bundle, chain, expected);
  return chain;
}

/** @param {Seal} seal @param {Chain | null} chain @returns {number | null} when the deciding round comes, in ms since 1970 */
export function decidedMs({ beacon }, chain) {
  return beacon && chain ? roundMs(chain, beacon.round) : null;
}

/** @param {Open} open @param {Seal} seal @param {Chain | null} chain @returns {'A' | 'B' | 'C'} docs/draw-protocol.md section 8 */
export function assuranceLevel(open, seal, chain) {
  if (!chain) return 'C';
  return isOpenRoundInForce(open, seal, chain) ? 'A' : 'B';
}

function checkOpenRound({ beacon, closesMs }, chain) {
  if (closesMs === null) return;
  const expected = firstRoundAt(chain, closesMs + NOTICE_MS);
  demand(beacon.round === expected, `the open note has round ${beacon.round}, the rules give ${expected}`);
}

function roundOfSeal(open, seal, chain) {
  return isOpenRoundInForce(open, seal, chain) ? open.beacon.round : firstRoundAt(chain, seal.sealedMs + NOTICE_MS);
}

function isOpenRoundInForce({ beacon }, { trigger, sealedMs }, chain) {
  if (trigger !== 'schedule' || beacon.round === null) return false;
  return roundMs(chain, beacon.round) - sealedMs >= MIN_SEAL_LEAD_MS;
}

function checkBundleBeacon({ beacon, draw }, chain, round) {
  demand(beacon || draw === null, 'the bundle lacks the beacon of its draw');
  if (!beacon) return;
  demand(beacon.chainHash === chain.hash, 'the bundle has another chain');
  demand(beacon.publicKey === chain.publicKey, 'the bundle has another public key for the chain');
  demand(beacon.genesis === chain.genesis, 'the bundle has another genesis for the chain');
  demand(beacon.period === chain.period, 'the bundle has another period for the chain');
  demand(beacon.scheme === chain.scheme, 'the bundle has another scheme for the chain');
  demand(beacon.round === round, `the bundle has round ${beacon.round}, the rules give ${round}`);
  // Without a draw note no later step looks at it, and nothing in a bundle goes unchecked.
  if (draw === null) checkBeaconSignature(beacon.publicKey, beacon.round, beacon.signature);
}

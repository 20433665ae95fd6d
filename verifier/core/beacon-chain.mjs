import { bytesOfHex, concat, hexOf, utf8 } from './bytes.mjs';
import { isCount } from './fields.mjs';
import { slowSha256 } from './hashes.mjs';
import { UnusableInput } from './refusal.mjs';

/** @typedef {{ hash: string, publicKey: string, genesis: number, period: number, scheme: string }} Chain genesis, period: seconds */

const SCHEME = 'bls-unchained-g1-rfc9380';
const PUBLIC_KEY_DIGITS = 192;
const MAX_PERIOD_SECONDS = 2 ** 32 - 1;

/** drand's quicknet (docs/draw-protocol.md section 7; https://api.drand.sh/52db9b.../info). @type {Chain} */
export const QUICKNET = {
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesis: 1692803367,
  period: 3,
  scheme: SCHEME,
};

/**
 * A chain that the caller pins besides quicknet, as drand's own `/info` describes it.
 *
 * @param {any} info
 * @returns {Chain}
 * @throws {UnusableInput} also where the hash is not the one that drand computes from the rest (drand: chain/info.go)
 */
export function parseChain(info) {
  const { public_key: publicKey, period, genesis_time: genesis, hash, groupHash, schemeID, metadata } = info ?? {};
  const wellFormed =
    isHex(publicKey) &&
    publicKey.length === PUBLIC_KEY_DIGITS &&
    isHex(groupHash) &&
    isCount(period) &&
    period >= 1 &&
    period <= MAX_PERIOD_SECONDS &&
    isCount(genesis) &&
    schemeID === SCHEME;
  const beaconId = metadata?.beaconID ?? '';
  if (!wellFormed || typeof beaconId !== 'string') throw new UnusableInput(`the chain is no ${SCHEME} chain of drand`);
  const id = beaconId === 'default' ? '' : beaconId;
  const parts = [
    numberBytes(period, 4),
    numberBytes(genesis, 8),
    bytesOfHex(publicKey),
    bytesOfHex(groupHash),
    utf8(id),
  ];
  if (hexOf(slowSha256(concat(...parts))) !== hash) throw new UnusableInput('the chain does not fit its hash');
  return { hash, publicKey, genesis, period, scheme: schemeID };
}

function isHex(value) {
  return typeof value === 'string' && /^(?:[0-9a-f]{2})+$/.test(value);
}

/** The first round whose time is at or after the instant. @param {Chain} chain @param {number} ms since 1970 */
export function firstRoundAt({ genesis, period }, ms) {
  const sinceGenesis = ms - genesis * 1000;
  if (sinceGenesis <= 0) return 1;
  const rest = sinceGenesis % (period * 1000);
  return (sinceGenesis - rest) / (period * 1000) + (rest > 0 ? 2 : 1);
}

/** @param {Chain} chain @param {number} round @returns {number} its time in milliseconds since 1970 */
export function roundMs({ genesis, period }, round) {
  return (genesis + (round - 1) * period) * 1000;
}

/** @param {number} value a natural number below 2^53 @param {number} length in bytes @returns {Uint8Array} big-endian */
export function numberBytes(value, length) {
  return bytesOfHex(value.toString(16).padStart(2 * length, '0'));
}

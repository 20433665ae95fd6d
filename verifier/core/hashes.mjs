import { bls12_381 } from '@noble/curves/bls12-381.js';
import { concat } from './bytes.mjs';

/** @typedef {(bytes: Uint8Array) => Uint8Array} Sha256 synchronous; keeps no reference to its argument */

/** SHA-256 in JavaScript: the hash that the beacon's curve brings along, so that no second library is needed. */
export const slowSha256 = /** @type {Sha256} */ (bls12_381.G1.defaults.hash);

const BLOCK_BYTES = 64;

/**
 * HMAC-SHA256 (RFC 2104) of many messages under one key.
 *
 * @param {Sha256} sha256
 * @param {Uint8Array} key
 * @returns {(message: Uint8Array) => Uint8Array} 32 bytes
 */
export function hmac(sha256, key) {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return (message) => sha256(concat(outer, sha256(concat(inner, message))));
}

import { bls12_381 } from '@noble/curves/bls12-381.js';
import { numberBytes } from './beacon-chain.mjs';
import { bytesOfHex, sameBytes } from './bytes.mjs';
import { slowSha256 } from './hashes.mjs';
import { demand, Refusal } from './refusal.mjs';

const SIGNATURE_BYTES = 48;
/** The suite of `bls-unchained-g1-rfc9380` (RFC 9380 section 8.8.1; docs/draw-protocol.md section 7). */
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/**
 * Whether this is the chain's signature of the round, in the one encoding that counts: every other encoding of the same
 * point would be another randomness.
 *
 * @param {string} publicKey of the chain, hex of a compressed point of G2
 * @param {number} round from 1
 * @param {string} signature hex of a compressed point of G1
 * @throws {Refusal}
 */
export function checkBeaconSignature(publicKey, round, signature) {
  const bytes = bytesOfHex(signature);
  demand(bytes.length === SIGNATURE_BYTES, `the signature has ${bytes.length} bytes, not ${SIGNATURE_BYTES}`);
  const point = decode(bls12_381.G1.Point, bytes, 'the signature');
  const chainKey = decode(bls12_381.G2.Point, bytesOfHex(publicKey), 'the public key of the chain');
  const { shortSignatures } = bls12_381;
  const message = shortSignatures.hash(slowSha256(numberBytes(round, 8)), DST);
  demand(shortSignatures.verify(point, message, chainKey), `it is not the signature of round ${round}`);
}

function decode(Point, bytes, what) {
  const point = decodeInSubgroup(Point, bytes);
  if (!point) throw new Refusal(`${what} is no point of the group`);
  demand(!point.is0(), `${what} is the point at infinity`);
  demand(sameBytes(point.toBytes(true), bytes), `${what} is not in its canonical encoding`);
  return point;
}

function decodeInSubgroup(Point, bytes) {
  try {
    const point = Point.fromBytes(bytes);
    return point.is0() || point.isTorsionFree() ? point : null;
  } catch {
    return null;
  }
}

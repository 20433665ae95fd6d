import { hash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';

const SIGNATURE_BYTES = 48;
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

const bls = bls12_381.shortSignatures;

/** A claimed signature of a beacon's round. */
export interface SignatureClaim {
  /** A compressed point in G2, 192 hex digits. */
  readonly publicKey: string;
  readonly round: number;
  readonly signature: Uint8Array;
}

/**
 * Whether these bytes are the chain's signature of the round: there is one such signature and one encoding of it
 * (docs/draw-protocol.md section 7). Takes 50 ms of computing.
 *
 * @throws Error if the key is not a point: then nothing can be said about any signature.
 */
export function isGenuine({ publicKey, round, signature }: SignatureClaim): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const point = decode(signature);
  if (point === null || point.is0()) return false;
  // Another encoding of the same point would be other randomness, chosen by the sender.
  if (!Buffer.from(bls.Signature.toBytes(point)).equals(signature)) return false;
  return bls.verify(point, bls.hash(messageOf(round), DOMAIN), Buffer.from(publicKey, 'hex'));
}

/** Null unless the bytes are a compressed point of the curve in the subgroup of prime order. */
function decode(signature: Uint8Array): ReturnType<typeof bls.Signature.fromBytes> | null {
  try {
    return bls.Signature.fromBytes(signature);
  } catch {
    return null;
  }
}

/** SHA-256(u64(round)). */
function messageOf(round: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(round));
  return hash('sha256', bytes, 'buffer');
}

import { hash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { BeaconChain } from '../../src/draw/domain/beacon-chain';
import { chainFromInfo } from '../../src/draw/domain/chain-info';

const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const GROUP_HASH = hash('sha256', 'the group of the test chain');

const bls = bls12_381.shortSignatures;

export interface TestChainOptions {
  /** Another text gives another key. */
  readonly seed?: string;
  /** Seconds since 1970. */
  readonly genesis?: number;
  /** Seconds. */
  readonly period?: number;
  /** The network's name. */
  readonly beaconID?: string;
}

/** A drand chain of our own: we hold its key, so we can sign any round, also of the future. */
export class TestChain {
  readonly chain: BeaconChain;
  /** What its `/info` says: a file with this is what DRAND_CHAIN_INFO takes. */
  readonly infoJson: string;
  private readonly secretKey: Uint8Array;
  private readonly signed = new Map<number, Buffer>();

  constructor({ seed = 'test chain', genesis = 1_700_000_000, period = 3, beaconID = 'test' }: TestChainOptions = {}) {
    const { secretKey, publicKey } = bls.keygen(hash('sha512', seed, 'buffer').subarray(0, 48));
    this.secretKey = secretKey;
    const key = Buffer.from(publicKey.toBytes(true));
    this.infoJson = JSON.stringify({
      public_key: key.toString('hex'),
      period,
      genesis_time: genesis,
      hash: chainHash(key, genesis, period, beaconID),
      groupHash: GROUP_HASH,
      schemeID: 'bls-unchained-g1-rfc9380',
      metadata: { beaconID },
    });
    this.chain = chainFromInfo(JSON.parse(this.infoJson));
  }

  /** The only genuine signature of the round. */
  sign(round: number): Buffer {
    const known = this.signed.get(round);
    if (known) return known;
    const signature = Buffer.from(bls.Signature.toBytes(bls.sign(hashedRound(round), this.secretKey)));
    this.signed.set(round, signature);
    return signature;
  }
}

/** The point of G1 that a beacon signs in a round. */
export function hashedRound(round: number): ReturnType<typeof bls.hash> {
  return bls.hash(hash('sha256', u64(round), 'buffer'), DOMAIN);
}

/** The name of drand's first network, whose chain is older than names, is not hashed. */
function chainHash(publicKey: Buffer, genesis: number, period: number, beaconID: string): string {
  const fields = [u64(period).subarray(4), u64(genesis), publicKey, Buffer.from(GROUP_HASH, 'hex')];
  return hash('sha256', Buffer.concat([...fields, Buffer.from(beaconID === 'default' ? '' : beaconID)]));
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

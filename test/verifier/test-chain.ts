import { hash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';

const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const SECRET_KEY = Buffer.alloc(32, 7);

/** A drand chain of the quicknet kind whose secret key the tests know. */
export class TestChain {
  /** As drand's own /info describes a chain; times in seconds. */
  readonly info = chainInfo();

  /** The signature of a round, hex. */
  sign(round: number): string {
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(BigInt(round));
    const { shortSignatures } = bls12_381;
    const message = shortSignatures.hash(hash('sha256', number, 'buffer'), DST);
    return Buffer.from(shortSignatures.sign(message, SECRET_KEY).toBytes(true)).toString('hex');
  }

  /** The first round at or after the instant (milliseconds since 1970). */
  firstRoundAt(ms: number): number {
    return Math.max(1, Math.ceil((ms / 1000 - this.info.genesis_time) / this.info.period) + 1);
  }

  timeMs(round: number): number {
    return (this.info.genesis_time + (round - 1) * this.info.period) * 1000;
  }
}

function chainInfo() {
  const publicKey = Buffer.from(bls12_381.shortSignatures.getPublicKey(SECRET_KEY).toBytes(true));
  const groupHash = hash('sha256', 'group of the test chain', 'buffer');
  const [period, genesis, beaconID] = [3, 1_790_000_000, 'lottery-test'];
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(period);
  numbers.writeBigInt64BE(BigInt(genesis), 4);
  return {
    public_key: publicKey.toString('hex'),
    period,
    genesis_time: genesis,
    hash: hash('sha256', Buffer.concat([numbers, publicKey, groupHash, Buffer.from(beaconID)])),
    groupHash: groupHash.toString('hex'),
    schemeID: 'bls-unchained-g1-rfc9380',
    metadata: { beaconID },
  };
}

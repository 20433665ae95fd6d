import { hash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { QUICKNET } from '../../src/draw/domain/beacon-chain';
import { isGenuine } from '../../src/draw/infrastructure/bls-signature';
import { hashedRound } from '../support/test-chain';
import vectors from '../vectors/drand-quicknet.json';

const { G1, G2, fields, millerLoopBatch, shortSignatures: bls, utils } = bls12_381;
const { publicKey } = QUICKNET;
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const recorded = (round: number) => bytes(vectors.beacons.find((beacon) => beacon.round === round)!.signature);

/** Of a compressed point: it is compressed, it is infinity, y is the larger of the two. */
const [COMPRESSED, INFINITY, LARGER_Y] = [0x80, 0x40, 0x20];

describe('signatures of quicknet', () => {
  it.each(vectors.beacons)('round $round as recorded is genuine', ({ round, signature, randomness }) => {
    expect(isGenuine({ publicKey, round, signature: bytes(signature) })).toBe(true);
    expect(hash('sha256', bytes(signature))).toBe(randomness);
  });

  it.each(vectors.mustBeRefused)('refuses $id', ({ round, signature }) => {
    expect(isGenuine({ publicKey, round, signature: bytes(signature) })).toBe(false);
  });

  it('refuses every round but its own', () => {
    const others = vectors.beacons.filter(({ round }) => round !== 1_000);
    const accepted = others.filter(({ signature }) =>
      isGenuine({ publicKey, round: 1_000, signature: bytes(signature) }),
    );
    expect(accepted).toEqual([]);
  });

  it('refuses each of the 384 bits flipped', () => {
    const genuine = recorded(255);
    const flipped = Array.from({ length: 8 * genuine.length }, (_, bit) => {
      const signature = Buffer.from(genuine);
      signature.writeUInt8(signature.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return signature;
    });
    expect(flipped.filter((signature) => isGenuine({ publicKey, round: 255, signature }))).toEqual([]);
  });

  it('cannot be told from others with a key that is no point', () => {
    const claim = { publicKey: 'f'.repeat(192), round: 1_000, signature: recorded(1_000) };
    expect(() => isGenuine(claim)).toThrow('invalid encoding');
  });
});

describe('other encodings of a genuine signature', () => {
  /** The only recorded one whose x leaves room for x + p in 381 bits. */
  const round = 16_777_216;
  const genuine = recorded(round);
  const x = BigInt(`0x${genuine.toString('hex')}`) & ((1n << 381n) - 1n);

  it.each([
    ['x + p instead of x', encode(x + fields.Fp.ORDER, COMPRESSED | LARGER_Y)],
    ['x + p and the other y', encode(x + fields.Fp.ORDER, COMPRESSED)],
    ['the other y', encode(x, COMPRESSED)],
    ['not marked as compressed', encode(x, LARGER_Y)],
    ['no mark at all', encode(x, 0)],
    ['marked as infinity', encode(x, COMPRESSED | INFINITY | LARGER_Y)],
    ['uncompressed', Buffer.from(bls.Signature.fromBytes(genuine).toBytes(false))],
    ['a zero before it', Buffer.concat([Buffer.alloc(1), genuine])],
    ['without its last byte', genuine.subarray(0, -1)],
    ['twice', Buffer.concat([genuine, genuine])],
    ['nothing', Buffer.alloc(0)],
    ['infinity with rest', encode(1n, COMPRESSED | INFINITY)],
    ['infinity with the other y', encode(0n, COMPRESSED | INFINITY | LARGER_Y)],
    ['x = 0', encode(0n, COMPRESSED)],
  ])('%s is refused', (_, signature) => {
    expect(isGenuine({ publicKey, round, signature })).toBe(false);
  });

  it('are built from the genuine one, which is accepted', () => {
    expect(encode(x, COMPRESSED | LARGER_Y).equals(genuine)).toBe(true);
    expect(isGenuine({ publicKey, round, signature: genuine })).toBe(true);
  });

  it('a point outside the subgroup is refused, although the pairing holds for it', () => {
    const shifted = bls.Signature.fromBytes(genuine).add(smallOrderPoint());
    const { x: shiftedX, y: shiftedY } = shifted.toAffine();
    const signature = encode(shiftedX, COMPRESSED | (2n * shiftedY > fields.Fp.ORDER ? LARGER_Y : 0));
    // Planted bug: a check by the pairing alone takes it.
    expect(pairingHolds(shifted, round)).toBe(true);
    expect(pairingHolds(shifted, round + 1)).toBe(false);
    expect(signature.equals(genuine)).toBe(false);
    expect(isGenuine({ publicKey, round, signature })).toBe(false);
  });
});

function encode(x: bigint, marks: number): Buffer {
  const encoded = bytes(x.toString(16).padStart(96, '0'));
  encoded.writeUInt8(encoded.readUInt8(0) | marks, 0);
  return encoded;
}

/** e(signature, generator) = e(hashed round, public key), whatever kind of point the signature is. */
function pairingHolds(signature: typeof G1.Point.BASE, round: number): boolean {
  const pairs = [
    [signature, G2.Point.BASE],
    [hashedRound(round), G2.Point.fromBytes(bytes(publicKey)).negate()],
  ] as const;
  const product = millerLoopBatch(
    pairs.map(([p, q]) => {
      const { x, y } = p.toAffine();
      return [utils.calcPairingPrecomputes(q), x, y];
    }),
  );
  return fields.Fp12.eql(fields.Fp12.finalExponentiate(product), fields.Fp12.ONE);
}

/** A point of the curve whose order divides the cofactor: the order of the subgroup times any point of the curve. */
function smallOrderPoint(): typeof G1.Point.BASE {
  for (let x = 1n; ; x++) {
    const point = pointAt(x);
    if (point === null) continue;
    const torsion = times(point, fields.Fr.ORDER);
    if (!torsion.is0()) return torsion;
  }
}

function pointAt(x: bigint): typeof G1.Point.BASE | null {
  try {
    return G1.Point.fromAffine({ x, y: fields.Fp.sqrt(x ** 3n + 4n) });
  } catch {
    return null;
  }
}

/** Double and add: the library's own multiplication is for points of the subgroup. */
function times(point: typeof G1.Point.BASE, factor: bigint): typeof G1.Point.BASE {
  let product = G1.Point.ZERO;
  for (const bit of factor.toString(2)) product = bit === '1' ? product.double().add(point) : product.double();
  return product;
}

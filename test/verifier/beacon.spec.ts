import { bls12_381 } from '@noble/curves/bls12-381.js';
import { checkBeaconSignature } from '../../verifier/core/beacon.mjs';
import vectors from '../vectors/drand-quicknet.json';

const { public_key: publicKey } = vectors.quicknet;
const GENUINE = vectors.beacons.find(({ round }) => round === 1000)?.signature ?? '';

describe('the signature of a beacon', () => {
  it.each(vectors.beacons.map(({ round, signature }) => [round, signature] as const))(
    'is that of quicknet round %i',
    (round, signature) => {
      expect(() => checkBeaconSignature(publicKey, round, signature)).not.toThrow();
    },
  );

  it.each(vectors.mustBeRefused.map(({ id, round, signature }) => [id, round, signature] as const))(
    'is refused: %s',
    (_, round, signature) => {
      expect(() => checkBeaconSignature(publicKey, round, signature)).toThrow();
    },
  );

  it.each([
    ['x plus the prime', withX((x) => x + bls12_381.fields.Fp.ORDER), 'no point of the group'],
    ['a point outside the subgroup', outsideTheSubgroup(), 'no point of the group'],
    ['no compression bit', hex(0x34, GENUINE), 'no point of the group'],
    ['an infinity bit', hex(0xf4, GENUINE), 'no point of the group'],
    ['infinity with a sign', `e0${'00'.repeat(47)}`, 'no point of the group'],
    ['infinity', `c0${'00'.repeat(47)}`, 'infinity'],
    ['nothing', '', '0 bytes'],
  ])('is refused: %s', (_, signature, reason) => {
    expect(() => checkBeaconSignature(publicKey, 1000, signature)).toThrow(reason);
  });

  it('is refused under a public key that is no key', () => {
    const infinity = `c0${'00'.repeat(95)}`;
    expect(() => checkBeaconSignature(infinity, 1000, GENUINE)).toThrow('infinity');
    expect(() => checkBeaconSignature(publicKey.slice(2), 1000, GENUINE)).toThrow('no point of the group');
  });
});

function hex(firstByte: number, signature: string): string {
  return firstByte.toString(16) + signature.slice(2);
}

/** x + p where that still fits in 381 bits: another spelling of the same number, which some libraries take. */
function withX(change: (x: bigint) => bigint): string {
  const small = vectors.beacons.map(({ signature }) => signature).find((one) => /^[8a][0-5]/.test(one)) ?? GENUINE;
  const flags = BigInt(`0x${small.slice(0, 2)}`) & 0xe0n;
  const x = change(BigInt(`0x${small}`) & ((1n << 381n) - 1n));
  return (x | (flags << 376n)).toString(16).padStart(96, '0');
}

/** The cofactor of G1 is large: the first points of the curve are not in the subgroup. */
function outsideTheSubgroup(): string {
  const { Fp } = bls12_381.fields;
  for (let x = 1n; ; x++) {
    try {
      Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n));
      return ((1n << 383n) | x).toString(16);
    } catch {
      continue;
    }
  }
}

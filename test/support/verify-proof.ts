import { nodeHash } from '../../src/shared/domain/merkle-tree';

/** The root that the proof leads to (RFC 9162 section 2.1.3.2), written from the text of the RFC. */
export function rootFromInclusion(leaf: Buffer, index: number, size: number, proof: readonly string[]): Buffer {
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const hex of proof) {
    const p = Buffer.from(hex, 'hex');
    if (sn === 0) throw new Error('the proof is too long');
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      r = nodeHash(r, p);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  if (sn !== 0) throw new Error('the proof is too short');
  return r;
}

/** Whether the proof holds (RFC 9162 section 2.1.4.2), written from the text of the RFC. */
export function consistent(
  first: number,
  second: number,
  firstRoot: Buffer,
  secondRoot: Buffer,
  proof: readonly string[],
): boolean {
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  const hashes: Buffer[] = proof.map((hex) => Buffer.from(hex, 'hex'));
  if (Number.isInteger(Math.log2(first))) hashes.unshift(firstRoot);
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [fr, sr] = [hashes[0] as Buffer, hashes[0] as Buffer];
  for (const c of hashes.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      sr = nodeHash(sr, c);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
}

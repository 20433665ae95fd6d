import type { DrawOptions } from '../bundle-builder';
import { TestChain } from '../test-chain';

export const DRAW = '0f8fad5b-d9cb-469f-a165-70867728950e';
export const OTHER_DRAW = '1f8fad5b-d9cb-469f-a165-70867728950e';
export const OTHER_ROOT = Buffer.alloc(32, 1).toString('base64');
export const OTHER_HASH = 'a'.repeat(64);
export const CLOSING = '2026-11-22T00:00:00.000Z';
export const EARLY: DrawOptions = { beacon: 'test-chain', trigger: 'manual', sealedAt: '2026-11-21T20:00:00.000Z' };

/** A change that has to change something. */
export function edit(from: string | RegExp, to: string): (text: string) => string {
  return changing((text) => text.replace(from, to));
}

export function editedMatch(from: RegExp, change: (match: string) => string): (text: string) => string {
  return changing((text) => text.replace(from, change));
}

function changing(change: (text: string) => string): (text: string) => string {
  return (text) => {
    const changed = change(text);
    if (changed === text) throw new Error(`nothing to change in ${text}`);
    return changed;
  };
}

export function upperHex(text: string): string {
  return text.replace(/[0-9a-f]{8,}/g, (digits) => digits.toUpperCase());
}

export function next(number: string): string {
  return `${Number(number) + 1}`;
}

export function reversed(text: string): string {
  return text
    .split('\n')
    .slice(0, -1)
    .reverse()
    .map((line) => `${line}\n`)
    .join('');
}

/** The same bytes for a lenient reader of base64: the bits that padding leaves over are not zero. */
export function loosePadding(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return base64.replace(/.(?==+$)/, (digit) => alphabet[alphabet.indexOf(digit) + 1]!);
}

/** Another signature that a lenient verifier takes: s + L instead of s (RFC 8032 section 5.1.7). */
export function withLargeS(note: string): string {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  return note.replace(/\S+(?=\n$)/, (base64) => {
    const bytes = Buffer.from(base64, 'base64');
    const s = BigInt(`0x${Buffer.from(bytes.subarray(36)).reverse().toString('hex')}`) + order;
    Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 36);
    return bytes.toString('base64');
  });
}

/** The same point for a lenient reader, where it fits into 381 bits. */
export function xPlusP(signature: string): string {
  const p = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
  const flags = 7n << 381n;
  const encoded = BigInt(`0x${signature}`);
  return ((encoded & flags) | (((encoded & ~flags) + p) % (1n << 381n))).toString(16);
}

export function bodyOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1);
}

/** The round that a closing on schedule fixes. */
export function closingRound(): number {
  return new TestChain().firstRoundAt(Date.parse(CLOSING) + 60_000);
}

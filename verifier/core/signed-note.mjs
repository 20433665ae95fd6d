import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesOfBase64, bytesOfHex, concat, hexOf, sameBytes, utf8 } from './bytes.mjs';
import { slowSha256 } from './hashes.mjs';
import { demand, UnusableInput } from './refusal.mjs';

/** Algorithm byte of Ed25519 (c2sp.org/signed-note). */
const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;

/** A key name has neither white space nor a plus sign (c2sp.org/signed-note). */
const VERIFIER_KEY = /^([^\p{Z}\p{C}+]+)\+([0-9a-f]{8})\+(.+)$/su;
const SIGNATURE_LINE = /^— ([^\u0085\p{Z}+]+) ([A-Za-z0-9+/]+={0,2})$/u;
/** More than witnesses will ever be: whoever sends more wants to keep the verifier busy. */
const MAX_SIGNATURES = 100;
/** Those of ASCII, but for the line feed. */
// eslint-disable-next-line no-control-regex -- these are what it looks for.
const CONTROL = /[\0-\x09\x0b-\x1f]/;

/** @typedef {{ text: string, name: string, id: Uint8Array, publicKey: Uint8Array }} VerifierKey id: 4, publicKey: 32 bytes */

/**
 * Reads `<name>+<key id in hex>+<base64(0x01 || public key)>` (c2sp.org/signed-note, verifier keys).
 *
 * @param {string} text
 * @returns {VerifierKey}
 * @throws {UnusableInput}
 */
export function parseVerifierKey(text) {
  const [, name, id, encoded] = VERIFIER_KEY.exec(text) ?? [];
  const key = encoded === undefined ? null : bytesOfBase64(encoded);
  if (!key || key.length !== 33 || key[0] !== ED25519) {
    throw new UnusableInput('the key does not read <name>+<8 hex digits>+<base64 of an Ed25519 key>');
  }
  const trueId = slowSha256(concat(utf8(`${name}\n`), key)).subarray(0, KEY_ID_BYTES);
  if (hexOf(trueId) !== id) throw new UnusableInput('the key id of the key does not fit its name and bytes');
  if (decodePoint(key.subarray(1))?.is0() !== false) throw new UnusableInput('the key is no usable point of Ed25519');
  return { text, name, id: bytesOfHex(id), publicKey: key.subarray(1) };
}

/**
 * The body of a signed note (c2sp.org/signed-note) that carries a signature by this key; signatures by other keys, of
 * witnesses for example, are ignored. The signature is checked as RFC 8032 section 5.1.7 says, without its freedom:
 * canonical encodings only, and the same answer with and without the cofactor.
 *
 * @param {string} note
 * @param {VerifierKey} key
 * @returns {{ body: string, hasOthers: boolean }} body: the signed text, its last line feed included
 * @throws {Refusal}
 */
export function openNote(note, key) {
  const end = note.lastIndexOf('\n\n');
  demand(end > 0, 'it has no text followed by an empty line');
  demand(!CONTROL.test(note), 'it has a control character');
  const body = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  demand(lines.pop() === '' && lines.length > 0, 'it does not end in signature lines');
  demand(lines.length <= MAX_SIGNATURES, `it has more than ${MAX_SIGNATURES} signatures`);
  const signatures = lines.map(readSignature);
  const [ours, ...more] = signatures.filter(({ name, id }) => name === key.name && sameBytes(id, key.id));
  demand(ours, 'no signature has the name and id of the key');
  demand(more.length === 0, 'the key has signed it twice');
  demand(ours.signature.length === SIGNATURE_BYTES, 'the signature has the wrong length');
  demand(isSignedBy(utf8(body), ours.signature, key.publicKey), 'the signature is wrong');
  return { body, hasOthers: signatures.length > 1 };
}

function readSignature(line) {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
  demand(encoded !== undefined, 'it has a malformed signature line');
  const bytes = bytesOfBase64(encoded);
  demand(bytes, 'a signature is not canonical base64');
  demand(bytes.length > KEY_ID_BYTES, 'a signature has the wrong length');
  return { name, id: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}

function isSignedBy(message, signature, publicKey) {
  try {
    return (
      decodePoint(signature.subarray(0, 32)) !== null &&
      ed25519.verify(signature, message, publicKey, { zip215: false })
    );
  } catch {
    return false;
  }
}

/** The point of the prime-order subgroup that this encodes canonically, or null. */
function decodePoint(bytes) {
  try {
    const point = ed25519.Point.fromBytes(bytes, false);
    return point.isTorsionFree() ? point : null;
  } catch {
    return null;
  }
}

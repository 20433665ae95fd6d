import { createPublicKey, hash, verify } from 'node:crypto';
import { invariant } from './invariant';

/** Algorithm byte of Ed25519 in key ids and verifier keys (c2sp.org/signed-note). */
const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const SPKI_ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** First 4 bytes of SHA-256(name || 0x0A || 0x01 || public key), c2sp.org/signed-note. */
function keyId(name: string, publicKey: Buffer): Buffer {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519]), publicKey]);
  return hash('sha256', input, 'buffer').subarray(0, KEY_ID_BYTES);
}

/** `<name>+<8 hex of the key id>+<base64(0x01 || public key)>`, c2sp.org/signed-note. */
export function verifierKey(name: string, publicKey: Buffer): string {
  const key = Buffer.concat([Buffer.from([ED25519]), publicKey]).toString('base64');
  return `${name}+${keyId(name, publicKey).toString('hex')}+${key}`;
}

/** A key name: no white space and no plus sign (c2sp.org/signed-note). */
const KEY_NAME = /^[^\s+]+$/u;

/** The whole signed note: body, empty line, signature line. The signature covers the body with its last line feed. */
export function formatNote(body: string, name: string, publicKey: Buffer, signature: Buffer): string {
  invariant(body.endsWith('\n'), 'the body of a note ends in a line feed');
  invariant(KEY_NAME.test(name), `key name ${name} has neither white space nor a plus sign`);
  return `${body}\n— ${name} ${Buffer.concat([keyId(name, publicKey), signature]).toString('base64')}\n`;
}

/** The body of a C2SP tlog-checkpoint: `<origin>`, decimal size and base64 root, a line each. */
export function checkpointBody(origin: string, size: number, root: Buffer): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** The body of a signed note, including its last line feed. Checks nothing: for our own notes only. */
export function noteBody(note: string): string {
  const end = note.lastIndexOf('\n\n');
  invariant(end >= 0, 'a signed note has an empty line before its signatures');
  return note.slice(0, end + 1);
}

/** Whether the note's last signature names this verifier key. Checks nothing: for our own notes only. */
export function namesKey(note: string, key: string): boolean {
  const [, name, encoded] = /\n— ([^\s+]+) (\S+)\n$/u.exec(note) ?? [];
  invariant(name !== undefined && encoded !== undefined, 'a signed note ends in a signature');
  return key.startsWith(`${name}+${Buffer.from(encoded, 'base64').subarray(0, KEY_ID_BYTES).toString('hex')}+`);
}

/** Returns the body if one of the note's signatures is by the verifier key, otherwise null (c2sp.org/signed-note). */
export function verifyNote(note: string, key: string): string | null {
  const [name, id, encoded] = splitVerifierKey(key);
  const body = noteBody(note);
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_ED25519_PREFIX, encoded.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  const signed = note
    .slice(body.length + 1)
    .split('\n')
    .filter((line) => line.startsWith(`— ${name} `))
    .map((line) => Buffer.from(line.slice(`— ${name} `.length), 'base64'))
    .filter((signature) => signature.subarray(0, KEY_ID_BYTES).toString('hex') === id)
    .some((signature) => verify(null, Buffer.from(body), publicKey, signature.subarray(KEY_ID_BYTES)));
  return signed ? body : null;
}

function splitVerifierKey(key: string): [name: string, id: string, encoded: Buffer] {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(key);
  invariant(match?.[1] && match[2] && match[3], 'a verifier key reads <name>+<key id>+<key>');
  return [match[1], match[2], Buffer.from(match[3], 'base64')];
}

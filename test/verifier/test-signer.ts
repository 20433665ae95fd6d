import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto';

const PKCS8_ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const RAW_KEY_BYTES = 32;

/** Signs notes (c2sp.org/signed-note) with a key that follows from a seed: always the same. */
export class TestSigner {
  readonly verifierKey: string;
  private readonly privateKey: KeyObject;
  private readonly keyId: Buffer;

  constructor(
    readonly name: string,
    seed = 'test key of the operator',
  ) {
    const der = Buffer.concat([PKCS8_ED25519_PREFIX, hash('sha256', seed, 'buffer')]);
    this.privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(this.privateKey).export({ format: 'der', type: 'spki' }).subarray(-RAW_KEY_BYTES);
    const typed = Buffer.concat([Buffer.of(1), publicKey]);
    this.keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'buffer').subarray(0, 4);
    this.verifierKey = `${name}+${this.keyId.toString('hex')}+${typed.toString('base64')}`;
  }

  sign(body: string): string {
    const signature = sign(null, Buffer.from(body), this.privateKey);
    return `${body}\n— ${this.name} ${Buffer.concat([this.keyId, signature]).toString('base64')}\n`;
  }
}

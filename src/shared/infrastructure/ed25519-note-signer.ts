import { createPrivateKey, createPublicKey, KeyObject, sign } from 'node:crypto';
import { NoteSigner } from '../application/note-signer';
import { invariant } from '../domain/invariant';
import { formatNote, verifierKey } from '../domain/signed-note';

const SEED_BYTES = 32;
const PKCS8_ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 (RFC 8032) over a 32-byte seed that never leaves this process. */
export class Ed25519NoteSigner extends NoteSigner {
  readonly verifierKey: string;
  private readonly privateKey: KeyObject;
  private readonly publicKey: Buffer;

  constructor(
    readonly origin: string,
    seed: Buffer,
  ) {
    super();
    invariant(seed.length === SEED_BYTES, 'an Ed25519 seed has 32 bytes');
    this.privateKey = createPrivateKey({
      key: Buffer.concat([PKCS8_ED25519_PREFIX, seed]),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKey = createPublicKey(this.privateKey).export({ format: 'der', type: 'spki' }).subarray(-SEED_BYTES);
    this.verifierKey = verifierKey(origin, this.publicKey);
  }

  sign(body: string): string {
    return formatNote(body, this.origin, this.publicKey, sign(null, Buffer.from(body), this.privateKey));
  }
}

import { createPrivateKey, createPublicKey, KeyObject, sign } from 'node:crypto';
import { NoteSigner } from '../../shared/application/note-signer';
import { invariant } from '../../shared/domain/invariant';
import { formatNote, namesKey, verifierKey } from '../../shared/domain/signed-note';
import type { Complete } from '../config/config';
import type { ServiceConfig } from '../config/service-config';
import type { SigningConfig } from './signing-config';

const SEED_BYTES = 32;
const PKCS8_ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The signer with the configured keys: SIGNING_KEY signs new logs and notes, OTHER_SIGNING_KEY continues what it has
 * begun.
 */
export function configuredSigner(
  { SIGNING_KEY, OTHER_SIGNING_KEY }: Complete<SigningConfig, 'SIGNING_KEY'>,
  { ORIGIN }: ServiceConfig,
): Ed25519NoteSigner {
  const seedOf = (key: string) => Buffer.from(key, 'base64');
  const other = OTHER_SIGNING_KEY === undefined ? null : new Ed25519NoteSigner(ORIGIN, seedOf(OTHER_SIGNING_KEY));
  return new Ed25519NoteSigner(ORIGIN, seedOf(SIGNING_KEY), other);
}

/** Ed25519 (RFC 8032) over a 32-byte seed that never leaves this process. */
export class Ed25519NoteSigner extends NoteSigner {
  readonly verifierKey: string;
  private readonly privateKey: KeyObject;
  private readonly publicKey: Buffer;

  constructor(
    readonly origin: string,
    seed: Buffer,
    private readonly other: NoteSigner | null = null,
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

  get verifierKeys(): readonly string[] {
    return this.other ? [this.verifierKey, this.other.verifierKey] : [this.verifierKey];
  }

  like(note: string | undefined): NoteSigner {
    return this.other && note !== undefined && namesKey(note, this.other.verifierKey) ? this.other : this;
  }
}

import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Randomness } from '../../shared/application/randomness';
import { Caller, PasswordHasher } from '../application/password-hasher';
import { FairQueue } from './fair-queue';

/** OWASP's second choice of argon2id parameters: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * Hashes run on Node's four worker threads; one is left for files and name look-ups. Registrations and log-ins have
 * separate places: a flood of registrations must not keep others from logging in.
 */
const MOST_MADE_AT_ONCE = 1;
const MOST_COMPARED_AT_ONCE = 2;

/** Argon2id (RFC 9106) in native code, off the event loop. */
@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  private readonly making = new FairQueue(MOST_MADE_AT_ONCE);
  private readonly comparing = new FairQueue(MOST_COMPARED_AT_ONCE);
  /** Well-formed but no one's: comparing with it costs what any comparison costs. */
  private readonly decoy: string;

  constructor(randomness: Randomness) {
    super();
    const { memoryCost, timeCost, parallelism } = COST;
    const [salt, tag] = [randomness.bytes(16), randomness.bytes(32)].map((bytes) => unpadded(bytes));
    this.decoy = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${tag}`;
  }

  hash(password: string, caller: Caller): Promise<string> {
    return this.making.inTurn(caller, () => hash(normalised(password), COST));
  }

  async verify(passwordHash: string | null, password: string, caller: Caller): Promise<boolean> {
    const compare = () => verify(passwordHash ?? this.decoy, normalised(password));
    const matches = await this.comparing.inTurn(caller, compare);
    return matches && passwordHash !== null;
  }
}

/** The same password whichever keyboard composed its accents (NIST SP 800-63B section 5.1.1.2). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

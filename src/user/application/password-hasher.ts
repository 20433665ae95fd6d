/** Who waits for a hash. Addresses take turns. */
export interface Caller {
  /** The client's network address. */
  readonly address: string;
  /** Whether the address has logged in to this account lately: it goes first. */
  readonly isKnown: boolean;
}

/** The service itself, at its start. */
export const SERVICE: Caller = { address: 'service', isKnown: true };

/** Hashes passwords so that they are slow to guess. Few at a time: each hash takes memory and a core. */
export abstract class PasswordHasher {
  /** @throws AuthBusy if too many wait */
  abstract hash(password: string, caller: Caller): Promise<string>;

  /**
   * Whether the hash is this password's. Without a hash it returns false after the same work, so that timing does not
   * reveal who has an account.
   *
   * @throws AuthBusy if too many wait
   */
  abstract verify(hash: string | null, password: string, caller: Caller): Promise<boolean>;
}

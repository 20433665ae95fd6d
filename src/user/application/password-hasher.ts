/** Hashes passwords so that they are slow to guess. Few at a time: each hash takes memory and a core. */
export abstract class PasswordHasher {
  /** @throws AuthBusy if too many wait */
  abstract hash(password: string): Promise<string>;

  /**
   * Whether the hash is this password's. Without a hash it returns false after the same work, so that timing does not
   * reveal who has an account.
   *
   * @throws AuthBusy if too many wait
   */
  abstract verify(hash: string | null, password: string): Promise<boolean>;
}

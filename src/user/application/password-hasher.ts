/** Turns passwords into hashes that are slow to guess. Few at a time: each takes memory and a processor. */
export abstract class PasswordHasher {
  /** @throws AuthBusy where too many wait. */
  abstract hash(password: string): Promise<string>;

  /**
   * Whether the hash is this password's. Without a hash it is false, after the same work, so that time does not tell who
   * has an account.
   *
   * @throws AuthBusy where too many wait.
   */
  abstract verify(hash: string | null, password: string): Promise<boolean>;
}

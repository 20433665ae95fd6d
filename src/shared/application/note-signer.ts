/** Signs the service's public statements with its Ed25519 key. */
export abstract class NoteSigner {
  /** The key name: the service's origin, e.g. `lottery.example`. */
  abstract readonly origin: string;
  /** `<name>+<key id>+<key>`: what a stranger pins (c2sp.org/signed-note). */
  abstract readonly verifierKey: string;
  /** All keys with which this process signs, its own first. More than one during a key rotation. */
  abstract readonly verifierKeys: readonly string[];
  /** Returns the signed note for this body, which ends in a line feed. The same body always gives the same note. */
  abstract sign(body: string): string;
  /**
   * Returns the signer for whatever belongs to that note: the key that signed it, if this process has it, so that a
   * draw has notes of one key even during a key rotation.
   */
  abstract like(note: string | undefined): NoteSigner;
}

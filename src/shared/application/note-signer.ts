/** Signs the service's public statements with its Ed25519 key. */
export abstract class NoteSigner {
  /** The key name: the service's origin, e.g. `lottery.example`. */
  abstract readonly origin: string;
  /** `<name>+<key id>+<key>`: what a stranger pins (c2sp.org/signed-note). */
  abstract readonly verifierKey: string;
  /** Of all keys that this process signs with, its own first. More than one: the keys are being changed. */
  abstract readonly verifierKeys: readonly string[];
  /** The whole signed note for this body, which ends in a line feed. The same body always gives the same note. */
  abstract sign(body: string): string;
  /**
   * Who signs what belongs to that note: the key that signed it, as long as this process has it, so that a draw has notes
   * of one key however the keys change meanwhile.
   */
  abstract like(note: string | undefined): NoteSigner;
}

/** Signs the service's public statements with its Ed25519 key. */
export abstract class NoteSigner {
  /** The key name: the service's origin, e.g. `lottery.example`. */
  abstract readonly origin: string;
  /** `<name>+<key id>+<key>`: what a stranger pins (c2sp.org/signed-note). */
  abstract readonly verifierKey: string;
  /** The whole signed note for this body, which ends in a line feed. The same body always gives the same note. */
  abstract sign(body: string): string;
}

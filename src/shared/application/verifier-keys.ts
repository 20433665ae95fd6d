/** A key that signs, or has signed, statements of this service. */
export interface KnownKey {
  /** `<name>+<key id>+<key>` (c2sp.org/signed-note). */
  readonly verifierKey: string;
  /** When a process of this service first had the key, in database time. */
  readonly knownSince: Date;
}

/** The public halves of all signing keys that ever were, with which old statements are checked. */
export abstract class VerifierKeys {
  /** Oldest first. */
  abstract all(): Promise<readonly KnownKey[]>;
  /** Returns the key that signed this note of ours; the current key if no other is known. */
  abstract of(note: string): Promise<string>;
}

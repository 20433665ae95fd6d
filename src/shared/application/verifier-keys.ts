/** A key that signs, or has signed, statements of this service. */
export interface KnownKey {
  /** `<name>+<key id>+<key>` (c2sp.org/signed-note). */
  readonly verifierKey: string;
  /** When a process of this service first had it, database time. */
  readonly knownSince: Date;
}

/** The public halves of all signing keys there ever were: what an old draw is checked with. */
export abstract class VerifierKeys {
  /** Oldest first. */
  abstract all(): Promise<readonly KnownKey[]>;
  /** The key that signed this note of ours; the current one where no other is known. */
  abstract of(note: string): Promise<string>;
}

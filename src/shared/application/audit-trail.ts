/** A person by id, the holder of the close token, or the service itself. */
export type Actor = { readonly userId: string } | 'operator' | 'service';

export interface AuditedAct {
  readonly actor: Actor;
  /** Past tense after a noun, e.g. `user.banned`. */
  readonly action: string;
  /** What it was done to: a user's id or a lottery's date. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Who did what when: append-only. */
export abstract class AuditTrail {
  /** Writes the act in the running unit of work, so that act and entry are kept or lost together. */
  abstract record(act: AuditedAct): Promise<void>;
}

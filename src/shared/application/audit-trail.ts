/** A person by id, the holder of the close token, or the service itself. */
export type Actor = { readonly userId: string } | 'operator' | 'service';

export interface AuditedAct {
  readonly actor: Actor;
  /** Past tense after a noun, e.g. `user.banned`. */
  readonly action: string;
  /** The object of the act: a user's id or a day. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Records who did what and when. Append-only. */
export abstract class AuditTrail {
  /** Records the act in the running unit of work, so that act and entry are kept or lost together. */
  abstract record(act: AuditedAct): Promise<void>;
}

/** A person by id, the holder of the close token, or the service itself. */
export type Actor = { readonly userId: string } | 'operator' | 'service';

export interface AuditedAct {
  readonly actor: Actor;
  /** Past tense after a noun, e.g. `user.banned`. */
  readonly action: string;
  /** The object of the act: a user's id or a day. */
  readonly subject: string;
  /** When it was done, if that is stored elsewhere as well; absent: now. */
  readonly at?: Date;
  readonly details?: Readonly<Record<string, string>>;
}

/** Records who did what and when. Append-only. */
export abstract class AuditTrail {
  /**
   * Records the act in the running unit of work, so that act and entry are kept or lost together. Returns its place in
   * the audit log, whose lock it holds until commit.
   */
  abstract record(act: AuditedAct): Promise<number>;
}

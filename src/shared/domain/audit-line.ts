/** An act as the audit log knows it. */
export interface AuditFacts {
  /** A UUIDv7. */
  readonly id: string;
  /** UTC with milliseconds: `2026-11-21T12:00:00.000Z`. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * The leaf of an entry in the audit log: one line of JSON as RFC 8785 has it, with members in the order of their names
 * and no white space.
 */
export function auditLine({ id, at, actor, action, subject, details }: AuditFacts): string {
  const ordered = Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ action, actor, at, details: Object.fromEntries(ordered), id, subject });
}

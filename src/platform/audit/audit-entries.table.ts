import { EntitySchema } from 'typeorm';
import { APPEND, Rights } from '../database/rights';

/** A stored line of the audit trail. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  /** A user's id, `operator` or `service`. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, string>>;
}

export const auditEntriesTable = new EntitySchema<AuditEntry>({
  name: 'audit_entries',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'audit_entries_pk' },
    at: { type: 'timestamptz' },
    actor: { type: 'text' },
    action: { type: 'text' },
    subject: { type: 'text' },
    details: { type: 'jsonb' },
  },
});

export const auditRights: Rights = { audit_entries: APPEND };

import { EntitySchema } from 'typeorm';
import { APPEND, READ, Rights, update } from '../database/rights';

/** A stored line of the audit trail. */
export interface AuditEntry {
  readonly id: string;
  /** Its place in the audit log; int8 arrives as text. */
  readonly index: string;
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
    index: { type: 'int8' },
  },
  uniques: [{ name: 'audit_entries_index_unique', columns: ['index'] }],
  checks: [{ name: 'audit_entries_index_natural', expression: 'index >= 0' }],
});

/** The tree of the entries: one row, whose lock orders what is appended. */
const log = new EntitySchema<{ single: boolean; size: string; frontier: Buffer }>({
  name: 'audit',
  columns: {
    single: { type: 'boolean', primary: true, primaryKeyConstraintName: 'audit_pk' },
    size: { type: 'int8' },
    frontier: { type: 'bytea' },
  },
  checks: [
    { name: 'audit_single', expression: 'single' },
    { name: 'audit_size_natural', expression: 'size >= 0' },
  ],
});

/** Level 0 are the leaves; level 1 covers 16 of them, level 2 256, ... */
const hashes = new EntitySchema<{ level: number; index: string; hash: Buffer }>({
  name: 'audit_hashes',
  columns: {
    level: { type: 'smallint', primary: true, primaryKeyConstraintName: 'audit_hashes_pk' },
    index: { type: 'int8', primary: true, primaryKeyConstraintName: 'audit_hashes_pk' },
    hash: { type: 'bytea' },
  },
  checks: [
    { name: 'audit_hashes_level_natural', expression: 'level >= 0' },
    { name: 'audit_hashes_index_natural', expression: 'index >= 0' },
    { name: 'audit_hashes_hash_size', expression: 'octet_length(hash) = 32' },
  ],
});

const checkpoints = new EntitySchema<{ size: string; note: string }>({
  name: 'audit_checkpoints',
  columns: {
    size: { type: 'int8', primary: true, primaryKeyConstraintName: 'audit_checkpoints_pk' },
    note: { type: 'text' },
  },
});

export const auditTables = [auditEntriesTable, log, hashes, checkpoints];

export const auditRights: Rights = {
  audit: [...READ, ...update('size', 'frontier')],
  audit_checkpoints: APPEND,
  audit_entries: APPEND,
  audit_hashes: APPEND,
};

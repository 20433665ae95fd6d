import { EntitySchema } from 'typeorm';
import { APPEND, READ, Rights, update } from '../../platform/database/rights';

const journal = new EntitySchema<{ single: boolean; size: string; frontier: Buffer }>({
  name: 'journal',
  columns: {
    single: { type: 'boolean', primary: true, primaryKeyConstraintName: 'journal_pk' },
    size: { type: 'int8' },
    frontier: { type: 'bytea' },
  },
  checks: [
    { name: 'journal_single', expression: 'single' },
    { name: 'journal_size_natural', expression: 'size >= 0' },
  ],
});

const entries = new EntitySchema<{ index: string; statement: string }>({
  name: 'journal_entries',
  columns: {
    index: { type: 'int8', primary: true, primaryKeyConstraintName: 'journal_entries_pk' },
    statement: { type: 'text' },
  },
  checks: [{ name: 'journal_entries_index_natural', expression: 'index >= 0' }],
});

/** Level 0 are the leaves; level 1 covers 16 of them, level 2 256, ... */
const hashes = new EntitySchema<{ level: number; index: string; hash: Buffer }>({
  name: 'journal_hashes',
  columns: {
    level: { type: 'smallint', primary: true, primaryKeyConstraintName: 'journal_hashes_pk' },
    index: { type: 'int8', primary: true, primaryKeyConstraintName: 'journal_hashes_pk' },
    hash: { type: 'bytea' },
  },
  checks: [
    { name: 'journal_hashes_level_natural', expression: 'level >= 0' },
    { name: 'journal_hashes_index_natural', expression: 'index >= 0' },
    { name: 'journal_hashes_hash_size', expression: 'octet_length(hash) = 32' },
  ],
});

const checkpoints = new EntitySchema<{ size: string; note: string }>({
  name: 'journal_checkpoints',
  columns: {
    size: { type: 'int8', primary: true, primaryKeyConstraintName: 'journal_checkpoints_pk' },
    note: { type: 'text' },
  },
});

export const journalTables = [journal, entries, hashes, checkpoints];

export const journalRights: Rights = {
  journal: [...READ, ...update('size', 'frontier')],
  journal_checkpoints: APPEND,
  journal_entries: APPEND,
  journal_hashes: APPEND,
};

import { EntitySchema } from 'typeorm';
import { APPEND, READ, Rights, update } from '../../platform/database/rights';

/** The tree of the transfers: one row, whose lock orders all movements of money. */
const log = new EntitySchema<{ single: boolean; size: string; frontier: Buffer; lastAt: Date | null }>({
  name: 'wallet_log',
  columns: {
    single: { type: 'boolean', primary: true, primaryKeyConstraintName: 'wallet_log_pk' },
    size: { type: 'int8' },
    frontier: { type: 'bytea' },
    lastAt: { name: 'last_at', type: 'timestamptz', nullable: true },
  },
  checks: [
    { name: 'wallet_log_single', expression: 'single' },
    { name: 'wallet_log_size_natural', expression: 'size >= 0' },
  ],
});

/** Level 1 covers 16 transfers, level 2 256, ... */
const subtrees = new EntitySchema<{ level: number; index: string; hash: Buffer }>({
  name: 'wallet_log_subtrees',
  columns: {
    level: { type: 'smallint', primary: true, primaryKeyConstraintName: 'wallet_log_subtrees_pk' },
    index: { type: 'int8', primary: true, primaryKeyConstraintName: 'wallet_log_subtrees_pk' },
    hash: { type: 'bytea' },
  },
  checks: [
    { name: 'wallet_log_subtrees_level_positive', expression: 'level >= 1' },
    { name: 'wallet_log_subtrees_index_natural', expression: 'index >= 0' },
    { name: 'wallet_log_subtrees_hash_size', expression: 'octet_length(hash) = 32' },
  ],
});

const checkpoints = new EntitySchema<{ size: string; note: string }>({
  name: 'wallet_log_checkpoints',
  columns: {
    size: { type: 'int8', primary: true, primaryKeyConstraintName: 'wallet_log_checkpoints_pk' },
    note: { type: 'text' },
  },
});

export const walletLogTables = [log, subtrees, checkpoints];

export const walletLogRights: Rights = {
  wallet_log: [...READ, ...update('size', 'frontier', 'last_at')],
  wallet_log_checkpoints: APPEND,
  wallet_log_subtrees: APPEND,
};

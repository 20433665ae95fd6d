import { EntitySchema } from 'typeorm';
import { APPEND, READ, Rights, update } from '../../platform/database/rights';

/** Rows as the driver gives them: int8 arrives as text. */
export interface BallotLogRow {
  readonly drawId: string;
  readonly closesAt: Date | null;
  readonly size: string;
  readonly frontier: Buffer;
  readonly lastSubmittedAt: Date | null;
  readonly sealedAt: Date | null;
}

export interface BallotRow {
  readonly drawId: string;
  readonly index: string;
  readonly id: string;
  readonly userId: string;
  readonly player: Buffer;
  readonly submittedAt: Date;
}

const logs = new EntitySchema<BallotLogRow>({
  name: 'ballot_logs',
  columns: {
    drawId: { name: 'draw_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_logs_pk' },
    closesAt: { name: 'closes_at', type: 'timestamptz', nullable: true },
    size: { type: 'int8' },
    frontier: { type: 'bytea' },
    lastSubmittedAt: { name: 'last_submitted_at', type: 'timestamptz', nullable: true },
    sealedAt: { name: 'sealed_at', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'ballot_logs_by_instant', columns: ['drawId'], where: 'closes_at is not null' }],
  checks: [{ name: 'ballot_logs_size_natural', expression: 'size >= 0' }],
});

export const ballotsTable = new EntitySchema<BallotRow>({
  name: 'ballots',
  columns: {
    drawId: { name: 'draw_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballots_pk' },
    index: { type: 'int8', primary: true, primaryKeyConstraintName: 'ballots_pk' },
    id: { type: 'uuid' },
    userId: { name: 'user_id', type: 'uuid' },
    player: { type: 'bytea' },
    submittedAt: { name: 'submitted_at', type: 'timestamptz' },
  },
  indices: [
    { name: 'ballots_by_id', columns: ['id'] },
    { name: 'ballots_by_user', columns: ['drawId', 'userId', 'index'] },
  ],
  checks: [
    { name: 'ballots_index_natural', expression: 'index >= 0' },
    { name: 'ballots_player_size', expression: 'octet_length(player) = 16' },
  ],
});

const subtrees = new EntitySchema<{ drawId: string; level: number; index: string; hash: Buffer }>({
  name: 'ballot_subtrees',
  columns: {
    drawId: { name: 'draw_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_subtrees_pk' },
    level: { type: 'smallint', primary: true, primaryKeyConstraintName: 'ballot_subtrees_pk' },
    index: { type: 'int8', primary: true, primaryKeyConstraintName: 'ballot_subtrees_pk' },
    hash: { type: 'bytea' },
  },
  checks: [
    { name: 'ballot_subtrees_level_positive', expression: 'level >= 1' },
    { name: 'ballot_subtrees_index_natural', expression: 'index >= 0' },
    { name: 'ballot_subtrees_hash_size', expression: 'octet_length(hash) = 32' },
  ],
});

const checkpoints = new EntitySchema<{ drawId: string; size: string; note: string }>({
  name: 'ballot_checkpoints',
  columns: {
    drawId: { name: 'draw_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_checkpoints_pk' },
    size: { type: 'int8', primary: true, primaryKeyConstraintName: 'ballot_checkpoints_pk' },
    note: { type: 'text' },
  },
});

interface IdempotencyKeyRow {
  readonly userId: string;
  readonly keyDigest: Buffer;
  readonly drawId: string;
  readonly ballotId: string;
  readonly count: number;
}

const idempotencyKeys = new EntitySchema<IdempotencyKeyRow>({
  name: 'ballot_idempotency_keys',
  columns: {
    userId: { name: 'user_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_idempotency_keys_pk' },
    keyDigest: {
      name: 'key_digest',
      type: 'bytea',
      primary: true,
      primaryKeyConstraintName: 'ballot_idempotency_keys_pk',
    },
    drawId: { name: 'draw_id', type: 'uuid' },
    ballotId: { name: 'ballot_id', type: 'uuid' },
    count: { type: 'smallint', default: 1 },
  },
  checks: [
    { name: 'ballot_idempotency_keys_digest_size', expression: 'octet_length(key_digest) = 32' },
    { name: 'ballot_idempotency_keys_count_positive', expression: 'count > 0' },
  ],
});

/** Ballots of a user among the first `countedTo` of the log; only while there is a limit for each player. */
const counts = new EntitySchema<{ drawId: string; userId: string; countedTo: string; ballots: string }>({
  name: 'ballot_counts',
  columns: {
    drawId: { name: 'draw_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_counts_pk' },
    userId: { name: 'user_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_counts_pk' },
    countedTo: { name: 'counted_to', type: 'int8' },
    ballots: { type: 'int8' },
  },
  checks: [
    { name: 'ballot_counts_counted_to_natural', expression: 'counted_to >= 0' },
    { name: 'ballot_counts_ballots_natural', expression: 'ballots >= 0' },
  ],
});

export const ballotLogTables = [logs, ballotsTable, subtrees, checkpoints, idempotencyKeys, counts];

/** Partitions are reached through `ballots`; that of strays is watched. */
export const ballotLogRights: Rights = {
  ballot_checkpoints: APPEND,
  ballot_counts: [...APPEND, ...update('counted_to', 'ballots')],
  ballot_idempotency_keys: APPEND,
  ballot_logs: [...APPEND, ...update('size', 'frontier', 'last_submitted_at', 'sealed_at')],
  ballot_subtrees: APPEND,
  ballots: APPEND,
  ballots_default: READ,
};

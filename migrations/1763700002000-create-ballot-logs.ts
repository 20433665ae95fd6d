import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: one append-only Merkle log of ballots for each draw. Every key leads with the draw's id, so that the tables can be
 * partitioned and sharded by it; only a player's idempotency keys lead with the player, because the same key must be
 * recognised across draws. No foreign keys: each append checks eligibility itself, and a check per row would cost more
 * than the insert. `ballot_logs` is updated with every batch: a low fill factor keeps those updates on their page (HOT).
 * Locks: none on existing tables. Reversible: yes, the ballots are lost.
 */
export class CreateBallotLogs1763700002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ballot_logs (
        draw_id uuid constraint ballot_logs_pk primary key,
        closes_at timestamptz,
        size bigint not null constraint ballot_logs_size_natural check (size >= 0),
        frontier bytea not null,
        last_submitted_at timestamptz,
        sealed_at timestamptz
      ) with (fillfactor = 20)`);
    await runner.query(`
      create table ballots (
        draw_id uuid not null,
        index bigint not null constraint ballots_index_natural check (index >= 0),
        id uuid not null,
        user_id uuid not null,
        player bytea not null constraint ballots_player_size check (octet_length(player) = 16),
        submitted_at timestamptz not null,
        constraint ballots_pk primary key (draw_id, index)
      )`);
    await runner.query('create index ballots_by_id on ballots (id)');
    await runner.query('create index ballots_by_user on ballots (draw_id, user_id, index)');
    await runner.query(`
      create table ballot_subtrees (
        draw_id uuid not null,
        level smallint not null constraint ballot_subtrees_level_positive check (level >= 1),
        index bigint not null constraint ballot_subtrees_index_natural check (index >= 0),
        hash bytea not null constraint ballot_subtrees_hash_size check (octet_length(hash) = 32),
        constraint ballot_subtrees_pk primary key (draw_id, level, index)
      )`);
    await runner.query(`
      create table ballot_checkpoints (
        draw_id uuid not null,
        size bigint not null,
        note text not null,
        constraint ballot_checkpoints_pk primary key (draw_id, size)
      )`);
    await runner.query(`
      create table ballot_idempotency_keys (
        user_id uuid not null,
        key_digest bytea not null constraint ballot_idempotency_keys_digest_size check (octet_length(key_digest) = 32),
        draw_id uuid not null,
        ballot_id uuid not null,
        constraint ballot_idempotency_keys_pk primary key (user_id, key_digest)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ballot_idempotency_keys');
    await runner.query('drop table ballot_checkpoints');
    await runner.query('drop table ballot_subtrees');
    await runner.query('drop table ballots');
    await runner.query('drop table ballot_logs');
  }
}

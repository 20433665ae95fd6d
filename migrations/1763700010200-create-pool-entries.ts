import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what a stake adds to its ballot, and the salts of players, who belong to another service. A message makes one
 * entry, also after the inbox has forgotten it. An entry's status is not stored: it follows from its pool.
 * Locks: none on existing tables. Reversible: yes, the stakes are lost.
 */
export class CreatePoolEntries1763700010200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pool_players (
        player_id uuid constraint pool_players_pk primary key,
        salt bytea not null constraint pool_players_salt_size check (octet_length(salt) = 32)
      )`);
    await runner.query(`
      create table pool_entries (
        pool_id uuid not null,
        index integer not null constraint pool_entries_index_natural check (index >= 0),
        stake_minor bigint not null constraint pool_entries_stake_positive check (stake_minor > 0),
        message_id text not null constraint pool_entries_message_unique unique,
        constraint pool_entries_pk primary key (pool_id, index)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table pool_entries');
    await runner.query('drop table pool_players');
  }
}

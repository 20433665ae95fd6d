import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what the winner of a pool gets, one award for each pool. What the award leaves of the pot stays with the house.
 * Locks: none on existing tables. Reversible: yes, the awards are lost.
 */
export class CreatePoolAwards1763700010300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pool_awards (
        id uuid constraint pool_awards_pk primary key,
        pool_id uuid not null constraint pool_awards_one_per_pool unique,
        game_id uuid not null,
        player_id uuid not null,
        win_sum_minor bigint not null,
        pot_minor bigint not null,
        status text not null constraint pool_awards_status_known check (status in ('played_out')),
        awarded_at timestamptz not null,
        constraint pool_awards_within_pot check (win_sum_minor >= 0 and win_sum_minor <= pot_minor)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table pool_awards');
  }
}

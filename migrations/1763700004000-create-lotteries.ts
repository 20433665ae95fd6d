import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: one lottery for each UTC day, whoever opens it first.
 * Locks: none on existing tables. Reversible: yes, the calendar is lost.
 */
export class CreateLotteries1763700004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lotteries (
        date date constraint lotteries_pk primary key,
        draw_id uuid not null constraint lotteries_draw_unique unique,
        state text not null constraint lotteries_state_known check (state in ('open', 'sealed', 'drawn', 'void'))
      )`);
    await runner.query('create index lotteries_by_state on lotteries (state, date)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lotteries');
  }
}

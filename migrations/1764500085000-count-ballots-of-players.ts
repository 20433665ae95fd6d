import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: with BALLOTS_PER_PLAYER a batch asks how many ballots each of its players has in the draw: a counter tells it
 * without reading them. It goes as far as `counted_to`; what the log got later is counted when it is asked for next.
 * Locks: none of other tables. Reversible: yes; counters are then made anew.
 */
export class CountBallotsOfPlayers1764500085000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ballot_counts (
        draw_id uuid not null,
        user_id uuid not null,
        counted_to bigint not null constraint ballot_counts_counted_to_natural check (counted_to >= 0),
        ballots bigint not null constraint ballot_counts_ballots_natural check (ballots >= 0),
        constraint ballot_counts_pk primary key (draw_id, user_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ballot_counts');
  }
}

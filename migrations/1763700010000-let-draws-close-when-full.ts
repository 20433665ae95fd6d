import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a draw closes at an instant or when it is full; exactly one of both is known when it opens. The beacon round of a
 * draw that closes when full is fixed by its seal only. A player's own ballots are looked up in the logs that close at an
 * instant: the index over them stays small, however many pools there are.
 * Locks: draws and ballot_logs, ACCESS EXCLUSIVE, while both are read once (milliseconds for a thousand days).
 * Reversible: only while no draw closes when full.
 */
export class LetDrawsCloseWhenFull1763700010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table draws
        alter closes_at drop not null,
        add full_size integer constraint draws_full_size_positive check (full_size >= 1),
        add constraint draws_closes_one_way check (num_nonnulls(closes_at, full_size) = 1),
        add constraint draws_full_without_open_round check (full_size is null or open_round is null)`);
    await runner.query('create index ballot_logs_by_instant on ballot_logs (draw_id) where closes_at is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index ballot_logs_by_instant');
    await runner.query(`
      alter table draws
        drop constraint draws_closes_one_way,
        drop constraint draws_full_without_open_round,
        drop full_size,
        alter closes_at set not null`);
  }
}

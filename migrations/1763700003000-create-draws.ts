import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: the draw's public statements as they were signed, and, in a table of its own so that no reader of draws meets it,
 * the secret that each draw is committed to until its draw note publishes it.
 * Locks: none on existing tables. Reversible: yes, the draws are lost.
 */
export class CreateDraws1763700003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table draws (
        id uuid constraint draws_pk primary key,
        name text not null,
        opens_at timestamptz not null,
        closes_at timestamptz not null,
        winners integer not null constraint draws_winners_positive check (winners >= 1),
        open_note text not null,
        seal_note text,
        sealed_at timestamptz,
        exclusions text,
        draw_note text,
        drawn_at timestamptz,
        winner_indexes bigint[],
        constraint draws_seal_whole check (num_nulls(seal_note, sealed_at, exclusions) in (0, 3)),
        constraint draws_draw_whole check (num_nulls(draw_note, drawn_at, winner_indexes) in (0, 3)),
        constraint draws_sealed_before_drawn check (draw_note is null or seal_note is not null)
      )`);
    await runner.query(`
      create table draw_secrets (
        draw_id uuid constraint draw_secrets_pk primary key
          constraint draw_secrets_draw_fk references draws (id),
        secret bytea not null constraint draw_secrets_size check (octet_length(secret) = 32)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table draw_secrets');
    await runner.query('drop table draws');
  }
}

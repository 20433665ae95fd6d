import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: which partitions of ballots are archived, in which files, and where in them each ballot is. `ballot_archive_blocks`
 * has a row for some thousand ballots: the first of them, where its compressed block lies and what it hashes to, so that
 * one look-up and one read find any ballot, and what was tampered with is not believed. Of kind `ids` the key is a ballot's
 * id; of the others, a draw with an index (`ballots`) or a size (`checkpoints`). `left_out` are pools that were still open:
 * their ballots are in `ballots_default`.
 * Locks: ACCESS EXCLUSIVE on ballot_partitions, for a moment. Reversible: yes, unless something is archived: the only copy
 * of those ballots would be lost from sight.
 */
export class CreateBallotArchives1763700012100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ballot_partitions
        add column folder text,
        add column left_out uuid[],
        add column ballots bigint,
        add column first_ballot uuid,
        add column last_ballot uuid,
        add column archived_at timestamptz,
        add column cleaned_at timestamptz,
        add constraint ballot_partitions_archived_somewhere check (archived_at is null or num_nulls(folder, left_out, ballots) = 0),
        add constraint ballot_partitions_cleaned_last check (cleaned_at is null or archived_at is not null)`);
    await runner.query(`
      create table ballot_archive_files (
        partition_name text not null,
        kind text not null
          constraint ballot_archive_files_kind_known check (kind in ('ballots', 'ids', 'checkpoints')),
        number integer not null,
        bytes integer not null,
        rows bigint not null,
        sha256 bytea not null constraint ballot_archive_files_sha256_size check (octet_length(sha256) = 32),
        last_id uuid not null,
        last_number bigint not null,
        constraint ballot_archive_files_pk primary key (partition_name, kind, number)
      )`);
    await runner.query(`
      create table ballot_archive_blocks (
        partition_name text not null,
        kind text not null,
        first_id uuid not null,
        first_number bigint not null,
        file integer not null,
        position integer not null,
        bytes integer not null,
        sha256 bytea not null constraint ballot_archive_blocks_sha256_size check (octet_length(sha256) = 32),
        constraint ballot_archive_blocks_pk primary key (partition_name, kind, first_id, first_number)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if exists (select from ballot_partitions where archived_at is not null) then
          raise exception 'ballots are archived: without these tables nobody finds them';
        end if;
      end $$`);
    await runner.query('drop table ballot_archive_blocks');
    await runner.query('drop table ballot_archive_files');
    await runner.query(`
      alter table ballot_partitions
        drop column folder, drop column left_out, drop column ballots, drop column first_ballot, drop column last_ballot,
        drop column archived_at, drop column cleaned_at`);
  }
}

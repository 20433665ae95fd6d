import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: one append-only Merkle log of every statement that the service signs about draws. Its one row of `journal` is
 * what appending locks. Statements made before this migration are not in it: a journal cannot testify to a past that
 * it did not see.
 * Locks: none on existing tables. Reversible: as long as the journal is empty; a second one of the same name
 * would be a second history.
 */
export class CreateJournal1763700006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table journal (
        single boolean constraint journal_pk primary key constraint journal_single check (single),
        size bigint not null constraint journal_size_natural check (size >= 0),
        frontier bytea not null
      )`);
    await runner.query(`insert into journal (single, size, frontier) values (true, 0, '')`);
    await runner.query(`
      create table journal_entries (
        index bigint constraint journal_entries_pk primary key
          constraint journal_entries_index_natural check (index >= 0),
        statement text not null
      )`);
    await runner.query(`
      create table journal_hashes (
        level smallint not null constraint journal_hashes_level_natural check (level >= 0),
        index bigint not null constraint journal_hashes_index_natural check (index >= 0),
        hash bytea not null constraint journal_hashes_hash_size check (octet_length(hash) = 32),
        constraint journal_hashes_pk primary key (level, index)
      )`);
    await runner.query(`
      create table journal_checkpoints (
        size bigint constraint journal_checkpoints_pk primary key,
        note text not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const begun = (await runner.query('select 1 from journal where size > 0')) as unknown[];
    if (begun.length > 0) throw new Error('the journal has begun: strangers hold checkpoints of it');
    await runner.query('drop table journal_checkpoints');
    await runner.query('drop table journal_hashes');
    await runner.query('drop table journal_entries');
    await runner.query('drop table journal');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: the time that decides everything comes from the database, and every act of power leaves an entry that nobody can
 * change. `database_time()` cuts to milliseconds (never rounds up): an instant that is stored has already been.
 * Locks: none on existing tables. Reversible: yes, the entries are lost.
 */
export class CreateSharedTables1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function database_time() returns timestamptz language sql volatile
        as $$ select date_trunc('milliseconds', clock_timestamp()) $$`);
    await runner.query(`
      create table audit_entries (
        id uuid constraint audit_entries_pk primary key,
        at timestamptz not null,
        actor text not null,
        action text not null,
        subject text not null,
        details jsonb not null
      )`);
    await runner.query(`
      create function refuse_change() returns trigger language plpgsql
        as $$ begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$`);
    await runner.query(`
      create trigger audit_entries_append_only before update or delete or truncate on audit_entries
        for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_entries');
    await runner.query('drop function refuse_change()');
    await runner.query('drop function database_time()');
  }
}

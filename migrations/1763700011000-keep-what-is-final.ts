import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of these are written once: what strangers hold receipts and proofs of, and the money that was staked and won. */
const APPEND_ONLY = [
  'ballots',
  'ballot_subtrees',
  'draw_secrets',
  'beacon_chains',
  'journal_entries',
  'journal_hashes',
  'journal_checkpoints',
  'pool_entries',
  'pool_awards',
];

/** Receipts hold these; those of old months may be taken away by the owner, for an archive. */
const NEVER_CHANGED = ['ballot_checkpoints'];

/** Rows of these move on, see the next migration, but never go away. */
const NEVER_DELETED = ['lotteries', 'draws', 'ballot_logs', 'journal', 'pools'];

/**
 * Why: the service's role has no right to change or delete these; this holds the owner back as well, who is a slip of the
 * keyboard away from a second history. A statement each, never a row: inserting costs nothing more. Who must archive
 * drops partitions, which no trigger sees; who must repair disables the trigger, in a transaction and on purpose.
 * Locks: each table, SHARE ROW EXCLUSIVE, for an instant. Reversible: yes.
 */
export class KeepWhatIsFinal1763700011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of APPEND_ONLY) {
      await runner.query(`
        create trigger ${table}_append_only before update or delete or truncate on ${table}
          for each statement execute function refuse_change()`);
    }
    for (const table of NEVER_CHANGED) {
      await runner.query(`
        create trigger ${table}_append_only before update or truncate on ${table}
          for each statement execute function refuse_change()`);
    }
    await runner.query(`
      create function refuse_deletion() returns trigger language plpgsql
        as $$ begin raise exception 'rows of % are never deleted', tg_table_name using errcode = 'restrict_violation'; end $$`);
    for (const table of NEVER_DELETED) {
      await runner.query(`
        create trigger ${table}_never_deleted before delete or truncate on ${table}
          for each statement execute function refuse_deletion()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of NEVER_DELETED) await runner.query(`drop trigger ${table}_never_deleted on ${table}`);
    await runner.query('drop function refuse_deletion()');
    for (const table of [...APPEND_ONLY, ...NEVER_CHANGED]) {
      await runner.query(`drop trigger if exists ${table}_append_only on ${table}`);
    }
  }
}

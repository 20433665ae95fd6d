import type { MigrationInterface, QueryRunner } from 'typeorm';

const APPEND_ONLY = [
  ...['wallet_currencies', 'wallet_transfers', 'wallet_entries'],
  ...['wallet_log_subtrees', 'wallet_log_checkpoints'],
];

/** What an update may not do to a row, by table. */
const ILLEGAL: Readonly<Record<string, string>> = {
  // Who an account belongs to never changes; money moves with entries only; what is closed stays closed.
  wallet_accounts: `
    (old.id, old.kind, old.purpose, old.owner_id, old.currency, old.floor_minor)
      is distinct from (new.id, new.kind, new.purpose, new.owner_id, new.currency, new.floor_minor)
    or new.seq < old.seq
    or new.seq = old.seq and (old.balance_minor, old.held_minor, old.last_entry_at)
      is distinct from (new.balance_minor, new.held_minor, new.last_entry_at)
    or old.last_entry_at is not null and (new.last_entry_at is null or new.last_entry_at < old.last_entry_at)
    or old.state = 'closed' and new.state <> 'closed'`,
  // A hold is settled once.
  wallet_holds: `
    old.state <> 'open' or new.state = 'open'
    or (old.id, old.debit_id, old.credit_id, old.amount_minor, old.expires_at)
      is distinct from (new.id, new.debit_id, new.credit_id, new.amount_minor, new.expires_at)`,
  wallet_log: `
    old.single <> new.single
    or new.size < old.size
    or new.size = old.size and (old.frontier, old.last_at) is distinct from (new.frontier, new.last_at)
    or old.last_at is not null and (new.last_at is null or new.last_at < old.last_at)`,
};

/**
 * Why: what is booked stays. A defect of ours, or a hand at the database, that would edit a transfer, move a balance
 * without an entry, settle a hold twice or shrink the log is refused by the database itself.
 * Locks: each table, SHARE ROW EXCLUSIVE, for an instant. Reversible: yes.
 */
export class KeepTheLedger1764500090100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of APPEND_ONLY) {
      await runner.query(`
        create trigger ${table}_append_only before update or delete or truncate on ${table}
          for each statement execute function refuse_change()`);
    }
    for (const [table, illegal] of Object.entries(ILLEGAL)) {
      await runner.query(`
        create function ${table}_legal_moves() returns trigger language plpgsql as $$ begin
          if ${illegal} then
            raise exception 'this row of ${table} does not move like that' using errcode = 'restrict_violation';
          end if;
          return new;
        end $$`);
      await runner.query(`
        create trigger ${table}_legal_moves before update on ${table}
          for each row execute function ${table}_legal_moves()`);
      await runner.query(`
        create trigger ${table}_never_deleted before delete or truncate on ${table}
          for each statement execute function refuse_deletion()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of APPEND_ONLY) await runner.query(`drop trigger ${table}_append_only on ${table}`);
    for (const table of Object.keys(ILLEGAL)) {
      await runner.query(`drop trigger ${table}_never_deleted on ${table}`);
      await runner.query(`drop trigger ${table}_legal_moves on ${table}`);
      await runner.query(`drop function ${table}_legal_moves()`);
    }
  }
}

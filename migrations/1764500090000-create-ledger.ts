import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  create table wallet_currencies (
    code text constraint wallet_currencies_pk primary key,
    scale smallint not null constraint wallet_currencies_scale_bounded check (scale between 0 and 8)
  );
  insert into wallet_currencies (code, scale) values ('EUR', 2), ('XTS', 2);

  create table wallet_accounts (
    id uuid constraint wallet_accounts_pk primary key,
    kind text not null,
    purpose text not null,
    owner_id uuid,
    currency text not null,
    floor_minor bigint,
    balance_minor bigint not null default 0,
    held_minor bigint not null default 0,
    seq bigint not null default 0,
    state text not null default 'open',
    last_entry_at timestamptz,
    constraint wallet_accounts_kind_known check (kind in ('wallet', 'house', 'pot', 'cash')),
    constraint wallet_accounts_purpose_form check (purpose ~ '^[a-z0-9:-]{1,64}$'),
    constraint wallet_accounts_owned check ((owner_id is not null) = (kind = 'wallet')),
    constraint wallet_accounts_one_currency check (currency in ('EUR', 'XTS')),
    constraint wallet_accounts_floor_of_kind check (kind not in ('wallet', 'pot') or floor_minor = 0),
    constraint wallet_accounts_held_natural check (held_minor >= 0),
    constraint wallet_accounts_above_floor check (floor_minor is null or balance_minor - held_minor >= floor_minor),
    constraint wallet_accounts_seq_natural check (seq >= 0),
    constraint wallet_accounts_state_known
      check (case state when 'closed' then balance_minor = 0 and held_minor = 0 else state in ('open', 'frozen') end)
  ) with (fillfactor = 50);
  create unique index wallet_accounts_by_owner on wallet_accounts (owner_id, kind, purpose, currency)
    where owner_id is not null;
  create unique index wallet_accounts_by_purpose on wallet_accounts (kind, purpose, currency) where owner_id is null;

  create table wallet_transfers (
    id uuid constraint wallet_transfers_pk primary key,
    index bigint not null constraint wallet_transfers_index_unique unique,
    kind smallint not null,
    reason text not null,
    cause_id uuid not null,
    group_id uuid,
    debit_id uuid not null,
    credit_id uuid not null,
    currency text not null,
    amount_minor bigint not null,
    hold_id uuid,
    note text,
    at timestamptz not null,
    constraint wallet_transfers_index_natural check (index >= 0),
    constraint wallet_transfers_kind_known check (kind between 0 and 4),
    constraint wallet_transfers_reason_known check (
      reason in ('deposit', 'withdrawal', 'bet', 'payout', 'stake', 'award', 'prize', 'donation', 'fee', 'refund',
        'reversal', 'adjustment', 'sandbox')),
    constraint wallet_transfers_two_accounts check (debit_id <> credit_id),
    constraint wallet_transfers_hold_of_kind check ((hold_id is not null) = (kind >= 2)),
    constraint wallet_transfers_amount_of_kind
      check (case when kind >= 3 then amount_minor = 0 else amount_minor between 1 and 100000000000000 end)
  );
  create unique index wallet_transfers_settle_once on wallet_transfers (hold_id) where hold_id is not null;
  create index wallet_transfers_reversals on wallet_transfers (cause_id) where reason = 'reversal';

  create table wallet_entries (
    account_id uuid,
    seq bigint constraint wallet_entries_seq_positive check (seq > 0),
    transfer_id uuid not null,
    amount_minor bigint not null,
    balance_minor bigint not null,
    held_minor bigint not null constraint wallet_entries_held_natural check (held_minor >= 0),
    at timestamptz not null,
    constraint wallet_entries_pk primary key (account_id, seq)
  );

  create table wallet_holds (
    id uuid constraint wallet_holds_pk primary key,
    debit_id uuid not null,
    credit_id uuid not null,
    amount_minor bigint not null constraint wallet_holds_amount_positive check (amount_minor > 0),
    expires_at timestamptz,
    state text not null constraint wallet_holds_state_known check (state in ('open', 'posted', 'voided', 'expired')),
    settled_by uuid,
    constraint wallet_holds_settled_of_state check ((settled_by is null) = (state = 'open')),
    constraint wallet_holds_expiry_of_state check (state <> 'expired' or expires_at is not null)
  );
  create index wallet_holds_expiring on wallet_holds (expires_at) where state = 'open' and expires_at is not null;

  create table wallet_log (
    single boolean constraint wallet_log_pk primary key constraint wallet_log_single check (single),
    size bigint not null constraint wallet_log_size_natural check (size >= 0),
    frontier bytea not null,
    last_at timestamptz
  );
  insert into wallet_log (single, size, frontier) values (true, 0, '');

  create table wallet_log_subtrees (
    level smallint constraint wallet_log_subtrees_level_positive check (level >= 1),
    index bigint constraint wallet_log_subtrees_index_natural check (index >= 0),
    hash bytea not null constraint wallet_log_subtrees_hash_size check (octet_length(hash) = 32),
    constraint wallet_log_subtrees_pk primary key (level, index)
  );

  create table wallet_log_checkpoints (
    size bigint constraint wallet_log_checkpoints_pk primary key,
    note text not null
  )`;

/**
 * Why: money that players have is kept in double entry: accounts with stored balances, transfers, an entry with a dense
 * number for each change of an account, holds, and a log over the transfers that is signed. The constraints refuse what
 * the rules refuse: an overdraft, a number given twice, a hold that is settled twice. Half of each page of the accounts
 * stays free for updates, which touch no index.
 * Locks: none; the tables are new. Reversible: as long as nothing was posted.
 */
export class CreateLedger1764500090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ size }] = (await runner.query('select size from wallet_log')) as [{ size: string }];
    if (size !== '0') throw new Error('the ledger has transfers: what people own cannot be dropped');
    await runner.query(`
      drop table wallet_log_checkpoints, wallet_log_subtrees, wallet_log, wallet_holds, wallet_entries,
        wallet_transfers, wallet_accounts, wallet_currencies`);
  }
}

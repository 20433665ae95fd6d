import type { Stray } from './stray';

/** SQL: the UUIDv8 (RFC 9562 section 5.8) of the first 16 bytes of `hex`. */
const DERIVED_ID = `
  overlay(overlay(left(hex, 32) placing '8' from 13)
    placing substr('89ab', ('x' || substr(hex, 17, 1))::bit(4)::int % 4 + 1, 1) from 17)::uuid`;

/** An account's id follows from what it is for. */
const NAMES = `
  select id from (
    select *, encode(sha256(convert_to(
        concat_ws(' ', 'wallet/v1/account', kind, purpose, coalesce(owner_id::text, '-'), currency), 'UTF8'
      )), 'hex') as hex
    from wallet_accounts
  ) as named
  where id <> ${DERIVED_ID}
    or floor_minor is distinct from case when kind in ('wallet', 'pot') then 0 end`;

const LAST_ENTRIES = `
  select id from wallet_accounts left join lateral (
    select * from wallet_entries where account_id = id order by wallet_entries.seq desc limit 1
  ) as last on true
  where (wallet_accounts.balance_minor, wallet_accounts.held_minor, wallet_accounts.seq)
      <> (coalesce(last.balance_minor, 0), coalesce(last.held_minor, 0), coalesce(last.seq, 0))
    or last_entry_at is distinct from last.at`;

/** What an operator does to an account is in the audit trail. */
const STATES = `
  select id from wallet_accounts left join (
    select distinct on (subject) subject, action from audit_entries
    where action in ('wallet.frozen', 'wallet.unfrozen', 'wallet.closed') order by subject, audit_entries.index desc
  ) as last on last.subject = id::text
  where state <> case action when 'wallet.frozen' then 'frozen' when 'wallet.closed' then 'closed' else 'open' end`;

const CHAINS = `
  select account_id, seq from (
    select *, row_number() over numbered as place, lag(at) over numbered as at_before,
      balance_minor - amount_minor - lag(balance_minor, 1, 0::bigint) over numbered as gap
    from wallet_entries window numbered as (partition by account_id order by wallet_entries.seq)
  ) as chained
  where seq <> place or gap <> 0 or at < at_before`;

/** An overdraft stays one when it is covered later. */
const OVERDRAFTS = `
  select account_id, wallet_entries.seq from wallet_entries join wallet_accounts on id = account_id
  where wallet_entries.balance_minor - wallet_entries.held_minor < floor_minor`;

/** What each transfer must have done to its accounts. */
const EXPECTED = `
  select id, debit_id, case when kind in (0, 2) then -amount_minor else 0 end, at from wallet_transfers
  union all select id, credit_id, amount_minor, at from wallet_transfers where kind in (0, 2)`;
const BOOKED = 'select transfer_id, account_id, amount_minor, at from wallet_entries';

const SIDES = `
  with expected (id, account_id, amount_minor, at) as (${EXPECTED}), booked as (${BOOKED})
  select id from (select * from expected except all select * from booked) as missing
  union all
  select transfer_id from (select * from booked except all select * from expected) as surplus`;

const CURRENCIES_OF_TRANSFERS = `
  select wallet_transfers.id from wallet_transfers
  left join wallet_accounts as debit on debit.id = debit_id left join wallet_accounts as credit on credit.id = credit_id
  where debit.currency is distinct from wallet_transfers.currency
    or credit.currency is distinct from wallet_transfers.currency`;

/** A hold reserves what it is for; its end frees all of it. */
const RESERVED = `
  select account_id, seq from (
    select account_id, seq, transfer_id, held_minor
      - lag(held_minor, 1, 0::bigint) over (partition by account_id order by wallet_entries.seq) as change
    from wallet_entries
  ) as changed
  join wallet_transfers on wallet_transfers.id = transfer_id
  left join wallet_holds on wallet_holds.id = hold_id
  where change <> case
    when account_id <> wallet_transfers.debit_id or kind = 0 then 0
    when kind = 1 then wallet_transfers.amount_minor
    else coalesce(-wallet_holds.amount_minor, 1) end`;

const HOLDS = `
  select wallet_holds.id from wallet_holds
  left join wallet_transfers as placed on placed.id = wallet_holds.id and placed.kind = 1
  left join wallet_transfers as settling on settling.hold_id = wallet_holds.id
  where (wallet_holds.debit_id, wallet_holds.credit_id, wallet_holds.amount_minor)
      is distinct from (placed.debit_id, placed.credit_id, placed.amount_minor)
    or settled_by is distinct from settling.id
    or state <> case settling.kind when 2 then 'posted' when 3 then 'voided' when 4 then 'expired' else 'open' end
    or (settling.debit_id, settling.credit_id) <> (wallet_holds.debit_id, wallet_holds.credit_id)
    or settling.amount_minor > wallet_holds.amount_minor
    or (settling.kind = 4) <> (settling.at >= expires_at)`;

const REVERSALS = `
  select reversal.cause_id as id from wallet_transfers as reversal
  left join wallet_transfers as original on original.id = reversal.cause_id
  where reversal.reason = 'reversal' and reversal.kind in (0, 2)
  group by reversal.cause_id, original.amount_minor
  having sum(reversal.amount_minor) > coalesce(original.amount_minor, 0)
    or bool_or((reversal.debit_id, reversal.credit_id) is distinct from (original.credit_id, original.debit_id))`;

const money = (table: string, reason: string, sql: string): Stray => ({ step: 'money', table, reason, sql });

/** What disagrees within the ledger, whose transfers were compared with their log before. */
export const STRAY_MONEY: readonly Stray[] = [
  money(
    'wallet_currencies',
    'the scale of a currency never changes, and none comes or goes',
    `select code from (values ('EUR', 2), ('XTS', 2)) as made (code, scale)
      full join wallet_currencies using (code, scale) where made.code is null or wallet_currencies.code is null`,
  ),
  money('wallet_accounts', 'its id does not follow from what it is for, or its floor does not', NAMES),
  money('wallet_accounts', 'it is not as its last entry left it', LAST_ENTRIES),
  money('wallet_accounts', 'state is not what the audit trail tells', STATES),
  money('wallet_entries', 'it does not follow the entry before it', CHAINS),
  money('wallet_entries', 'it leaves less than the floor of its account', OVERDRAFTS),
  money('wallet_transfers', 'its entries are not the two sides of it', SIDES),
  money('wallet_transfers', 'its currency is not that of its accounts', CURRENCIES_OF_TRANSFERS),
  money('wallet_entries', 'held_minor does not follow from the hold', RESERVED),
  money('wallet_holds', 'it is not as its transfers have it', HOLDS),
  money(
    'wallet_transfers',
    'the hold that it placed or settled is missing',
    `select id from wallet_transfers where kind > 0
      and not exists (select from wallet_holds where wallet_holds.id = coalesce(hold_id, wallet_transfers.id))`,
  ),
  money(
    'wallet_accounts',
    'held_minor is not the sum of its open holds',
    `select wallet_accounts.id from wallet_accounts
      left join wallet_holds on debit_id = wallet_accounts.id and wallet_holds.state = 'open'
      group by wallet_accounts.id having held_minor <> coalesce(sum(amount_minor), 0)`,
  ),
  money('wallet_transfers', 'its reversals are more than it moved, or not its opposite', REVERSALS),
  money(
    'wallet_accounts',
    'the balances of this currency do not add up to zero',
    'select currency from wallet_accounts group by currency having sum(balance_minor) <> 0',
  ),
  money(
    'wallet_log',
    'last_at is not the instant of the last transfer',
    `select single from wallet_log where last_at is distinct from (
      select at from wallet_transfers where wallet_transfers.index = wallet_log.size - 1)`,
  ),
];

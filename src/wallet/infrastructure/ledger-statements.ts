import { prepared } from '../../platform/database/statements';

const ACCOUNT = `
  id, kind, purpose, owner_id as "ownerId", currency, state, balance_minor as "balanceMinor",
  held_minor as "heldMinor", seq`;

/**
 * The log's row first, then the accounts in the order of their ids. The time is read after the locks: PostgreSQL
 * computes the outer list from locked rows. The tree stands in the first row only.
 */
export const LOCK = prepared(`
  with log as materialized (
    select size, frontier, last_at from wallet_log for update
  ), locked as materialized (
    select ${ACCOUNT} from wallet_accounts
    where id = any($1) and (select count(*) from log) > 0 order by id for update
  )
  select locked.*, database_time() as now, log.size, log.last_at as "lastAt",
    case when row_number() over () = 1 then frontier end as frontier
  from log left join locked on true`);

export const OPEN = `
  insert into wallet_accounts (id, kind, purpose, owner_id, currency, floor_minor)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::bigint[])`;

/** A snapshot that is younger than the log's lock sees what was opened before that was had. */
export const LOCK_OPENED = `select ${ACCOUNT} from wallet_accounts where id = any($1) order by id for update`;

const TRANSFER = `
  id, index, kind, reason, cause_id as "causeId", group_id as "groupId", debit_id as "debitId",
  credit_id as "creditId", currency, amount_minor as "amountMinor", hold_id as "holdId", note, at`;

export const MADE = prepared(`select ${TRANSFER} from wallet_transfers where id = any($1)`);

const HOLD = `
  wallet_holds.id, wallet_holds.debit_id as "debitId", wallet_holds.credit_id as "creditId",
  wallet_holds.amount_minor as "amountMinor", expires_at as "expiresAt", state, settled_by as "settledBy"`;

export const HOLDS = prepared(`select ${HOLD} from wallet_holds where id = any($1)`);

/** What moved, and what reversals have left of it. */
export const REVERSIBLE = `
  select ${TRANSFER}, amount_minor - coalesce((
    select sum(amount_minor) from wallet_transfers as reversal
    where reversal.reason = 'reversal' and reversal.kind = 0 and reversal.cause_id = original.id
  ), 0) as "leftMinor"
  from wallet_transfers as original where id = any($1) and kind in (0, 2)`;

export const EXPIRED = `
  select ${HOLD}, reason, cause_id as "causeId"
  from wallet_holds join wallet_transfers on wallet_transfers.id = wallet_holds.id
  where state = 'open' and expires_at <= database_time()
    and ($2::timestamptz is null or (expires_at, wallet_holds.id) > ($2, $3::uuid))
  order by expires_at, wallet_holds.id limit $1`;

export const FUNDS = `
  select id, balance_minor as "balanceMinor", held_minor as "heldMinor" from wallet_accounts where id = any($1)`;

/**
 * One statement, however many transfers. An account that is not as it was locked is not updated: the number of updated
 * rows tells. Whoever forgets the lock meets the primary key of the entries, too.
 */
export const APPEND = prepared(`
  with new_transfers as (
    insert into wallet_transfers
      (id, kind, reason, cause_id, group_id, debit_id, credit_id, currency, amount_minor, hold_id, note, index, at)
    select id, kind, reason, cause_id, group_id, debit_id, credit_id, currency, amount_minor, hold_id, note,
      $12::bigint + place - 1, $13::timestamptz
    from unnest($1::uuid[], $2::smallint[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[],
      $9::bigint[], $10::uuid[], $11::text[]) with ordinality
      as t (id, kind, reason, cause_id, group_id, debit_id, credit_id, currency, amount_minor, hold_id, note, place)
  ), new_entries as (
    insert into wallet_entries (account_id, seq, transfer_id, amount_minor, balance_minor, held_minor, at)
    select *, $13 from unnest($14::uuid[], $15::bigint[], $16::uuid[], $17::bigint[], $18::bigint[], $19::bigint[])
  ), moved_holds as (
    insert into wallet_holds (id, debit_id, credit_id, amount_minor, expires_at, state, settled_by)
    select *
    from unnest($20::uuid[], $21::uuid[], $22::uuid[], $23::bigint[], $24::timestamptz[], $25::text[], $26::uuid[])
    on conflict (id) do update set state = excluded.state, settled_by = excluded.settled_by
  ), new_subtrees as (
    insert into wallet_log_subtrees (level, index, hash)
    select level, index, decode(hash, 'hex')
    from unnest($27::int[], $28::bigint[], $29::text[]) as t (level, index, hash)
  ), new_checkpoint as (
    insert into wallet_log_checkpoints (size, note) values ($30, $31)
  ), extended as (
    update wallet_log set size = $30, frontier = $32, last_at = $13
  ), moved as (
    update wallet_accounts
    set balance_minor = a.balance, held_minor = a.held, seq = a.seq, last_entry_at = $13
    from unnest($33::uuid[], $34::bigint[], $35::bigint[], $36::bigint[], $37::bigint[])
      as a (id, balance, held, seq, before)
    where wallet_accounts.id = a.id and wallet_accounts.seq = a.before
    returning 1
  )
  select count(*)::int as moved from moved`);

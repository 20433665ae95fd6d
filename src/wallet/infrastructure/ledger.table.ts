import { EntitySchema } from 'typeorm';
import { APPEND, READ, Rights, update } from '../../platform/database/rights';

const currencies = new EntitySchema<{ code: string; scale: number }>({
  name: 'wallet_currencies',
  columns: {
    code: { type: 'text', primary: true, primaryKeyConstraintName: 'wallet_currencies_pk' },
    scale: { type: 'smallint' },
  },
  checks: [{ name: 'wallet_currencies_scale_bounded', expression: 'scale between 0 and 8' }],
});

/** Rows as the driver gives them: int8 arrives as text. */
export interface AccountRow {
  readonly id: string;
  readonly kind: 'wallet' | 'house' | 'pot' | 'cash';
  readonly purpose: string;
  readonly ownerId: string | null;
  readonly currency: string;
  readonly floorMinor: string | null;
  readonly balanceMinor: string;
  readonly heldMinor: string;
  readonly seq: string;
  readonly state: 'open' | 'frozen' | 'closed';
  readonly lastEntryAt: Date | null;
}

const accounts = new EntitySchema<AccountRow>({
  name: 'wallet_accounts',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'wallet_accounts_pk' },
    kind: { type: 'text' },
    purpose: { type: 'text' },
    ownerId: { name: 'owner_id', type: 'uuid', nullable: true },
    currency: { type: 'text' },
    floorMinor: { name: 'floor_minor', type: 'int8', nullable: true },
    balanceMinor: { name: 'balance_minor', type: 'int8', default: 0 },
    heldMinor: { name: 'held_minor', type: 'int8', default: 0 },
    seq: { type: 'int8', default: 0 },
    state: { type: 'text', default: 'open' },
    lastEntryAt: { name: 'last_entry_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    {
      name: 'wallet_accounts_by_owner',
      columns: ['ownerId', 'kind', 'purpose', 'currency'],
      unique: true,
      where: 'owner_id is not null',
    },
    {
      name: 'wallet_accounts_by_purpose',
      columns: ['kind', 'purpose', 'currency'],
      unique: true,
      where: 'owner_id is null',
    },
  ],
  checks: [
    { name: 'wallet_accounts_kind_known', expression: "kind in ('wallet', 'house', 'pot', 'cash')" },
    { name: 'wallet_accounts_purpose_form', expression: "purpose ~ '^[a-z0-9:-]{1,64}$'" },
    { name: 'wallet_accounts_owned', expression: "(owner_id is not null) = (kind = 'wallet')" },
    { name: 'wallet_accounts_one_currency', expression: "currency in ('EUR', 'XTS')" },
    { name: 'wallet_accounts_floor_of_kind', expression: "kind not in ('wallet', 'pot') or floor_minor = 0" },
    { name: 'wallet_accounts_held_natural', expression: 'held_minor >= 0' },
    {
      name: 'wallet_accounts_above_floor',
      expression: 'floor_minor is null or balance_minor - held_minor >= floor_minor',
    },
    { name: 'wallet_accounts_seq_natural', expression: 'seq >= 0' },
    {
      name: 'wallet_accounts_state_known',
      expression:
        "case state when 'closed' then balance_minor = 0 and held_minor = 0 else state in ('open', 'frozen') end",
    },
  ],
});

export interface TransferRow {
  readonly id: string;
  readonly index: string;
  readonly kind: number;
  readonly reason: string;
  readonly causeId: string;
  readonly groupId: string | null;
  readonly debitId: string;
  readonly creditId: string;
  readonly currency: string;
  readonly amountMinor: string;
  readonly holdId: string | null;
  readonly note: string | null;
  readonly at: Date;
}

const transfers = new EntitySchema<TransferRow>({
  name: 'wallet_transfers',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'wallet_transfers_pk' },
    index: { type: 'int8' },
    kind: { type: 'smallint' },
    reason: { type: 'text' },
    causeId: { name: 'cause_id', type: 'uuid' },
    groupId: { name: 'group_id', type: 'uuid', nullable: true },
    debitId: { name: 'debit_id', type: 'uuid' },
    creditId: { name: 'credit_id', type: 'uuid' },
    currency: { type: 'text' },
    amountMinor: { name: 'amount_minor', type: 'int8' },
    holdId: { name: 'hold_id', type: 'uuid', nullable: true },
    note: { type: 'text', nullable: true },
    at: { type: 'timestamptz' },
  },
  uniques: [{ name: 'wallet_transfers_index_unique', columns: ['index'] }],
  indices: [
    { name: 'wallet_transfers_settle_once', columns: ['holdId'], unique: true, where: 'hold_id is not null' },
    { name: 'wallet_transfers_reversals', columns: ['causeId'], where: "reason = 'reversal'" },
  ],
  checks: [
    { name: 'wallet_transfers_index_natural', expression: 'index >= 0' },
    { name: 'wallet_transfers_kind_known', expression: 'kind between 0 and 4' },
    {
      name: 'wallet_transfers_reason_known',
      expression:
        "reason in ('deposit', 'withdrawal', 'bet', 'payout', 'stake', 'award', 'prize', 'donation', 'fee', " +
        "'refund', 'reversal', 'adjustment', 'sandbox')",
    },
    { name: 'wallet_transfers_two_accounts', expression: 'debit_id <> credit_id' },
    { name: 'wallet_transfers_hold_of_kind', expression: '(hold_id is not null) = (kind >= 2)' },
    {
      name: 'wallet_transfers_amount_of_kind',
      expression: 'case when kind >= 3 then amount_minor = 0 else amount_minor between 1 and 100000000000000 end',
    },
  ],
});

interface EntryRow {
  readonly accountId: string;
  readonly seq: string;
  readonly transferId: string;
  readonly amountMinor: string;
  readonly balanceMinor: string;
  readonly heldMinor: string;
  readonly at: Date;
}

const entries = new EntitySchema<EntryRow>({
  name: 'wallet_entries',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'wallet_entries_pk' },
    seq: { type: 'int8', primary: true, primaryKeyConstraintName: 'wallet_entries_pk' },
    transferId: { name: 'transfer_id', type: 'uuid' },
    amountMinor: { name: 'amount_minor', type: 'int8' },
    balanceMinor: { name: 'balance_minor', type: 'int8' },
    heldMinor: { name: 'held_minor', type: 'int8' },
    at: { type: 'timestamptz' },
  },
  checks: [
    { name: 'wallet_entries_seq_positive', expression: 'seq > 0' },
    { name: 'wallet_entries_held_natural', expression: 'held_minor >= 0' },
  ],
});

export interface HoldRow {
  readonly id: string;
  readonly debitId: string;
  readonly creditId: string;
  readonly amountMinor: string;
  readonly expiresAt: Date | null;
  readonly state: 'open' | 'posted' | 'voided' | 'expired';
  readonly settledBy: string | null;
}

const holds = new EntitySchema<HoldRow>({
  name: 'wallet_holds',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'wallet_holds_pk' },
    debitId: { name: 'debit_id', type: 'uuid' },
    creditId: { name: 'credit_id', type: 'uuid' },
    amountMinor: { name: 'amount_minor', type: 'int8' },
    expiresAt: { name: 'expires_at', type: 'timestamptz', nullable: true },
    state: { type: 'text' },
    settledBy: { name: 'settled_by', type: 'uuid', nullable: true },
  },
  indices: [
    { name: 'wallet_holds_expiring', columns: ['expiresAt'], where: "state = 'open' and expires_at is not null" },
  ],
  checks: [
    { name: 'wallet_holds_amount_positive', expression: 'amount_minor > 0' },
    { name: 'wallet_holds_state_known', expression: "state in ('open', 'posted', 'voided', 'expired')" },
    { name: 'wallet_holds_settled_of_state', expression: "(settled_by is null) = (state = 'open')" },
    { name: 'wallet_holds_expiry_of_state', expression: "state <> 'expired' or expires_at is not null" },
  ],
});

export const ledgerTables = [currencies, accounts, transfers, entries, holds];

export const ledgerRights: Rights = {
  wallet_accounts: [...APPEND, ...update('balance_minor', 'held_minor', 'seq', 'state', 'last_entry_at')],
  wallet_currencies: READ,
  wallet_entries: APPEND,
  wallet_holds: [...APPEND, ...update('state', 'settled_by')],
  wallet_transfers: APPEND,
};

import { invariant } from '../../shared/domain/invariant';
import { uuidOf } from './derived-id';

/** `pot`: money promised to players, such as prizes; `cash`: what a provider holds for us, a negative balance. */
export const ACCOUNT_KINDS = ['wallet', 'house', 'pot', 'cash'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
export type AccountState = 'open' | 'frozen' | 'closed';

/** What an account is for; its id follows from it. */
export interface AccountName {
  readonly kind: AccountKind;
  /** `main` for a wallet; lower case letters, digits, `:` and `-`. */
  readonly purpose: string;
  /** The user who owns the account; null for the accounts of the house. */
  readonly ownerId: string | null;
  /** One of `CURRENCIES`. */
  readonly currency: string;
}

export const PURPOSE = /^[a-z0-9:-]{1,64}$/;
/** The codes of `wallet_currencies`. */
export const CURRENCIES: readonly string[] = ['EUR', 'XTS'];
/** Keeps every balance within a bigint column, whatever a transfer adds. */
const MAX_BALANCE_MINOR = 1_000_000_000_000_000_000n;

/** The wallet of a user. */
export function walletOf(ownerId: string, currency: string): AccountName {
  return { kind: 'wallet', purpose: 'main', ownerId, currency };
}

/** An account of the house, a pot, or the cash at a provider. */
export function accountOf(kind: Exclude<AccountKind, 'wallet'>, purpose: string, currency: string): AccountName {
  return { kind, purpose, ownerId: null, currency };
}

/** The leaves of the log name accounts by id, so they bind the owner, too. */
export function accountIdOf({ kind, purpose, ownerId, currency }: AccountName): string {
  invariant(PURPOSE.test(purpose), `"${purpose}" is a purpose of an account`);
  return uuidOf(['wallet/v1/account', kind, purpose, ownerId ?? '-', currency].join(' '));
}

/** The least that `balance - held` may be; null: no bound. */
export function floorOf(kind: AccountKind): bigint | null {
  return kind === 'wallet' || kind === 'pot' ? 0n : null;
}

/** An account as it is after its entry number `seq`. Amounts in minor units. Immutable. */
export class Account {
  constructor(
    readonly id: string,
    readonly name: AccountName,
    readonly state: AccountState,
    /** What the house owes this account: credits minus debits. */
    readonly balanceMinor: bigint,
    /** The part of the balance that open holds have reserved. */
    readonly heldMinor: bigint,
    /** Number of its entries. */
    readonly seq: number,
  ) {}

  static empty(name: AccountName): Account {
    return new Account(accountIdOf(name), name, 'open', 0n, 0n, 0);
  }

  /** What may be spent; null: any amount. */
  get availableMinor(): bigint | null {
    const floor = floorOf(this.name.kind);
    return floor === null ? null : this.balanceMinor - this.heldMinor - floor;
  }

  /** Whether balances stay within bounds, also when all that is held is paid. */
  canTake(balanceChange: bigint, heldChange: bigint): boolean {
    const after = this.balanceMinor + balanceChange;
    return after <= MAX_BALANCE_MINOR && after - this.heldMinor - heldChange >= -MAX_BALANCE_MINOR;
  }

  /** The account after its next entry. */
  moved(balanceChange: bigint, heldChange: bigint): Account {
    const { id, name, state, balanceMinor, heldMinor, seq } = this;
    return new Account(id, name, state, balanceMinor + balanceChange, heldMinor + heldChange, seq + 1);
  }
}

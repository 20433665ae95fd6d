import type { Account } from './account';
import type { Hold } from './hold';
import type { Transfer } from './transfer';

/** A transfer that may be reversed, and how much of it has not been. */
export interface Reversible {
  readonly transfer: Transfer;
  readonly leftMinor: bigint;
}

/** What a batch of requests must know, read while all of it is locked. */
export interface Books {
  /** Number of transfers in the log. */
  readonly size: number;
  /** The instant of what happens now: not earlier than that of any transfer before. */
  readonly at: Date;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly holds: ReadonlyMap<string, Hold>;
  /** The transfers that ids asked for have made. */
  readonly made: ReadonlyMap<string, Transfer>;
  readonly reversible: ReadonlyMap<string, Reversible>;
  /** Users who may not spend. */
  readonly banned: ReadonlySet<string>;
}

/** A change of an account: the account as it was after it. Immutable. */
export interface Entry {
  readonly account: Account;
  readonly transferId: string;
  readonly amountMinor: bigint;
}

/** A map over another one, which it leaves as it is. */
class Layer<Value> {
  readonly own = new Map<string, Value>();

  constructor(private readonly below: { get(id: string): Value | undefined }) {}

  get(id: string): Value | undefined {
    return this.own.get(id) ?? this.below.get(id);
  }

  set(id: string, value: Value): void {
    this.own.set(id, value);
  }

  absorb({ own }: Layer<Value>): void {
    for (const [id, value] of own) this.own.set(id, value);
  }
}

type Below = { readonly [Name in 'accounts' | 'holds' | 'made' | 'reversible']: Pick<Books[Name], 'get'> };

/** Changes of the books. A request that is refused is a draft that nobody absorbs: it leaves no trace. */
export class Draft {
  readonly accounts: Layer<Account>;
  readonly holds: Layer<Hold>;
  readonly made: Layer<Transfer>;
  readonly reversible: Layer<Reversible>;
  readonly transfers: Transfer[] = [];
  readonly entries: Entry[] = [];

  constructor(
    below: Below,
    /** Number of transfers in the log below. */
    private readonly size: number,
  ) {
    this.accounts = new Layer<Account>(below.accounts);
    this.holds = new Layer<Hold>(below.holds);
    this.made = new Layer<Transfer>(below.made);
    this.reversible = new Layer<Reversible>(below.reversible);
  }

  get nextIndex(): number {
    return this.size + this.transfers.length;
  }

  /** A draft on top of this one. */
  next(): Draft {
    return new Draft(this, this.nextIndex);
  }

  absorb(draft: Draft): void {
    for (const name of ['accounts', 'holds', 'made', 'reversible'] as const) {
      (this[name] as Layer<unknown>).absorb(draft[name]);
    }
    for (const transfer of draft.transfers) this.transfers.push(transfer);
    for (const entry of draft.entries) this.entries.push(entry);
  }

  /** Gives an account its next entry. */
  move(account: Account, transferId: string, amountMinor: bigint, heldChange: bigint): void {
    const moved = account.moved(amountMinor, heldChange);
    this.accounts.set(moved.id, moved);
    this.entries.push({ account: moved, transferId, amountMinor });
  }
}

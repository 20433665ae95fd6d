import type { Leg } from '../../src/wallet/domain/transfer';

interface PlainAccount {
  readonly currency: string;
  readonly hasFloor: boolean;
  readonly banned: boolean;
  readonly state: string;
  balance: number;
  held: number;
  entries: number;
}

interface PlainHold {
  readonly leg: Leg;
  state: string;
}

interface State {
  readonly accounts: Record<string, PlainAccount>;
  readonly holds: Record<string, PlainHold>;
  readonly made: Record<string, string>;
  readonly reversed: Record<string, number>;
}

/** Money as one would count it with pencil and paper: one request after another, the whole page copied for each. */
export class PlainBooks {
  state: State;

  constructor(accounts: Record<string, PlainAccount>) {
    this.state = { accounts, holds: {}, made: {}, reversed: {} };
  }

  /** `ok`, `replayed`, or the code of the refusal. */
  post(legs: readonly Leg[], now: Date): string {
    const ids = new Set(legs.map(({ id }) => id));
    if (legs.length === 0 || ids.size < legs.length) return 'request.invalid';
    const known = legs.filter(({ id }) => id in this.state.made);
    if (known.length > 0) {
      const isSame = legs.every((leg, i) => this.state.made[leg.id] === factsOf(leg, legs, i));
      return isSame ? 'replayed' : 'wallet.idempotency-key-reused';
    }
    const before = structuredClone(this.state);
    for (const [i, leg] of legs.entries()) {
      const refusal = this.carryOut(leg, now);
      if (refusal !== null) {
        this.state = before;
        return refusal;
      }
      this.state.made[leg.id] = factsOf(leg, legs, i);
      this.state.reversed[leg.id] = 0;
    }
    return 'ok';
  }

  private carryOut(leg: Leg, now: Date): string | null {
    if (leg.reason === 'reversal' && leg.kind !== 'transfer') return 'request.invalid';
    const { accounts } = this.state;
    const [debit, credit] = [accounts[leg.debitId], accounts[leg.creditId]];
    if (!debit || !credit) return 'wallet.account-not-found';
    if (debit === credit) return 'request.invalid';
    if (debit.currency !== credit.currency) return 'wallet.currency-mismatch';
    return leg.kind === 'transfer' || leg.kind === 'hold'
      ? this.spend(leg, debit, credit, now)
      : this.settle(leg, debit, credit, now);
  }

  private spend(leg: Leg, debit: PlainAccount, credit: PlainAccount, now: Date): string | null {
    const amount = Number(leg.amountMinor);
    if (amount <= 0) return 'request.invalid';
    if (leg.kind === 'hold' && leg.expiresAt !== null && leg.expiresAt <= now) return 'request.invalid';
    if (debit.state === 'closed' || credit.state === 'closed') return 'wallet.account-closed';
    if ((debit.state === 'frozen' || debit.banned) && leg.reason !== 'reversal') return 'wallet.account-frozen';
    if (debit.hasFloor && debit.balance - debit.held < amount) return 'wallet.insufficient-funds';
    debit.entries++;
    if (leg.kind === 'hold') {
      debit.held += amount;
      this.state.holds[leg.id] = { leg, state: 'open' };
      return null;
    }
    if (leg.reason === 'reversal') {
      const [kind, , debitId, creditId, moved] = (this.state.made[leg.causeId] ?? '').split(' ');
      const total = (this.state.reversed[leg.causeId] ?? 0) + amount;
      const isMoving = kind === 'transfer' || kind === 'post';
      if (!isMoving || debitId !== leg.creditId || creditId !== leg.debitId || total > Number(moved)) {
        return 'wallet.reversal-exceeds-transfer';
      }
      this.state.reversed[leg.causeId] = total;
    }
    debit.balance -= amount;
    credit.balance += amount;
    credit.entries++;
    return null;
  }

  private settle(leg: Leg, debit: PlainAccount, credit: PlainAccount, now: Date): string | null {
    const hold = this.state.holds[leg.holdId ?? ''];
    const isOurs = hold?.leg.debitId === leg.debitId && hold.leg.creditId === leg.creditId;
    if (!hold || !isOurs) return 'wallet.hold-not-found';
    if (hold.state !== 'open') return 'wallet.hold-settled';
    const isOver = hold.leg.expiresAt !== null && hold.leg.expiresAt <= now;
    if (isOver && leg.kind !== 'expire') return 'wallet.hold-expired';
    if (!isOver && leg.kind === 'expire') return 'request.invalid';
    const amount = Number(leg.amountMinor);
    if (leg.kind === 'post' ? amount <= 0 : amount !== 0) return 'request.invalid';
    if (amount > Number(hold.leg.amountMinor)) return 'wallet.amount-exceeds-hold';
    if (leg.kind === 'post' && credit.state === 'closed') return 'wallet.account-closed';
    hold.state = leg.kind;
    debit.held -= Number(hold.leg.amountMinor);
    debit.balance -= amount;
    debit.entries++;
    credit.balance += amount;
    if (amount > 0) credit.entries++;
    return null;
  }
}

function factsOf(leg: Leg, legs: readonly Leg[], place: number): string {
  const { kind, reason, debitId, creditId, amountMinor, holdId, causeId, note } = leg;
  const group = legs.length > 1 ? `${legs[0]!.id}` : 'alone';
  return [kind, reason, debitId, creditId, amountMinor, holdId, causeId, note, group, place >= 0].join(' ');
}

import fc from 'fast-check';
import { Account, AccountKind } from '../../src/wallet/domain/account';
import { decide } from '../../src/wallet/domain/decide';
import type { Books, Reversible } from '../../src/wallet/domain/books';
import type { Hold } from '../../src/wallet/domain/hold';
import { Leg, Transfer, TRANSFER_KINDS } from '../../src/wallet/domain/transfer';
import { rounds } from '../support/rounds';
import { MUTANTS, mutant, Rules } from './mutants';
import { PlainBooks } from './plain-books';

const HISTORIES = rounds({ few: 500, all: 20_000 });
const DAY_MS = 86_400_000;

interface Start {
  readonly kind: AccountKind;
  readonly balance: number;
  readonly state?: 'open' | 'frozen' | 'closed';
  readonly currency?: string;
}
/** All sums are zero. */
const START: Readonly<Record<string, Start>> = {
  ann: { kind: 'wallet', balance: 100 },
  bob: { kind: 'wallet', balance: 40 },
  eve: { kind: 'wallet', balance: 50 },
  ice: { kind: 'wallet', balance: 50, state: 'frozen' },
  end: { kind: 'wallet', balance: 0, state: 'closed' },
  eur: { kind: 'wallet', balance: 30, currency: 'EUR' },
  bank: { kind: 'house', balance: -240 },
  till: { kind: 'cash', balance: -30, currency: 'EUR' },
};
const BANNED = 'eve';
const IDS = Array.from({ length: 10 }, (_, i) => `t${i}`);

type Batch = readonly (readonly Leg[])[];

const leg: fc.Arbitrary<Leg> = fc
  .record({
    id: fc.constantFrom(...IDS),
    kind: fc.constantFrom(...TRANSFER_KINDS, 'transfer' as const, 'hold' as const, 'post' as const),
    reason: fc.constantFrom('bet' as const, 'bet' as const, 'reversal' as const),
    causeId: fc.constantFrom(...IDS),
    debitId: fc.constantFrom('ann', 'ann', 'ann', 'bob', 'bob', 'eve', 'ice', 'eur', 'bank', 'nobody'),
    creditId: fc.constantFrom('bank', 'bank', 'bank', 'bob', 'ann', 'end', 'till'),
    amountMinor: fc.constantFrom(-5n, 0n, 1n, 7n, 20n, 60n),
    holdId: fc.constantFrom(...IDS),
    expiresAt: fc.constantFrom(null, null, new Date(2 * DAY_MS), new Date(4 * DAY_MS)),
    note: fc.constantFrom(null, null, null, 'thanks'),
  })
  .map((one) => {
    const settles = ['post', 'void', 'expire'].includes(one.kind);
    const nothing = ['void', 'expire'].includes(one.kind) && one.amountMinor > 1n;
    return { ...one, holdId: settles ? one.holdId : null, amountMinor: nothing ? 0n : one.amountMinor };
  });
/** Callers come back: with the same request, or with what follows from it. */
const request = fc.array(leg, { minLength: 1, maxLength: 3 });
const history = fc
  .array(fc.array(request, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  .chain((batches) =>
    fc.array(fc.nat(), { minLength: batches.length, maxLength: batches.length }).map((picks) => {
      const all = batches.flat();
      return batches.map((batch, i) => [...batch, ...followUps(all[picks[i]! % all.length]!)]);
    }),
  );

/** The same again, and for its first leg the end of the hold, the end once more, and two reversals. */
function followUps(legs: readonly Leg[]): Leg[][] {
  const first = legs[0]!;
  const swapped = { debitId: first.creditId, creditId: first.debitId };
  const end = (kind: Leg['kind'], amountMinor: bigint) => {
    return {
      ...first,
      id: `${kind} ${first.id} ${amountMinor}`,
      kind,
      holdId: first.id,
      amountMinor,
      reason: 'bet' as const,
    };
  };
  const back = (id: string) => {
    return {
      ...first,
      ...swapped,
      id,
      kind: 'transfer' as const,
      reason: 'reversal' as const,
      causeId: first.id,
      holdId: null,
    };
  };
  const posted = end('post', first.amountMinor > 1n ? first.amountMinor - 1n : 1n);
  return [
    ...[[...legs], [{ ...first, amountMinor: first.amountMinor + 1n }], [end('post', first.amountMinor + 1n)]],
    ...[[posted], [end('void', 0n)], [back(`back ${first.id}`)], [back(`again ${first.id}`)]],
  ];
}

/** What the database would hold. */
class Stored {
  readonly accounts = new Map<string, Account>();
  readonly holds = new Map<string, Hold>();
  readonly made = new Map<string, Transfer>();
  readonly reversible = new Map<string, Reversible>();
  readonly numbers: string[] = [];

  constructor(rules: Rules) {
    for (const [id, { kind, balance, state = 'open', currency = 'XTS' }] of Object.entries(START)) {
      const name = { kind, purpose: 'main', ownerId: kind === 'wallet' ? id : null, currency };
      this.accounts.set(id, new rules.Account(id, name, state, BigInt(balance), 0n, 0));
    }
  }

  books(at: Date): Books {
    const { accounts, holds, made, reversible } = this;
    return { size: made.size, at, accounts, holds, made, reversible, banned: new Set([BANNED]) };
  }

  keep({ accounts, holds, made, reversible, transfers, entries }: ReturnType<typeof decide>['changes']): void {
    demandSame(
      transfers.map(({ index }) => index),
      transfers.map((_, i) => this.made.size + i),
    );
    for (const [id, account] of accounts.own) this.accounts.set(id, account);
    for (const [id, hold] of holds.own) this.holds.set(id, hold);
    for (const [id, transfer] of made.own) this.made.set(id, transfer);
    for (const [id, one] of reversible.own) this.reversible.set(id, one);
    for (const { account } of entries) this.numbers.push(`${account.id} ${account.seq}`);
  }
}

function plainBooks(): PlainBooks {
  const accounts = Object.entries(START).map(([id, { kind, balance, state = 'open', currency = 'XTS' }]) => {
    const facts = { currency, state, banned: id === BANNED, hasFloor: kind === 'wallet' };
    return [id, { ...facts, balance, held: 0, entries: 0 }];
  });
  return new PlainBooks(Object.fromEntries(accounts));
}

/** Plays a history, each batch on its day, and compares everything with pencil and paper. @throws Error */
function play(rules: Rules, batches: readonly Batch[]): void {
  const [stored, plain] = [new Stored(rules), plainBooks()];
  for (const [day, batch] of batches.entries()) {
    const at = new Date(day * DAY_MS);
    const { answers, changes } = rules.decide(batch, stored.books(at));
    stored.keep(changes);
    const told = answers.map((answer) => ('code' in answer ? answer.code : answer.replayed ? 'replayed' : 'ok'));
    demandSame(
      told,
      batch.map((legs) => plain.post(legs, at)),
    );
    for (const [id, { balance, held, entries }] of Object.entries(plain.state.accounts)) {
      const { balanceMinor, heldMinor, seq } = stored.accounts.get(id)!;
      demandSame([id, balanceMinor, heldMinor, seq], [id, balance, held, entries]);
    }
  }
  demandBalanced(stored);
}

function demandBalanced({ accounts, holds, numbers }: Stored): void {
  const all = [...accounts.values()];
  for (const currency of ['XTS', 'EUR']) {
    const ofCurrency = all.filter(({ name }) => name.currency === currency);
    demandSame(
      ofCurrency.reduce((total, one) => total + one.balanceMinor, 0n),
      0,
    );
  }
  for (const { id, name, balanceMinor, heldMinor } of all) {
    if (name.kind === 'wallet') demandSame(balanceMinor >= heldMinor, true);
    const open = [...holds.values()].filter((hold) => hold.state === 'open' && hold.debitId === id);
    demandSame(
      heldMinor,
      open.reduce((total, { amountMinor }) => total + amountMinor, 0n),
    );
  }
  demandSame(new Set(numbers).size, numbers.length);
  demandSame(
    numbers.length,
    all.reduce((total, { seq }) => total + seq, 0),
  );
}

/** Much faster than `expect`, of which a history would need a hundred. */
function demandSame(one: unknown, other: unknown): void {
  if (String(one) !== String(other)) throw new Error(`${String(one)} is not ${String(other)}`);
}

describe('the rules of money', () => {
  it(`agree with pencil and paper in ${HISTORIES} histories`, () => {
    fc.assert(
      fc.property(history, (batches) => play({ decide, Account }, batches)),
      { numRuns: HISTORIES },
    );
  }, 120_000);

  it('see every kind of answer in them', () => {
    const seen = new Set<string>();
    for (const batches of fc.sample(history, { numRuns: 500, seed: 7 })) {
      const plain = plainBooks();
      batches.forEach((batch, day) => batch.forEach((legs) => seen.add(plain.post(legs, new Date(day * DAY_MS)))));
    }
    expect([...seen].sort()).toEqual([
      ...['ok', 'replayed', 'request.invalid', 'wallet.account-closed', 'wallet.account-frozen'],
      ...['wallet.account-not-found', 'wallet.amount-exceeds-hold', 'wallet.currency-mismatch', 'wallet.hold-expired'],
      ...['wallet.hold-not-found', 'wallet.hold-settled', 'wallet.idempotency-key-reused', 'wallet.insufficient-funds'],
      'wallet.reversal-exceeds-transfer',
    ]);
  });

  it.each(MUTANTS)('would be seen to be wrong: %s', (_, text, instead) => {
    const wrong = mutant(text, instead);
    const outcome = fc.check(
      fc.property(history, (batches) => play(wrong, batches)),
      { numRuns: 2_000, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  });
});

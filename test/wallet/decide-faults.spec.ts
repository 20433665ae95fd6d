import type { InvalidInput } from '../../src/shared/domain/invalid-input';
import { Account, AccountKind } from '../../src/wallet/domain/account';
import type { Books } from '../../src/wallet/domain/books';
import { decide } from '../../src/wallet/domain/decide';
import type { Leg } from '../../src/wallet/domain/transfer';

const NOW = new Date('2026-01-02T00:00:00Z');
/** No balance, and no balance less what is held, is farther from zero. */
const MOST = 1_000_000_000_000_000_000n;

function books(bank: { balance: bigint; held: bigint }): Books {
  const account = (id: string, kind: AccountKind, balance: bigint, held: bigint) => {
    const name = { kind, purpose: 'main', ownerId: kind === 'wallet' ? id : null, currency: 'XTS' };
    return [id, new Account(id, name, 'open', balance, held, 0)] as const;
  };
  const accounts = new Map([account('ann', 'wallet', 100n, 0n), account('bank', 'house', bank.balance, bank.held)]);
  const nothing = { holds: new Map(), made: new Map(), reversible: new Map(), banned: new Set<string>() };
  return { size: 0, at: NOW, accounts, ...nothing };
}

function leg(more: Partial<Leg>): Leg {
  const sides = { debitId: 'ann', creditId: 'bank', amountMinor: 1n };
  const rest = { holdId: null, expiresAt: null, note: null };
  return { id: 'a', kind: 'transfer', reason: 'bet', causeId: 'a', ...sides, ...rest, ...more };
}

/** `ok`, the code, or the pointers, of each request. */
function answersTo(requests: readonly (readonly Leg[])[], bank = { balance: 0n, held: 0n }): string[] {
  return decide(requests, books(bank)).answers.map((answer) => {
    if (!('code' in answer)) return 'ok';
    return answer.code === 'request.invalid'
      ? (answer as InvalidInput).errors.map((one) => ('pointer' in one ? one.pointer : '?')).join()
      : answer.code;
  });
}

describe('what the rules of money refuse', () => {
  it.each<[string, readonly Leg[], string]>([
    ['no leg', [], ''],
    ['nine legs', Array.from({ length: 9 }, (_, i) => leg({ id: `${i}` })), ''],
    ['twins', [leg({}), leg({})], '/id'],
    ['an account that pays itself', [leg({ creditId: 'ann' })], '/credit'],
    ['a hold that reverses', [leg({ kind: 'hold', reason: 'reversal' })], '/reason'],
    ['no amount', [leg({ amountMinor: 0n })], '/amount'],
    ['more than any amount', [leg({ debitId: 'bank', creditId: 'ann', amountMinor: MOST })], '/amount'],
    ['a void that moves', [leg({ kind: 'hold' }), leg({ id: 'b', kind: 'void', holdId: 'a' })], '/amount'],
    [
      'a post that moves nothing',
      [leg({ kind: 'hold' }), leg({ id: 'b', kind: 'post', holdId: 'a', amountMinor: 0n })],
      '/amount',
    ],
    [
      'the end of a hold before its time',
      [leg({ kind: 'hold' }), leg({ id: 'b', kind: 'expire', holdId: 'a', amountMinor: 0n })],
      '/kind',
    ],
    ['a hold whose time has come', [leg({ kind: 'hold', expiresAt: NOW })], '/expiresAt'],
  ])('names the member that is wrong: %s', (_, legs, pointer) => {
    expect(answersTo([legs])).toEqual([pointer]);
  });

  it('lets a hold expire a moment from now', () => {
    expect(answersTo([[leg({ kind: 'hold', expiresAt: new Date(NOW.getTime() + 1) })]])).toEqual(['ok']);
  });

  it('holds no more on an account without a floor than it could pay', () => {
    const out = { debitId: 'bank', creditId: 'ann' };
    const hold = (id: string, amountMinor: bigint) => [leg({ ...out, id, kind: 'hold', amountMinor })];
    const requests = [
      hold('a', 6n),
      hold('b', 5n),
      hold('c', 1n),
      [leg({ ...out, id: 'd' })],
      [leg({ ...out, id: 'e', kind: 'post', holdId: 'b', amountMinor: 5n })],
      [leg({ id: 'f', amountMinor: 2n })],
      hold('g', 2n),
    ];
    const answers = ['/amount', 'ok', '/amount', '/amount', 'ok', 'ok', 'ok'];
    expect(answersTo(requests, { balance: -7n, held: MOST - 12n })).toEqual(answers);
  });
});

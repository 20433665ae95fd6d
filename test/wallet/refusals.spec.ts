import type { InvalidInput } from '../../src/shared/domain/invalid-input';
import { accountOf, PostLeg, walletOf } from '../../src/wallet/wallet.api';
import { startTestApp, TestApp } from '../support/test-app';
import { balance, bet, endOf, faultsOf, gift, moneyOf, post, queueOf, richPlayers } from './ledger-stage';

const OWNER = '018f0000-0000-7000-8000-00000000000a';
const HOLD = '018f0000-0000-7000-8000-00000000000b';

/** [what is wrong, the change of a good gift, the member that is to blame] */
const MISSHAPEN: readonly (readonly [string, Partial<PostLeg>, string])[] = [
  ['an id that is no UUID', { id: 'gift-1' }, '/id'],
  ['an id in upper case', { id: OWNER.toUpperCase() }, '/id'],
  ['a cause that is no UUID', { causeId: '' }, '/causeId'],
  ['a kind that only the service asks for', { kind: 'expire' as 'void' }, '/kind'],
  ['a reason that is not known', { reason: 'whim' as 'bet' }, '/reason'],
  ['a transfer that settles a hold', { holdId: HOLD }, '/holdId'],
  ['a hold that settles a hold', { kind: 'hold', holdId: HOLD }, '/holdId'],
  ['a post without its hold', { kind: 'post' }, '/holdId'],
  ['a hold whose id is no UUID', { kind: 'post', holdId: '{' }, '/holdId'],
  ['a transfer that expires', { expiresAt: new Date(Date.now() + 60_000) }, '/expiresAt'],
  ['an instant that is none', { kind: 'hold', expiresAt: new Date(NaN) }, '/expiresAt'],
  ['a note with NUL', { note: 'a\0b' }, '/note'],
  ['a note with half a character', { note: 'a\ud83d' }, '/note'],
  ['a note without end', { note: 'a'.repeat(501) }, '/note'],
  ['a purpose in another form', { credit: accountOf('house', 'Fees', 'XTS') }, '/credit/purpose'],
  ['a currency that is not known', { credit: accountOf('house', 'fees', 'USD') }, '/credit/currency'],
  ['a wallet without an owner', { debit: { ...walletOf(OWNER, 'XTS'), ownerId: null } }, '/debit/ownerId'],
  ['an owner in upper case', { credit: walletOf(OWNER.toUpperCase(), 'XTS') }, '/credit/ownerId'],
  ['a second wallet of a user', { credit: { ...walletOf(OWNER, 'XTS'), purpose: 'side' } }, '/credit/purpose'],
  ['an owner of the house', { credit: { ...accountOf('house', 'fees', 'XTS'), ownerId: OWNER } }, '/credit/ownerId'],
  ['a kind of account that is not known', { credit: accountOf('bank' as 'house', 'fees', 'XTS') }, '/credit/kind'],
];

describe('a request that is refused', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  }, 60_000);

  afterEach(async () => expect(await faultsOf(app.database.dataSource)).toEqual([]));
  afterAll(() => app.close());

  it.each(MISSHAPEN)('fails alone: %s', async (_, wrong, pointer) => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const bad = { ...gift(ann, bob, 1n), ...wrong };
    const answers = await moneyOf(app).post([[gift(ann, bob, 5n)], [gift(ann, bob, 1n), bad], [gift(ann, bob, 7n)]]);
    expect(answers.map((answer) => 'transfers' in answer)).toEqual([true, false, true]);
    expect((answers[1] as InvalidInput).errors).toEqual([{ pointer, detail: expect.stringMatching(/\w/) as string }]);
    expect(await balance(app, ann)).toEqual([88n, 0n]);
  });

  it('says so when it is empty, or too long', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const nine = Array.from({ length: 9 }, () => gift(ann, bob, 1n));
    expect(await post(app, [], [gift(ann, bob, 1n)], nine)).toEqual(['request.invalid', 'ok', 'request.invalid']);
    expect(await post(app, [])).toEqual(['request.invalid']);
    await expect(queueOf(app).submit([])).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('reverses nothing by a hold, in whatever order', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const given = gift(ann, bob, 40n);
    const back = { ...gift(bob, ann, 40n), reason: 'reversal' as const, causeId: given.id };
    const held = { ...back, kind: 'hold' as const };
    const placed = bet(ann, 5n);
    const posted = { ...endOf(placed, 'post', 5n), reason: 'reversal' as const };
    const answers = await post(
      app,
      [given],
      [held],
      [placed],
      [posted],
      [{ ...endOf(placed, 'void'), reason: 'reversal' }],
    );
    expect(answers).toEqual(['ok', 'request.invalid', 'ok', 'request.invalid', 'request.invalid']);
    expect(await post(app, [back])).toEqual(['ok']);
    expect(await balance(app, ann)).toEqual([100n, 5n]);
  });

  it('leaves no account behind', async () => {
    const [ann, poor, newcomer] = [...(await richPlayers(app, 1, 100n)), ...(await richPlayers(app, 2, 0n))] as [
      ...[string, string, string],
    ];
    const names = () =>
      app.database.dataSource.query<object[]>('select kind, purpose, owner_id from wallet_accounts order by id');
    const before = await names();
    const toNew = (more: Partial<PostLeg>) => ({ ...gift(ann, ann, 1n), ...more });
    const answers = await post(
      app,
      [toNew({ credit: accountOf('house', 'never-1', 'XTS'), amountMinor: 1_000n })],
      [toNew({ credit: accountOf('house', 'never-2', 'EUR') })],
      [gift(poor, newcomer, 1n)],
      [gift(ann, newcomer, 1n), gift(ann, newcomer, 1_000n)],
    );
    expect(new Set(answers)).toEqual(new Set(['wallet.insufficient-funds', 'wallet.currency-mismatch']));
    expect(await names()).toEqual(before);
    const held = { ...bet(ann, 1n), credit: accountOf('pot', 'later', 'XTS') };
    expect(await post(app, [held], [gift(poor, newcomer, 1n)])).toEqual(['ok', 'wallet.insufficient-funds']);
    expect((await names()).length).toBe(before.length + 1);
  });
});

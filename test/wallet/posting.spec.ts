import { randomUUID } from 'node:crypto';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { ExpireHolds } from '../../src/wallet/application/expire-holds';
import { accountOf, transferId, walletOf } from '../../src/wallet/wallet.api';
import { adminBearer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { BANK, balance, bet, endOf, faultsOf, gift, moneyOf, post, queueOf, richPlayers } from './ledger-stage';

describe('moving money', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  }, 60_000);

  afterEach(async () => expect(await faultsOf(app.database.dataSource)).toEqual([]));
  afterAll(() => app.close());

  const rows = <Row>(sql: string, parameters: unknown[] = []) => app.database.dataSource.query<Row[]>(sql, parameters);

  it('moves what is there, and nothing that is not', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 1_000n)) as [string, string];
    expect(await post(app, [gift(ann, bob, 1_550n)], [gift(ann, bob, 300n)])).toEqual([
      'wallet.insufficient-funds',
      'ok',
    ]);
    expect([await balance(app, ann), await balance(app, bob)]).toEqual([
      [700n, 0n],
      [1_300n, 0n],
    ]);
  });

  it('opens a wallet at its first use, for users who exist only', async () => {
    const [ann] = (await richPlayers(app, 1, 100n)) as [string];
    const [newcomer] = (await richPlayers(app, 1, 0n)) as [string];
    expect(await post(app, [gift(ann, newcomer, 1n)], [gift(ann, randomUUID(), 1n)])).toEqual([
      'ok',
      'wallet.account-not-found',
    ]);
    expect([await balance(app, ann), await balance(app, newcomer)]).toEqual([
      [99n, 0n],
      [1n, 0n],
    ]);
  });

  it('answers a retry as the first time, and refuses the same id for anything else', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const leg = gift(ann, bob, 10n);
    const [first] = await moneyOf(app).post([[leg]]);
    const [again] = await moneyOf(app).post([[leg]]);
    expect(again).toEqual({ ...first, replayed: true });
    expect(await post(app, [{ ...leg, amountMinor: 11n }], [{ ...leg, note: 'thanks' }])).toEqual([
      'wallet.idempotency-key-reused',
      'wallet.idempotency-key-reused',
    ]);
    expect(await post(app, [leg, gift(ann, bob, 1n)])).toEqual(['wallet.idempotency-key-reused']);
    expect(await balance(app, ann)).toEqual([90n, 0n]);
  });

  it('forgets a refusal: the same id succeeds when there is money', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const leg = gift(ann, bob, 150n);
    expect(await post(app, [leg])).toEqual(['wallet.insufficient-funds']);
    expect(await post(app, [gift(bob, ann, 50n)], [leg])).toEqual(['ok', 'ok']);
  });

  it('counts 500 twins in a batch once, and their neighbours as well', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const twin = gift(ann, bob, 1n);
    const answers = await post(app, [gift(bob, ann, 5n)], ...Array.from({ length: 500 }, () => [twin]), [
      gift(bob, ann, 5n),
    ]);
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'replayed')).toHaveLength(499);
    expect(await balance(app, bob)).toEqual([91n, 0n]);
  });

  it('works off any number of requests in one unit of work', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 5_000n)) as [string, string];
    const requests = Array.from({ length: 2_500 }, () => [gift(ann, bob, 1n), gift(bob, ann, 1n)]);
    expect(new Set(await post(app, ...requests))).toEqual(new Set(['ok']));
    expect(await balance(app, ann)).toEqual([5_000n, 0n]);
  });

  it('books in the unit of work of the caller: both or neither', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const work = app.app.get(UnitOfWork);
    const failing = work.run(async () => {
      expect(await post(app, [gift(ann, bob, 10n)])).toEqual(['ok']);
      throw new Error('the caller failed');
    });
    await expect(failing).rejects.toThrow('the caller failed');
    expect(await balance(app, ann)).toEqual([100n, 0n]);
  });

  it('holds what bets reserve: five of 1,000 of 5,000 pass, the sixth does not', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 5_000n)) as [string, string];
    const bets = Array.from({ length: 6 }, () => bet(ann, 1_000n));
    expect((await post(app, ...bets.map((one) => [one]))).join()).toBe('ok,ok,ok,ok,ok,wallet.insufficient-funds');
    expect(await post(app, [gift(ann, bob, 1n)])).toEqual(['wallet.insufficient-funds']);
    expect(await balance(app, ann)).toEqual([5_000n, 5_000n]);
    const [won, lost, part] = bets as [(typeof bets)[0], (typeof bets)[0], (typeof bets)[0]];
    const cashOut = gift(ann, ann, 1_500n);
    const payout = { ...cashOut, reason: 'payout' as const, debit: BANK, credit: walletOf(ann, 'XTS') };
    const settled = await post(
      app,
      [endOf(won, 'post', 1_000n), payout],
      [endOf(lost, 'void')],
      [endOf(part, 'post', 400n)],
    );
    expect(settled).toEqual(['ok', 'ok', 'ok']);
    expect(await balance(app, ann)).toEqual([5_100n, 2_000n]);
    expect(await post(app, [endOf(won, 'void')], [endOf(lost, 'post', 1n)])).toEqual([
      'wallet.hold-settled',
      'wallet.hold-settled',
    ]);
  });

  it('frees a hold whose time has come, which nothing else may settle then', async () => {
    const [ann] = (await richPlayers(app, 1, 100n)) as [string];
    const over = bet(ann, 60n, { expiresAt: new Date(Date.now() + 60_000) });
    const later = bet(ann, 30n, { expiresAt: new Date(Date.now() + 3_600_000) });
    expect(await post(app, [over], [later])).toEqual(['ok', 'ok']);
    await app.database.setClockOffset(120_000);
    expect(await post(app, [endOf(over, 'post', 1n)])).toEqual(['wallet.hold-expired']);
    await app.app.get(ExpireHolds, { strict: false }).execute(new AbortController().signal);
    await app.database.setClockOffset(0);
    expect(await balance(app, ann)).toEqual([100n, 30n]);
    expect(await post(app, [endOf(over, 'void')])).toEqual(['wallet.hold-settled']);
  });

  it('reverses a transfer once', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    const given = gift(ann, bob, 40n);
    const back = (amountMinor: bigint) => ({
      ...gift(bob, ann, amountMinor),
      reason: 'reversal' as const,
      causeId: given.id,
    });
    expect(await post(app, [given], [back(30n)], [back(20n)])).toEqual([
      'ok',
      'ok',
      'wallet.reversal-exceeds-transfer',
    ]);
    expect(await post(app, [back(11n)], [back(10n)], [back(1n)])).toEqual([
      'wallet.reversal-exceeds-transfer',
      'ok',
      'wallet.reversal-exceeds-transfer',
    ]);
    expect(await balance(app, ann)).toEqual([100n, 0n]);
  });

  it('lets a banned user spend nothing, and receive', async () => {
    const [ann, eve] = (await richPlayers(app, 2, 100n)) as [string, string];
    const held = bet(eve, 10n);
    await post(app, [held]);
    const bearer = await adminBearer(app);
    await app.request().post(`/users/${eve}/ban`).set('authorization', bearer).send({}).expect(204);
    const answers = await post(app, [gift(eve, ann, 1n)], [gift(ann, eve, 5n)], [endOf(held, 'post', 10n)]);
    expect(answers).toEqual(['wallet.account-frozen', 'ok', 'ok']);
    expect(await balance(app, eve)).toEqual([95n, 0n]);
  });

  it('mixes no currencies', async () => {
    const [ann] = (await richPlayers(app, 1, 100n)) as [string];
    const mixed = { ...gift(ann, ann, 1n), credit: accountOf('house', 'fees', 'EUR') };
    expect(await post(app, [mixed])).toEqual(['wallet.currency-mismatch']);
  });

  it('makes the id of a transfer from its cause', () => {
    const cause = '018f0000-0000-7000-8000-000000000001';
    expect(transferId('award', cause)).toBe(transferId('award', cause));
    expect(transferId('award', cause)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(transferId('award', cause)).not.toBe(transferId('prize', cause));
  });

  it('never books earlier than before, whatever the clock does', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    await app.database.setClockOffset(-3_600_000);
    await post(app, [gift(ann, bob, 1n)]);
    await app.database.setClockOffset(0);
    const [{ falls }] = (await rows(`
      select count(*)::int as falls from (
        select at < lag(at) over (order by index) as falls from wallet_transfers) as t where falls`)) as [
      { falls: number },
    ];
    expect(falls).toBe(0);
  });

  it('commits together what arrives together', async () => {
    const players = await richPlayers(app, 20, 100n);
    const before = await rows<{ n: number }>('select count(*)::int as n from wallet_log_checkpoints');
    const gifts = Array.from({ length: 200 }, (_, i) => gift(players[i % 20]!, players[(i + 7) % 20]!, 1n));
    const posted = await Promise.all(gifts.map((leg) => queueOf(app).submit([leg])));
    expect(new Set(posted.map(({ transfers }) => transfers[0]!.index)).size).toBe(200);
    const after = await rows<{ n: number }>('select count(*)::int as n from wallet_log_checkpoints');
    expect(after[0]!.n - before[0]!.n).toBeLessThan(10);
    await expect(queueOf(app).submit([gift(players[0]!, players[1]!, 10_000n)])).rejects.toMatchObject({
      code: 'wallet.insufficient-funds',
    });
  });

  it('signs a log that anybody can rebuild from the transfers', async () => {
    const transfers = await rows<{ line: string }>(`
      select concat_ws(' ', id, (array['transfer', 'hold', 'post', 'void', 'expire'])[kind + 1], reason, cause_id, debit_id,
        credit_id, currency, amount_minor, coalesce(hold_id::text, '-'),
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as line
      from wallet_transfers order by index`);
    const { frontier } = Frontier.empty.append(transfers.map(({ line }) => leafHash(line)));
    const [last] = await rows<{ note: string }>('select note from wallet_log_checkpoints order by size desc limit 1');
    const head = `lottery.test/wallet\n${transfers.length}\n${frontier.root().toString('base64')}\n`;
    expect(last?.note.startsWith(head)).toBe(true);
  });
});

import { Logger } from '@nestjs/common';
import { ExpireHolds } from '../../src/wallet/application/expire-holds';
import { HoldSweeper } from '../../src/wallet/infrastructure/hold-sweeper';
import { transferId } from '../../src/wallet/wallet.api';
import { startTestApp, TestApp } from '../support/test-app';
import { balance, bet, faultsOf, gift, post, richPlayers } from './ledger-stage';

const MINUTE_MS = 60_000;

describe('holds whose time comes', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  }, 60_000);

  afterEach(async () => expect(await faultsOf(app.database.dataSource)).toEqual([]));
  afterAll(() => app.close());

  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);
  const expireAll = () => app.app.get(ExpireHolds, { strict: false }).execute(new AbortController().signal);

  it('expire, however many before them cannot', async () => {
    const [ann, bob] = (await richPlayers(app, 2, 1_000n)) as [string, string];
    const stuck = Array.from({ length: 501 }, () => bet(ann, 1n, { expiresAt: inMinutes(5) }));
    // Somebody has used the id that the end of the hold would have.
    const thefts = stuck.map(({ id }) => gift(bob, ann, 1n, transferId('bet', 'expire', id)));
    const free = bet(ann, 40n, { expiresAt: inMinutes(6) });
    const answers = await post(app, ...[...stuck, ...thefts, free].map((leg) => [leg]));
    expect(new Set(answers)).toEqual(new Set(['ok']));
    await app.database.setClockOffset(10 * MINUTE_MS);
    const { freed, refused } = await expireAll();
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await app.app.get(HoldSweeper, { strict: false }).tick();
    await app.database.setClockOffset(0);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^501 expired holds stay, the first is .*: This key has/));
    warn.mockRestore();
    expect(await balance(app, ann)).toEqual([1_501n, 501n]);
    expect([freed, refused.length]).toEqual([1, 501]);
    expect(refused[0]).toEqual({
      holdId: expect.stringMatching(/-/) as string,
      refusal: expect.objectContaining({ code: 'wallet.idempotency-key-reused' }) as unknown,
    });
  });
});

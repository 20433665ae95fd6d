import { type Report, verify } from '../../verifier/core/verify.mjs';
import { close, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayers } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { chunks } from '../verifier/verify-draw';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');
const NEWEST = Buffer.alloc(32, 3).toString('base64');

describe('the signing key is changed', () => {
  let database: TestDatabase;
  let app: TestApp | null;

  beforeEach(async () => {
    database = await createTestDatabase();
    app = null;
  });

  afterEach(async () => {
    await app?.close();
    await database.drop();
  });

  /** Ends the service and starts it again with these keys. */
  const restart = async (SIGNING_KEY: string, OTHER_SIGNING_KEY = ''): Promise<TestApp> => {
    await app?.close();
    return (app = await startTestApp({ SIGNING_KEY, OTHER_SIGNING_KEY }, database));
  };

  const play = async (on: TestApp, date: string): Promise<Receipt> => {
    const [player] = await addPlayers(on, 1);
    return (await submit(on, date, player!).expect(201)).body as Receipt;
  };
  const draw = (on: TestApp, date: string) => close(on, date, '&early=true').expect(200);
  const textOf = async (on: TestApp, path: string): Promise<string> => (await on.request().get(path).expect(200)).text;
  const keyOf = async (on: TestApp): Promise<string> => (await textOf(on, '/verifier-key')).trim();

  const check = async (on: TestApp, date: string, key: string, receipt?: Receipt): Promise<Report> =>
    verify({
      key,
      bundle: await textOf(on, `/lotteries/${date}/bundle`),
      ballots: chunks(await textOf(on, `/lotteries/${date}/ballots.txt`)),
      ...(receipt && { receipt: JSON.stringify(receipt) }),
    });

  const failed = ({ checks }: Report) => checks.filter(({ status }) => status === 'failed').map(({ step }) => step);

  it('and keys that nothing vouches for are not published, though the database had them', async () => {
    const before = await restart(OLD);
    const old = await keyOf(before);
    const last = await restart(NEW);
    const forged = 'lottery.test+6d5e1f0a+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh';
    await database.dataSource.query('insert into verifier_keys values ($1, now(), 0), ($2, now(), 1000)', [
      forged,
      forged.replace('6d5e1f0a', '00000000'),
    ]);
    const { body } = await last.request().get('/verifier-keys').expect(200);
    const published = (body.items as { verifierKey: string }[]).map(({ verifierKey }) => verifierKey);
    expect(published).toEqual([old, await keyOf(last)]);
  });

  it('between two days, and each verifies with its own key; what was served once stays as it was', async () => {
    const before = await restart(OLD);
    const old = await keyOf(before);
    const first = await openFreshLottery(before);
    await play(before, first);
    await draw(before, first);
    const bundle = await textOf(before, `/lotteries/${first}/bundle`);

    const after = await restart(NEW);
    const second = await openFreshLottery(after);
    await play(after, second);
    await draw(after, second);
    const current = await keyOf(after);
    expect(current).not.toBe(old);
    expect(failed(await check(after, first, old))).toEqual([]);
    expect(failed(await check(after, second, current))).toEqual([]);
    expect(await textOf(after, `/lotteries/${first}/bundle`)).toBe(bundle);
    expect(failed(await check(after, first, current))).not.toEqual([]);
    expect(failed(await check(after, second, old))).not.toEqual([]);
  });

  it('during a day, which goes on with the key that opened it: receipts, seal and result', async () => {
    const before = await restart(OLD);
    const old = await keyOf(before);
    const day = await openFreshLottery(before);
    const early = await play(before, day);

    const after = await restart(NEW, OLD);
    const late = await play(after, day);
    await draw(after, day);
    for (const receipt of [early, late]) expect(failed(await check(after, day, old, receipt))).toEqual([]);

    const next = await openFreshLottery(after);
    const receipt = await play(after, next);
    await draw(after, next);
    expect(failed(await check(after, next, await keyOf(after), receipt))).toEqual([]);
  });

  it('during a day without the other key, and that day cannot be verified: the test above does look', async () => {
    const before = await restart(OLD);
    const old = await keyOf(before);
    const day = await openFreshLottery(before);
    const after = await restart(NEW);
    await play(after, day);
    await draw(after, day);
    expect(failed(await check(after, day, old))).not.toEqual([]);
    expect(failed(await check(after, day, await keyOf(after)))).not.toEqual([]);
  });

  it('one process after the other, and a day that one of them opened verifies whoever goes on with it', async () => {
    const first = await restart(OLD, NEW);
    const second = await startTestApp({ SIGNING_KEY: NEW, OTHER_SIGNING_KEY: OLD }, database);
    try {
      const [byFirst, bySecond] = [await openFreshLottery(first), await openFreshLottery(second)];
      for (const [day, opener] of [
        [byFirst, first],
        [bySecond, second],
      ] as const) {
        await play(first, day);
        const receipt = await play(second, day);
        await play(first, day);
        await draw(opener === first ? second : first, day);
        expect(failed(await check(first, day, await keyOf(opener), receipt))).toEqual([]);
      }
    } finally {
      await second.close();
    }
  });

  it('twice, and the service still names every key that it ever had, the current one marked', async () => {
    const first = await restart(OLD);
    const old = await keyOf(first);
    const day = await openFreshLottery(first);
    await play(first, day);
    await draw(first, day);
    const middle = await keyOf(await restart(NEW));
    const last = await restart(NEWEST);
    const { body } = await last.request().get('/verifier-keys').expect(200);
    expect(body).toEqual({
      items: [
        { verifierKey: old, knownSince: expect.any(String), current: false },
        { verifierKey: middle, knownSince: expect.any(String), current: false },
        { verifierKey: await keyOf(last), knownSince: expect.any(String), current: true },
      ],
    });
    const bundle = JSON.parse(await textOf(last, `/lotteries/${day}/bundle`)) as { verifierKey: string };
    expect(bundle.verifierKey).toBe(old);
    expect(failed(await check(last, day, old))).toEqual([]);
  });
});

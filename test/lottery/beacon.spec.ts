import { Clock } from '../../src/shared/application/clock';
import { MakeStatement } from '../../src/draw/application/make-statement';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { QUICKNET } from '../../src/draw/domain/beacon-chain';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import type { RelayFaultName } from '../support/drand-relay';
import { close, drawIdOf, LotteryBody, submit } from '../support/lottery-client';
import { pause } from '../support/pause';
import { addPlayers, adminBearer } from '../support/players';
import { fieldsOf } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';

const SECOND = 1_000;
/** When a right answer comes, the draw happens within this time. */
const DRAW_WITHIN_MS = 10_000;

describe('a lottery that a beacon decides', () => {
  let app: TestApp;
  let beacon: BeaconEnvironment;

  beforeAll(async () => {
    beacon = await startBeacon(2);
    app = await startTestApp(beacon.config);
  }, 60_000);

  afterAll(async () => {
    await app.close();
    await beacon.stop();
  });

  afterEach(() => {
    for (const relay of beacon.relays) relay.fault = null;
  });

  let lotteries = 0;

  /**
   * Of a day that lies so far ahead that the reconciler has not opened it: wherever the clock is, it opens two days.
   */
  const openLottery = async (service = app): Promise<string> => {
    const date = new Date(Date.UTC(2090, 0, 1 + 4 * ++lotteries)).toISOString().slice(0, 10);
    const bearer = await adminBearer(app);
    await service.request().post('/lotteries').set('authorization', bearer).send({ date }).expect(201);
    return date;
  };

  /** A lottery with ballots whose day ends in the future; the clock has not been moved that far yet. */
  const filledLottery = async (): Promise<{ date: string; closesAt: Date }> => {
    const date = await openLottery();
    for (const player of await addPlayers(app, 3)) await submit(app, date, player).expect(201);
    return { date, closesAt: new Date(`${date}T24:00:00Z`) };
  };

  const moveClock = async (instant: Date, { app: nest }: TestApp = app): Promise<void> => {
    await app.database.setClock(instant);
    await nest.get(Clock).synchronise();
  };

  const reconcile = ({ app: nest }: TestApp = app) => nest.get(Reconciler, { strict: false }).tick();

  const lotteryOf = async (date: string) =>
    (await app.request().get(`/lotteries/${date}`).expect(200)).body as LotteryBody;

  const fields = async (note: string | null) => {
    const { text } = await app.request().get('/verifier-key');
    return fieldsOf(note ?? '', text.trim());
  };

  const roundTime = (round: string | undefined) => beacon.chain.chain.timeOf(Number(round?.split(' ')[1]));

  it('is drawn with the round of its open note, which comes a minute after midnight: assurance A', async () => {
    const { date, closesAt } = await filledLottery();
    expect((await lotteryOf(date)).assurance).toBeNull();
    await moveClock(new Date(closesAt.getTime() + SECOND));
    await reconcile();
    const sealed = await lotteryOf(date);
    const [open, seal] = [await fields(sealed.notes.open), await fields(sealed.notes.seal)];
    expect(sealed).toMatchObject({ state: 'sealed', winner: null, notes: { draw: null }, assurance: { level: 'A' } });
    expect(seal['beacon']).toBe(open['beacon']);
    const lead = roundTime(open['beacon']).getTime() - closesAt.getTime();
    expect([lead >= 60 * SECOND, lead < 63 * SECOND]).toEqual([true, true]);
    expect((await app.request().get(`/lotteries/${date}/winner`).expect(404)).body.code).toBe('lottery.not-drawn');

    await moveClock(roundTime(open['beacon']));
    await reconcile();
    const drawn = await lotteryOf(date);
    const draw = await fields(drawn.notes.draw);
    expect(drawn).toMatchObject({
      state: 'drawn',
      assurance: { level: 'A' },
      winner: { ballotId: expect.any(String) },
    });
    expect(draw['beacon-signature']).toBe(beacon.chain.sign(Number(open['beacon']?.split(' ')[1])).toString('hex'));
    expect(draw['assurance']).toBe('A');
    const { body: bundle } = await app.request().get(`/lotteries/${date}/bundle`).expect(200);
    expect(bundle.beacon).toMatchObject({ chainHash: beacon.chain.chain.hash, signature: draw['beacon-signature'] });
  });

  it('takes a later round when it is sealed too late for that of its open note: assurance B', async () => {
    const { date, closesAt } = await filledLottery();
    const { beacon: opening } = await fields((await lotteryOf(date)).notes.open);
    await moveClock(new Date(roundTime(opening).getTime() - 9 * SECOND));
    await reconcile();
    const sealed = await lotteryOf(date);
    const seal = await fields(sealed.notes.seal);
    expect(seal['trigger']).toBe('schedule');
    expect(roundTime(seal['beacon']).getTime() - new Date(seal['sealed'] ?? '').getTime()).toBeGreaterThanOrEqual(
      60 * SECOND,
    );
    expect(roundTime(seal['beacon']).getTime()).toBeGreaterThan(roundTime(opening).getTime());
    expect(sealed.assurance?.level).toBe('B');
    await moveClock(new Date(closesAt.getTime() + 300 * SECOND));
    await reconcile();
    expect(await lotteryOf(date)).toMatchObject({ state: 'drawn', assurance: { level: 'B' } });
  });

  it('gives a seal up whose locks took too long, and takes a later round: nothing is sealed against a known one', async () => {
    const { date, closesAt } = await filledLottery();
    const { beacon: opening } = await fields((await lotteryOf(date)).notes.open);
    const drawId = await drawIdOf(app, date);
    await moveClock(new Date(closesAt.getTime() + 45 * SECOND));
    const statements = app.app.get(MakeStatement, { strict: false });
    const execute = statements.execute.bind(statements);
    const slow = jest.spyOn(statements, 'execute').mockImplementation(async (bodies, openNotes) => {
      if (bodies.some((body) => body.startsWith(`lottery-draw/v2/seal\ndraw ${drawId}\n`)))
        await app.database.setClock(new Date(closesAt.getTime() + 58 * SECOND));
      return execute(bodies, openNotes);
    });
    await reconcile();
    slow.mockRestore();
    await reconcile();
    const sealed = await lotteryOf(date);
    const seal = await fields(sealed.notes.seal);
    expect(new Date(seal['sealed'] ?? '').getTime()).toBeGreaterThanOrEqual(closesAt.getTime() + 58 * SECOND);
    expect(roundTime(seal['beacon']).getTime()).toBeGreaterThan(roundTime(opening).getTime());
    expect(sealed).toMatchObject({ state: 'sealed', assurance: { level: 'B' } });
  });

  it('takes a round a minute after it is closed by hand: assurance B', async () => {
    const { date } = await filledLottery();
    const { body } = await close(app, date, '&early=true').expect(200);
    expect(body).toMatchObject({ state: 'sealed', winner: null, assurance: { level: 'B' } });
    const seal = await fields(body.notes.seal);
    await moveClock(roundTime(seal['beacon']));
    expect((await close(app, date, '&early=true').expect(200)).body).toMatchObject({ state: 'drawn' });
  });

  it('is void at once where no ballot can win: nothing is left for a beacon to decide', async () => {
    const date = await openLottery();
    expect((await close(app, date, '&early=true').expect(200)).body).toMatchObject({
      state: 'void',
      notes: { draw: null },
    });
    const { body } = await app.request().get(`/lotteries/${date}/bundle`).expect(200);
    expect(body).toMatchObject({ draw: null, beacon: null });
  });

  const FAULTS: readonly RelayFaultName[] = [
    'silent',
    'not found',
    'wrong round',
    'signature of another round',
    'another chain',
  ];

  it.each(FAULTS)(
    'stays sealed while its relays fail (%s), and is drawn within 10 s of the right answer',
    async (fault) => {
      const { date } = await filledLottery();
      const { body } = await close(app, date, '&early=true').expect(200);
      for (const relay of beacon.relays) relay.fault = fault;
      const { beacon: round } = await fields(body.notes.seal);
      await moveClock(roundTime(round));
      for (let pass = 0; pass < 2; pass++) await reconcile();
      expect(await lotteryOf(date)).toMatchObject({ state: 'sealed', notes: { draw: null } });
      // One relay is enough.
      beacon.relays[1]!.fault = null;
      const rightSince = Date.now();
      while ((await lotteryOf(date)).state !== 'drawn') {
        expect(Date.now() - rightSince).toBeLessThan(DRAW_WITHIN_MS);
        await pause(100);
      }
      const drawn = await lotteryOf(date);
      const draw = await fields(drawn.notes.draw);
      expect(draw['beacon-signature']).toBe(beacon.chain.sign(Number(round?.split(' ')[1])).toString('hex'));
    },
  );

  it('is not stranded and not downgraded when the beacon is switched off, or another chain is configured', async () => {
    const { date } = await filledLottery();
    const { body } = await close(app, date, '&early=true').expect(200);
    const { beacon: round } = await fields(body.notes.seal);
    const { DRAND_RELAYS = '' } = beacon.config;
    await moveClock(roundTime(round));
    for (const config of [{ DRAND_RELAYS }, { BEACON: 'drand', DRAND_RELAYS }]) {
      for (const relay of beacon.relays) relay.fault = 'BEACON' in config ? null : 'wrong round';
      const other = await startTestApp(config, app.database);
      await reconcile(other);
      const { notes } = await lotteryOf(await openLottery(other));
      await other.close();
      expect((await fields(notes.open))['beacon']?.split(' ')[0]).toBe('BEACON' in config ? QUICKNET.hash : 'none');
      expect((await lotteryOf(date)).state).toBe('BEACON' in config ? 'drawn' : 'sealed');
    }
    const { notes, assurance } = await lotteryOf(date);
    const signature = beacon.chain.sign(Number(round?.split(' ')[1])).toString('hex');
    expect((await fields(notes.draw))['beacon-signature']).toBe(signature);
    expect(assurance?.level).toBe('B');
  });
});

import { Logger } from '@nestjs/common';
import { ClockTrust } from '../../src/platform/database/clock-trust';
import { Clock } from '../../src/shared/application/clock';
import { ReconcileLotteries } from '../../src/lottery/application/reconcile-lotteries';
import { DrawPools } from '../../src/pool/application/draw-pools';
import { ClockInDoubt } from '../../src/shared/domain/clock-in-doubt';
import { close, LotteryBody, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayer, adminBearer, TestPlayer } from '../support/players';
import { announce, stakesOn, take } from '../support/pool-client';
import { startTestApp, TestApp } from '../support/test-app';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe("a database's clock that goes forward and back", () => {
  let app: TestApp;
  let player: TestPlayer;
  let date: string;

  beforeAll(async () => {
    app = await startTestApp({ ROLES: 'api', MAX_CLOCK_SKEW_SECONDS: '1', METRICS_PORT: '0' });
    player = await addPlayer(app);
    date = await openFreshLottery(app);
  });

  afterAll(() => app.close());

  const states = () => app.database.dataSource.query('select date, state, draw_id from lotteries order by date');

  it('opens, seals and draws nothing while it differs from that of the process, and says so', async () => {
    const [bearer, before] = [await adminBearer(app), await states()];
    await app.database.setClockOffset(3 * DAY_MS);
    await expect(app.app.get(ReconcileLotteries, { strict: false }).execute()).rejects.toThrow(ClockInDoubt);
    await expect(app.app.get(DrawPools, { strict: false }).execute([], new AbortController().signal)).rejects.toThrow(
      ClockInDoubt,
    );
    const opening = app.request().post('/lotteries').set('authorization', bearer).send({ date: '2094-01-01' });
    const [stake] = stakesOn('019aa000-0000-7000-8000-000000000001', 1);
    for (const refused of [close(app, date, '&early=true'), opening, announce(app, stake!)]) {
      const { status, body, headers } = await refused;
      expect([status, body.code, headers['retry-after']]).toEqual([503, 'clock.in-doubt', '10']);
    }
    expect(await states()).toEqual(before);
    await app.request().get('/health/ready').expect(503);
  });

  it('waits on after it has come back, until it has run evenly for a while', async () => {
    await app.database.setClockOffset(0);
    await app.request().get('/health/ready').expect(200);
    await close(app, date, '&early=true').expect(503);
    await submit(app, date, player).expect(201);
  });

  it('says once that it goes on', async () => {
    const certain = jest.spyOn(ClockTrust.prototype, 'doubtAt').mockReturnValue(null);
    const log = jest.spyOn(Logger.prototype, 'log');
    for (let fact = 0; fact < 2; fact++) await app.app.get(Clock).timeOfFact();
    expect(log.mock.calls).toEqual([['The time is certain again: what waited goes on.']]);
    certain.mockRestore();
    log.mockRestore();
  });
});

describe('the instants of a draw', () => {
  let app: TestApp;

  beforeAll(async () => (app = await startTestApp({ ROLES: 'api' })));
  afterAll(() => app.close());

  const goBack = async () => {
    await app.database.setClockOffset(-HOUR_MS);
    await app.app.get(Clock).synchronise();
  };

  beforeEach(() => app.database.setClockOffset(0));

  it('of a lottery never go back behind its opening', async () => {
    const player = await addPlayer(app);
    const date = await openFreshLottery(app);
    await goBack();
    const { body: receipt } = (await submit(app, date, player).expect(201)) as { body: Receipt };
    const { body } = await close(app, date, '&early=true').expect(200);
    const { opensAt, notes } = body as LotteryBody;
    const instants = [notes.seal, notes.draw].map((note) => /^(?:sealed|drawn) (.*)$/m.exec(note ?? '')?.[1]);
    expect([receipt.submittedAt, ...instants]).toEqual([opensAt, opensAt, opensAt]);
  });

  it('of a lottery without ballots do not, either', async () => {
    const date = await openFreshLottery(app);
    await goBack();
    const { body } = await close(app, date, '&early=true').expect(200);
    const { opensAt, notes } = body as LotteryBody;
    expect(notes.seal).toContain(`\nsealed ${opensAt}\n`);
  });

  it('of a pool do not, either', async () => {
    const gameId = '019aa000-0000-7000-8000-000000000002';
    await take(app, stakesOn(gameId, 1));
    await goBack();
    await take(app, stakesOn(gameId, 9));
    const [row] = await app.database.dataSource.query<Record<string, Date>[]>(
      `select opens_at, (select min(submitted_at) from ballots where draw_id = draws.id) as first,
         (select max(submitted_at) from ballots where draw_id = draws.id) as last, sealed_at, drawn_at
       from draws join pools on pools.id = draws.id where game_id = $1 and pools.state = 'drawn'`,
      [gameId],
    );
    const instants = Object.values(row as Record<string, Date>);
    expect(instants).toEqual(instants.toSorted((a, b) => a.getTime() - b.getTime()));
    expect(instants).toHaveLength(5);
  });
});

import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { NoteSigner } from '../../src/shared/application/note-signer';
import { LotteryBody, Receipt, submit } from '../support/lottery-client';
import { addPlayer, adminBearer } from '../support/players';
import { fieldsOf } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

const DAY_MS = 86_400_000;

describe('midnight UTC', () => {
  let database: TestDatabase;
  let app: TestApp;

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  async function startAt(instant: string): Promise<void> {
    database = await createTestDatabase();
    await database.setClock(new Date(instant));
    app = await startTestApp({}, database);
  }

  async function passTo(instant: string): Promise<void> {
    await database.setClock(new Date(instant));
    await reconcile();
  }

  /** Twice: the first call may join a pass that began before the clock was moved. */
  async function reconcile(): Promise<void> {
    await app.app.get(Reconciler).tick();
    await app.app.get(Reconciler).tick();
  }

  const look = async (date: string) => (await app.request().get(`/lotteries/${date}`).expect(200)).body as LotteryBody;

  const states = async () =>
    database.dataSource.query<{ date: string; state: string }[]>(
      'select date::text, state from lotteries order by date',
    );

  it.each([
    ['2026-11-20', '2026-11-21', '2026-11-22'],
    ['2026-12-31', '2027-01-01', '2027-01-02'],
    ['2028-02-28', '2028-02-29', '2028-03-01'],
    ['2028-02-29', '2028-03-01', '2028-03-02'],
    ['2100-02-28', '2100-03-01', '2100-03-02'],
  ])('closes %s, never %s, and opens %s', async (yesterday, today, tomorrow) => {
    await startAt(`${yesterday}T23:59:30Z`);
    await submit(app, 'today', await addPlayer(app)).expect(201);
    await reconcile();
    expect(await states()).toEqual([
      { date: yesterday, state: 'open' },
      { date: today, state: 'open' },
    ]);
    await passTo(`${today}T00:00:00Z`);
    expect(await states()).toEqual([
      { date: yesterday, state: 'drawn' },
      { date: today, state: 'open' },
      { date: tomorrow, state: 'open' },
    ]);
    const seal = fieldsOf((await look(yesterday)).notes.seal ?? '', app.app.get(NoteSigner).verifierKey);
    expect(seal).toMatchObject({ trigger: 'schedule', size: '1' });
    expect(seal['sealed']?.startsWith(`${today}T00:00:0`)).toBe(true);
  });

  it('takes nothing for a day that is over, sealed or not, and what is meant for today into the new day', async () => {
    await startAt('2031-05-05T23:59:30Z');
    const player = await addPlayer(app);
    await database.setClock(new Date('2031-05-06T00:00:00Z'));
    expect((await submit(app, '2031-05-05', player).expect(409)).body).toMatchObject({ code: 'ballot.closed' });
    expect(((await submit(app, 'today', player).expect(201)).body as Receipt).lotteryDate).toBe('2031-05-06');
    await reconcile();
    expect(await look('2031-05-05')).toMatchObject({ ballots: 0, state: 'void' });
  });

  it('closes nothing twice, nothing early and reopens nothing where the clock jumps back an hour', async () => {
    await startAt('2031-05-05T23:59:30Z');
    await submit(app, 'today', await addPlayer(app)).expect(201);
    await passTo('2031-05-06T00:00:01Z');
    const closed = await look('2031-05-05');
    await passTo('2031-05-05T23:00:01Z');
    expect(await look('2031-05-05')).toEqual(closed);
    await submit(app, '2031-05-05', await addPlayer(app)).expect(409);
    await passTo('2031-05-06T00:00:00Z');
    expect(await look('2031-05-05')).toEqual(closed);
    expect(await look('2031-05-06')).toMatchObject({ state: 'open' });
  });

  it('never lets a later ballot have an earlier time where the clock jumps back', async () => {
    await startAt('2031-05-05T12:00:00Z');
    const player = await addPlayer(app);
    const before = (await submit(app, 'today', player).expect(201)).body as Receipt;
    await database.setClock(new Date('2031-05-05T11:00:00Z'));
    const after = (await submit(app, '2031-05-05', player).expect(201)).body as Receipt;
    expect(after.index).toBe(before.index + 1);
    expect(after.submittedAt >= before.submittedAt).toBe(true);
  });

  it('closes the days that were missed while everything was down, in their order, at the next start', async () => {
    await startAt('2031-05-01T12:00:00Z');
    const days = ['2031-05-01', '2031-05-02', '2031-05-03'];
    const open = app
      .request()
      .post('/lotteries')
      .set('authorization', await adminBearer(app));
    await open.send({ date: days[2] }).expect(201);
    const player = await addPlayer(app);
    for (const day of days) await submit(app, day, player).expect(201);
    await app.close();
    await database.setClock(new Date('2031-05-04T09:30:00Z'));
    app = await startTestApp({}, database);
    const closed = await database.dataSource.query<{ date: string; state: string }[]>(
      `select date::text, state from lotteries join draws on draws.id = draw_id where seal_note is not null order by sealed_at, date`,
    );
    expect(closed).toEqual(days.map((date) => ({ date, state: 'drawn' })));
    const sealed = await database.dataSource.query<{ at: Date }[]>(
      'select sealed_at as at from lotteries join draws on draws.id = draw_id where seal_note is not null order by date',
    );
    const instants = sealed.map(({ at }) => at.getTime());
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(await look('today')).toMatchObject({ date: '2031-05-04', state: 'open' });
  });

  it('goes on with a lottery that a crash left sealed but not drawn', async () => {
    await startAt('2031-05-05T12:00:00Z');
    await submit(app, 'today', await addPlayer(app)).expect(201);
    await database.dataSource.query(`
      create function crash() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$;
      create trigger crash before update on draws for each row when (new.draw_note is not null) execute function crash()`);
    const log = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await passTo('2031-05-06T00:00:00Z');
    const logged = log.mock.calls.map(([text]) => String(text)).join('');
    jest.restoreAllMocks();
    expect(logged).toContain('could not be opened or closed');
    expect(logged).not.toMatch(/secret|parameters|lottery-draw/);
    const sealed = await look('2031-05-05');
    expect(sealed).toMatchObject({ state: 'sealed', notes: { draw: null }, winner: null });
    await database.dataSource.query('drop function crash() cascade');
    await reconcile();
    const drawn = await look('2031-05-05');
    expect(drawn).toMatchObject({ state: 'drawn', winner: { index: 0 } });
    expect(drawn.notes.seal).toBe(sealed.notes.seal);
  });

  it('opens today also where no process ran for weeks', async () => {
    await startAt('2031-05-05T12:00:00Z');
    await passTo(new Date(Date.parse('2031-05-05T12:00:00Z') + 30 * DAY_MS).toISOString());
    expect(await states()).toEqual([
      { date: '2031-05-05', state: 'void' },
      { date: '2031-05-06', state: 'void' },
      { date: '2031-06-04', state: 'open' },
      { date: '2031-06-05', state: 'open' },
    ]);
  });
});

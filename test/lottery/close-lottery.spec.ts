import { closeAsOperatorsDo, letCloseAhead } from '../support/close-ahead';
import { hash } from 'node:crypto';
import { BallotIntake } from '../../src/ballot/ballot.api';
import { drawKey, namedIndexes } from '../../src/draw/domain/candidates';
import { NoteSigner } from '../../src/shared/application/note-signer';
import { noteBody } from '../../src/shared/domain/signed-note';
import { close, drawIdOf, LotteryBody, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayer, addPlayers, adminBearer, TestPlayer } from '../support/players';
import { fieldsOf, rebuildLog } from '../support/sealed-tree';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../support/test-app';

describe('close a lottery by hand', () => {
  let app: TestApp;
  let verifierKey: string;

  beforeAll(async () => {
    app = await startTestApp();
    verifierKey = app.app.get(NoteSigner).verifierKey;
  });

  afterAll(() => app.close());

  const look = async (date: string) => (await app.request().get(`/lotteries/${date}`).expect(200)).body as LotteryBody;

  async function ban(player: TestPlayer): Promise<void> {
    const request = app.request().post(`/users/${player.id}/ban`);
    await request.set('authorization', await adminBearer(app)).expect(204);
  }

  it('seals, draws and tells the winner to everybody', async () => {
    const date = await openFreshLottery(app);
    const players = await addPlayers(app, 5);
    for (const player of players) await submit(app, date, player).expect(201);
    const closed = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    expect(closed).toMatchObject({ date, state: 'drawn', ballots: 5 });
    expect(await look(date)).toEqual(closed);

    const { lines } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    const winner = (await app.request().get(`/lotteries/${date}/winner`).expect(200)).body as Record<string, unknown>;
    const [index, ballotId, player, submittedAt] = (lines[winner['index'] as number] as string).split(' ');
    const person = players.find(({ id }) => id === winner['userId']);
    expect(winner).toEqual({
      ballotId,
      userId: person?.id,
      name: person?.name,
      lotteryDate: date,
      submittedAt,
      index: Number(index),
      player,
    });
    expect(closed.winner).toEqual(winner);
    expect((await app.request().get(`/lotteries/winner?date=${date}`).expect(200)).body).toEqual(winner);
  });

  it('publishes notes from which anybody computes the same winner', async () => {
    const date = await openFreshLottery(app);
    for (const player of await addPlayers(app, 7)) await submit(app, date, player).expect(201);
    const { notes, winner } = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    const [open, seal, draw] = [notes.open, notes.seal ?? '', notes.draw ?? ''];
    const [opened, sealed, drawn] = [open, seal, draw].map((note) => fieldsOf(note, verifierKey));
    const { lines, root } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));

    expect(opened).toMatchObject({ name: `daily ${date}`, winners: '1', beacon: 'none' });
    const secret = Buffer.from(drawn?.['secret'] ?? '', 'hex');
    const committed = Buffer.concat([Buffer.from('lottery-draw/v2/commit\0'), secret]);
    expect(opened?.['commitment']).toBe(hash('sha256', committed, 'hex'));
    expect(sealed).toMatchObject({ open: hash('sha256', noteBody(open), 'hex'), trigger: 'manual', size: '7', root });
    expect(drawn).toMatchObject({ seal: hash('sha256', noteBody(seal), 'hex'), assurance: 'C' });
    const [named] = namedIndexes(drawKey(secret, noteBody(open), noteBody(seal), null), 7);
    const ballotId = lines[named?.index ?? -1]?.split(' ')[1];
    expect(drawn?.['candidate']).toBe(`${named?.block} ${named?.index} ${ballotId} winner`);
    expect(winner).toMatchObject({ ballotId, index: named?.index });
  });

  it('keeps the secret to itself until the lottery is drawn', async () => {
    const date = await openFreshLottery(app);
    const [row] = await app.database.dataSource.query<[{ secret: Buffer }]>(
      'select secret from draw_secrets where draw_id = $1',
      [await drawIdOf(app, date)],
    );
    expect(JSON.stringify(await look(date))).not.toContain(row.secret.toString('hex'));
    await submit(app, date, await addPlayer(app)).expect(201);
    await close(app, date, '&early=true').expect(200);
    expect((await look(date)).notes.draw).toContain(`secret ${row.secret.toString('hex')}`);
  });

  it('never draws a banned player, however many ballots they have', async () => {
    const date = await openFreshLottery(app);
    const [banned, other] = (await addPlayers(app, 2)) as [TestPlayer, TestPlayer];
    for (let i = 0; i < 60; i++) await submit(app, date, banned).expect(201);
    await submit(app, date, other).expect(201);
    await ban(banned);
    const { notes, winner } = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    expect(winner).toMatchObject({ userId: other.id, index: 60 });
    const { lines } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    const pseudonym = lines[0]?.split(' ')[2];
    expect(fieldsOf(notes.seal ?? '', verifierKey)['excluded']).toBe(`1 ${hash('sha256', `${pseudonym}\n`, 'hex')}`);
    expect(lines).toHaveLength(61);
  });

  it('finds the few who can win among thousands of excluded ballots', async () => {
    const date = await openFreshLottery(app);
    const [banned, other] = (await addPlayers(app, 2)) as [TestPlayer, TestPlayer];
    const drawId = await drawIdOf(app, date);
    const intake = app.app.get(BallotIntake, { strict: false });
    const submission = { drawId, userId: banned.id, idempotencyKey: null, count: 1 };
    await Promise.all(Array.from({ length: 5_000 }, () => intake.submit(submission)));
    for (let i = 0; i < 5; i++) await submit(app, date, other).expect(201);
    await ban(banned);
    const { notes, winner } = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    expect(winner?.userId).toBe(other.id);
    const named = (notes.draw ?? '').split('\n').filter((line) => /^(?:candidate|ranked) /.test(line));
    expect(named.length).toBeLessThanOrEqual(257);
    expect(named.at(-1)).toContain(` ${winner?.index} ${winner?.ballotId}`);
    expect(named.at(-1)).toMatch(named.length === 257 ? /^ranked / : / winner$/);
    expect(named.slice(0, -1).every((line) => line.endsWith(' excluded'))).toBe(true);
  });

  it('lets a winner who is banned after the seal keep the prize', async () => {
    const date = await openFreshLottery(app);
    const player = await addPlayer(app);
    await submit(app, date, player).expect(201);
    const before = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    await ban(player);
    expect(((await close(app, date).expect(200)).body as LotteryBody).winner).toEqual(before.winner);
  });

  it.each([
    ['without ballots', 0],
    ['whose every ballot is excluded', 3],
  ])('ends a lottery %s void, with a seal note and no draw note', async (_, ballots) => {
    const date = await openFreshLottery(app);
    const player = await addPlayer(app);
    for (let i = 0; i < ballots; i++) await submit(app, date, player).expect(201);
    if (ballots > 0) await ban(player);
    const closed = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    expect(closed).toMatchObject({ state: 'void', winner: null, ballots, notes: { draw: null } });
    expect(fieldsOf(closed.notes.seal ?? '', verifierKey)).toMatchObject({ size: String(ballots) });
    const { body } = await app.request().get(`/lotteries/${date}/winner`).expect(404);
    expect(body).toMatchObject({ code: 'lottery.void' });
  });

  it('answers a second call with the stored result', async () => {
    const date = await openFreshLottery(app);
    await submit(app, date, await addPlayer(app)).expect(201);
    const first = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    expect((await close(app, date).expect(200)).body).toEqual(first);
    expect((await close(app, date, '&early=true').expect(200)).body).toEqual(first);
  });

  it('refuses to close early unless it is told to', async () => {
    const { body } = await close(app, await openFreshLottery(app)).expect(409);
    expect(body).toMatchObject({ code: 'lottery.not-over' });
    expect((await close(app, new Date().toISOString().slice(0, 10), '&early=false').expect(409)).body).toMatchObject({
      code: 'lottery.not-over',
    });
  });

  it('refuses to close tomorrow, which would have no lottery then', async () => {
    const [date, missing] = [await openFreshLottery(app), '2089-01-01'];
    closeAsOperatorsDo(app.app);
    try {
      expect((await close(app, date, '&early=true').expect(409)).body).toMatchObject({ code: 'lottery.not-begun' });
      expect((await close(app, date).expect(409)).body).toMatchObject({ code: 'lottery.not-begun' });
      expect((await close(app, missing, '&early=true').expect(404)).body).toMatchObject({ code: 'lottery.not-found' });
      await submit(app, date, await addPlayer(app)).expect(201);
    } finally {
      letCloseAhead(app.app);
    }
  });

  it('lets admins close today early, once, and names them in the audit trail', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await submit(app, 'today', await addPlayer(app)).expect(201);
    const authorization = await adminBearer(app);
    const closeAs = (path: string) => app.request().post(`/lotteries/${path}`).set('authorization', authorization);
    expect((await closeAs('today/close').expect(409)).body).toMatchObject({ code: 'lottery.not-over' });
    const closed = (await closeAs('today/close?early=true').expect(200)).body as LotteryBody;
    expect(closed).toMatchObject({ date: today, state: 'drawn', ballots: 1 });
    expect(fieldsOf(closed.notes.seal ?? '', verifierKey)['trigger']).toBe('manual');
    expect((await closeAs(`${today}/close?early=true`).expect(200)).body).toEqual(closed);
    const { id } = (await app.request().get('/users/me').set('authorization', authorization).expect(200)).body as {
      id: string;
    };
    const trail = await app.request().get('/audit?limit=100').set('authorization', authorization).expect(200);
    const acts = (trail.body as { items: { action: string; subject: string }[] }).items;
    expect(acts.filter(({ action, subject }) => action === 'lottery.closed' && subject === today)).toEqual([
      expect.objectContaining({ actor: id, details: { early: 'true' } }),
    ]);
    const later = await openFreshLottery(app);
    expect((await closeAs(`${later}/close?early=true`).expect(409)).body).toMatchObject({ code: 'lottery.not-begun' });
    expect((await closeAs('2089-01-01/close').expect(404)).body).toMatchObject({ code: 'lottery.not-found' });
    expect((await closeAs('tomorrow/close').expect(400)).body).toMatchObject({ code: 'request.invalid' });
    expect((await closeAs('today/close?early=1').expect(400)).body).toMatchObject({ code: 'request.invalid' });
  });

  it('closes a day that is over', async () => {
    const date = await openFreshLottery(app);
    await submit(app, date, await addPlayer(app)).expect(201);
    await app.database.setClock(new Date(Date.parse(date) + 86_400_000));
    try {
      const closed = (await close(app, date).expect(200)).body as LotteryBody;
      expect(closed).toMatchObject({ state: 'drawn' });
      expect(fieldsOf(closed.notes.seal ?? '', verifierKey)['trigger']).toBe('manual');
    } finally {
      await app.database.setClockOffset(0);
    }
  });

  it('refuses unknown days, bad dates, bad flags, and callers without the token', async () => {
    const refusals = [
      [close(app, '2091-01-01'), 404, 'lottery.not-found'],
      [close(app, '2026-02-30'), 400, 'request.invalid'],
      [close(app, ''), 400, 'request.invalid'],
      [close(app, '2026-11-20', '&early=maybe'), 400, 'request.invalid'],
      [close(app, '2026-11-20', '&force=true'), 400, 'request.invalid'],
      [app.request().post('/lotteries/close'), 401, 'access.internal-token-missing'],
      [
        app.request().post('/lotteries/close').set('x-internal-token', `${CLOSE_TOKEN}x`),
        403,
        'access.internal-token-wrong',
      ],
      [
        app
          .request()
          .post('/lotteries/close')
          .set('authorization', await adminBearer(app)),
        401,
        'access.internal-token-missing',
      ],
    ] as const;
    for (const [request, status, code] of refusals) {
      expect((await request).body).toMatchObject({ status, code });
    }
  });

  it('names every fault of a query at once, in these words', async () => {
    const date = 'date must be a calendar day: YYYY-MM-DD';
    const early = 'early must be a boolean value';
    for (const text of ['today', '2026-02-30', '', '2026-11-20&date=2026-11-21']) {
      const { body } = await close(app, text, '&early=maybe').expect(400);
      const errors = [
        { parameter: 'date', detail: date },
        { parameter: 'early', detail: early },
      ];
      expect((body as { errors: unknown[] }).errors.toSorted(byParameter)).toEqual(errors);
    }
    const opening = app
      .request()
      .post('/lotteries')
      .set('authorization', await adminBearer(app));
    const { body } = await opening.send({ date: 20261120 }).expect(400);
    expect(body).toMatchObject({ errors: [{ pointer: '/date', detail: date }] });
  });

  it('writes who closed what into the audit trail, once', async () => {
    const date = await openFreshLottery(app);
    await close(app, date, '&early=true').expect(200);
    await close(app, date, '&early=true').expect(200);
    const { body } = await app
      .request()
      .get('/audit?limit=100')
      .set('authorization', await adminBearer(app))
      .expect(200);
    const acts = (body as { items: { action: string; subject: string; actor: string; details: unknown }[] }).items;
    const closings = acts.filter(({ action, subject }) => action === 'lottery.closed' && subject === date);
    expect(closings).toEqual([expect.objectContaining({ actor: 'operator', details: { early: 'true' } })]);
  });
});

describe('look lotteries up', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  it('has today and tomorrow without anybody asking', async () => {
    const { body } = await app.request().get('/lotteries').expect(200);
    const [today, tomorrow] = [0, 86_400_000].map((ms) => new Date(Date.now() + ms).toISOString().slice(0, 10));
    expect(body).toMatchObject({ items: [{ date: tomorrow }, { date: today }], nextCursor: null });
    const { body: found } = await app.request().get('/lotteries/today').expect(200);
    expect(found).toMatchObject({
      date: today,
      state: 'open',
      closesAt: `${tomorrow}T00:00:00.000Z`,
      ballots: 0,
      notes: { seal: null, draw: null },
      winner: null,
      assurance: {
        level: 'C',
        sentence: expect.stringContaining('the operator could know the result beforehand') as string,
      },
    });
  });

  it('pages from the newest day and filters by state', async () => {
    const dates: string[] = [];
    for (let i = 0; i < 5; i++) dates.unshift(await openFreshLottery(app));
    await close(app, dates[2] as string, '&early=true').expect(200);
    const first = (await app.request().get('/lotteries?limit=3').expect(200)).body as Listed;
    const second = (await app.request().get(`/lotteries?limit=100&cursor=${first.nextCursor}`).expect(200))
      .body as Listed;
    expect([...first.items, ...second.items].map(({ date }) => date).slice(0, 5)).toEqual(dates);
    expect(second.nextCursor).toBeNull();
    const voids = (await app.request().get('/lotteries?state=void').expect(200)).body as Listed;
    expect(voids.items.map(({ date }) => date)).toEqual([dates[2]]);
  });

  it('opens further days for admins alone, once', async () => {
    const open = (bearer: string, date: unknown) =>
      app.request().post('/lotteries').set('authorization', bearer).send({ date });
    const admin = await adminBearer(app);
    const created = await open(admin, '2095-06-01').expect(201);
    expect(created.body).toMatchObject({ date: '2095-06-01', state: 'open', closesAt: '2095-06-02T00:00:00.000Z' });
    expect((await open(admin, '2095-06-01').expect(409)).body).toMatchObject({ code: 'lottery.exists' });
    expect((await open(admin, '2020-01-01').expect(422)).body).toMatchObject({ code: 'lottery.day-past' });
    for (const bad of ['2026-02-30', 'tomorrow', 7, null, ['2095-06-02'], '10000-01-01', '9999-12-31']) {
      expect((await open(admin, bad).expect(400)).body).toMatchObject({ code: 'request.invalid' });
    }
    await open((await addPlayer(app)).bearer, '2095-06-02').expect(403);
    await app.request().get('/lotteries/2095-06-02').expect(404);
  });

  it('tells apart why there is no winner', async () => {
    const winner = async (path: string) => (await app.request().get(path)).body as { status: number; code: string };
    expect(await winner('/lotteries/today/winner')).toMatchObject({ status: 404, code: 'lottery.not-drawn' });
    expect(await winner('/lotteries/2091-01-01/winner')).toMatchObject({ status: 404, code: 'lottery.not-found' });
    expect(await winner('/lotteries/winner?date=2091-01-01')).toMatchObject({ status: 404, code: 'lottery.not-found' });
    expect(await winner('/lotteries/2026-02-30/winner')).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await winner('/lotteries/winner?date=2026-02-30')).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await winner('/lotteries/winner')).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  interface Listed {
    items: { date: string }[];
    nextCursor: string | null;
  }
});

function byParameter(a: unknown, b: unknown): number {
  return JSON.stringify(a).localeCompare(JSON.stringify(b));
}

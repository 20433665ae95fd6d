import { Clock } from '../../src/shared/application/clock';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { close, drawIdOf, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayer, addPlayers, adminBearer, TestPlayer } from '../support/players';
import { rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';

describe('submit a ballot with an Idempotency-Key', () => {
  let app: TestApp;
  let replica: TestApp;
  let player: TestPlayer;

  beforeAll(async () => {
    app = await startTestApp();
    replica = await startTestApp({}, app.database);
    player = await addPlayer(app);
  });

  afterAll(async () => {
    await replica.close();
    await app.close();
  });

  const linesOf = async (date: string) => (await rebuildLog(app.database.dataSource, await drawIdOf(app, date))).lines;

  it('gives the same receipt again and stores nothing', async () => {
    const date = await openFreshLottery(app);
    const first = await submit(app, date, player, 'once').expect(201);
    await submit(app, date, player).expect(201);
    const second = await submit(app, date, player, 'once').expect(201);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.headers).toHaveProperty('idempotent-replayed', 'true');
    expect(second.body).toEqual(first.body);
    expect(await linesOf(date)).toHaveLength(2);
  });

  it('makes one ballot of many attempts in flight, on every replica', async () => {
    const date = await openFreshLottery(app);
    const attempts = Array.from({ length: 32 }, (_, i) => submit(i % 2 ? app : replica, date, player, 'in flight'));
    const answers = await Promise.all(attempts.map((attempt) => attempt.expect(201)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] !== 'true')).toHaveLength(1);
    expect(await linesOf(date)).toHaveLength(1);
  });

  it('refuses the key for another lottery', async () => {
    const [date, other] = [await openFreshLottery(app), await openFreshLottery(app)];
    await submit(app, date, player, 'elsewhere').expect(201);
    const { body } = await submit(app, other, player, 'elsewhere').expect(422);
    expect(body).toMatchObject({ code: 'ballot.idempotency-key-reused' });
    expect(await linesOf(other)).toHaveLength(0);
  });

  it('lets one of two lotteries have the key when both ask at once', async () => {
    const [date, other] = [await openFreshLottery(app), await openFreshLottery(app)];
    for (let round = 0; round < 20; round++) {
      const keys = [`a${round}`, `b${round}`, `c${round}`];
      const attempts = keys.flatMap((key) => [submit(app, date, player, key), submit(replica, other, player, key)]);
      const answers = await Promise.all(attempts);
      const statuses = keys.map((_, i) => [answers[2 * i]?.status, answers[2 * i + 1]?.status].toSorted());
      expect(statuses).toEqual(keys.map(() => [201, 422]));
    }
    expect((await linesOf(date)).length + (await linesOf(other)).length).toBe(60);
  });

  it('keeps the keys of different players apart', async () => {
    const date = await openFreshLottery(app);
    const players = await addPlayers(app, 3);
    const answers = await Promise.all(players.map((one) => submit(app, date, one, 'same words').expect(201)));
    expect(new Set(answers.map(({ body }) => (body as Receipt).id)).size).toBe(3);
  });

  it('gives the receipt also after the seal and to a player banned since', async () => {
    const date = await openFreshLottery(app);
    const banned = await addPlayer(app);
    const first = await submit(app, date, banned, 'before the end').expect(201);
    await close(app, date, '&early=true').expect(200);
    const ban = app.request().post(`/users/${banned.id}/ban`);
    await ban.set('authorization', await adminBearer(app)).expect(204);
    const again = await submit(app, date, banned, 'before the end').expect(201);
    expect(again.body).toEqual(first.body);
    await submit(app, date, banned, 'after the end').expect(409);
  });

  it('holds when the answer to a committed ballot is lost', async () => {
    const date = await openFreshLottery(app);
    const work = app.app.get(UnitOfWork);
    const run = jest.spyOn(work, 'runAlone').mockImplementationOnce(async (inner) => {
      run.mockRestore();
      await work.runAlone(inner);
      throw new Error('the process died between commit and answer');
    });
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await submit(app, date, player, 'lost answer').expect(500);
    jest.restoreAllMocks();
    const retried = await submit(app, date, player, 'lost answer').expect(201);
    expect(retried.headers).toHaveProperty('idempotent-replayed', 'true');
    expect(await linesOf(date)).toEqual([(retried.body as Receipt).line]);
  });

  it('does not spend the key on a refusal', async () => {
    const banned = await addPlayer(app);
    const date = await openFreshLottery(app);
    const admin = await adminBearer(app);
    await app.request().post(`/users/${banned.id}/ban`).set('authorization', admin).expect(204);
    await submit(app, date, banned, 'too early').expect(403);
    await app.request().post(`/users/${banned.id}/unban`).set('authorization', admin).expect(204);
    const { headers } = await submit(app, date, banned, 'too early').expect(201);
    expect(headers).not.toHaveProperty('idempotent-replayed');
  });

  it.each(['', 'x'.repeat(256), 'täst', ' '])('refuses the key %j', async (key) => {
    const { body } = await submit(app, 'today', player, Buffer.from(key).toString('latin1')).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ header: 'Idempotency-Key' }] });
  });

  it('takes a key of 255 characters', async () => {
    await submit(app, 'today', player, 'k'.repeat(255)).expect(201);
  });

  it('means yesterday’s ballot where today was retried after midnight', async () => {
    try {
      await app.database.setClock(new Date('2061-03-01T23:59:59Z'));
      await app.app.get(Clock).synchronise();
      for (const date of ['2061-03-01', '2061-03-02']) {
        const open = app
          .request()
          .post('/lotteries')
          .set('authorization', await adminBearer(app));
        await open.send({ date }).expect(201);
      }
      const first = await submit(app, 'today', player, 'around midnight').expect(201);
      await app.database.setClock(new Date('2061-03-02T00:00:01Z'));
      await app.app.get(Clock).synchronise();
      const again = await submit(app, 'today', player, 'around midnight').expect(201);
      expect(again.body).toEqual(first.body);
      expect((first.body as Receipt).lotteryDate).toBe('2061-03-01');
      await submit(app, '2061-03-02', player, 'around midnight').expect(422);
    } finally {
      await app.database.setClockOffset(0);
    }
  });
});

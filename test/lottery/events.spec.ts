import { Outbox } from '../../src/shared/application/outbox';
import { close, drawIdOf, LotteryBody, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayers, adminBearer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';

describe('the events of a lottery', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.close());

  const eventsOf = (aggregateId: string) =>
    app.database.dataSource.query<{ type: string; version: number; payload: unknown }[]>(
      `select type, aggregate_version as version, payload from outbox_events where aggregate_id = $1 order by position`,
      [aggregateId],
    );

  const read = async (date: string) => (await app.request().get(`/lotteries/${date}`).expect(200)).body as LotteryBody;

  it('tell of its opening, its seal and its winner, each once', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    for (const player of await addPlayers(app, 3)) await submit(app, date, player).expect(201);
    for (let again = 0; again < 2; again++) await close(app, date, '&early=true').expect(200);
    const { winner, closesAt } = await read(date);
    expect(winner).not.toBeNull();
    const { ballotId, userId, index } = winner!;
    expect(await eventsOf(drawId)).toEqual([
      { type: 'lottery.opened', version: 1, payload: { date, drawId, state: 'open', closesAt } },
      { type: 'lottery.sealed', version: 2, payload: { date, drawId, state: 'sealed', ballots: 3 } },
      {
        type: 'lottery.drawn',
        version: 3,
        payload: { date, drawId, state: 'drawn', winner: { ballotId, userId, index } },
      },
    ]);
  });

  it('have the times of the signed notes', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    await submit(app, date, (await addPlayers(app, 1))[0]!).expect(201);
    await close(app, date, '&early=true').expect(200);
    const { body } = await app.request().get(`/lotteries/${date}/bundle`).expect(200);
    const { open, seal, draw } = body as Record<'open' | 'seal' | 'draw', string>;
    const noted = [/^opens (.*)$/m.exec(open), /^sealed (.*)$/m.exec(seal), /^drawn (.*)$/m.exec(draw)];
    const rows = await app.database.dataSource.query<{ at: Date }[]>(
      'select occurred_at as at from outbox_events where aggregate_id = $1 order by position',
      [drawId],
    );
    expect(rows.map(({ at }) => at.toISOString())).toEqual(noted.map((field) => field?.[1]));
  });

  it('tell that it is void', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    await close(app, date, '&early=true').expect(200);
    expect((await eventsOf(drawId)).slice(1)).toEqual([
      { type: 'lottery.voided', version: 2, payload: { date, drawId, state: 'void', ballots: 0 } },
    ]);
  });

  it('are there if and only if it has happened', async () => {
    const date = await openFreshLottery(app);
    jest.spyOn(app.app.get(Outbox), 'add').mockRejectedValue(new Error('no'));
    await close(app, date, '&early=true').expect(500);
    expect((await read(date)).state).toBe('open');
  });

  it('stand beside those of people: a ban and its end', async () => {
    const [player] = await addPlayers(app, 1);
    const bearer = await adminBearer(app);
    await app.request().post(`/users/${player!.id}/ban`).set('authorization', bearer).send({ reason: 'x' }).expect(204);
    await app.request().post(`/users/${player!.id}/unban`).set('authorization', bearer).expect(204);
    expect(await eventsOf(player!.id)).toEqual([
      { type: 'user.banned', version: 1, payload: { userId: player!.id, bannedAt: expect.any(String) as string } },
      { type: 'user.unbanned', version: 2, payload: { userId: player!.id } },
    ]);
  });
});

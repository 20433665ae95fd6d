import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '../../src/platform/database/database-clock';
import { EventRoutes } from '../../src/platform/kafka/event-routes';
import { Clock } from '../../src/shared/application/clock';
import { recordStatements } from '../load/support/statement-recorder';
import { addPlayers, adminBearer } from '../support/players';
import { announce, eventsOf, poolsOf, setRules, stakeOn, stakesOn, take } from '../support/pool-client';
import { startTestApp, TestApp } from '../support/test-app';

describe('stake pools', () => {
  let app: TestApp;
  let gameId: string;

  // Nobody else is at work, not even the clock: statements are counted.
  beforeAll(async () => {
    app = await startTestApp({ ROLES: 'api' });
    await app.app.get<DatabaseClock>(Clock).onApplicationShutdown();
  });
  afterAll(() => app.close());
  beforeEach(() => (gameId = randomUUID()));

  it('gather ten stakes, then draw one winner among them and award 90 % of the pot', async () => {
    const stakes = Array.from({ length: 10 }, (_, i) => stakeOn(gameId, BigInt(i + 1)));
    for (const stake of stakes.slice(0, 9)) {
      const { body } = await announce(app, stake).expect(201);
      expect(body).toMatchObject({ index: stakes.indexOf(stake), status: 'in_waiting' });
    }
    const [open] = await poolsOf(app, gameId);
    expect(open).toMatchObject({ state: 'open', entryCount: 9, pot: '45', winner: null, award: null });
    expect(open?.notes).toMatchObject({ seal: null, draw: null });
    const { body: last } = await announce(app, stakes[9]!).expect(201);
    expect(last).toMatchObject({ index: 9, poolId: open?.id });
    expect(['winner', 'finished']).toContain(last.status);

    const [drawn, next] = await poolsOf(app, gameId);
    expect(drawn).toMatchObject({ id: open?.id, state: 'drawn', entryCount: 10, pot: '55', assurance: { level: 'C' } });
    expect(drawn?.notes.open).toContain('\ncloses when-full 10\n');
    expect(drawn?.notes.seal).toContain('\ntrigger full\nsize 10\n');
    const statuses = drawn?.entries.items.map(({ status }) => status) ?? [];
    expect(statuses.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'finished'), 'winner']);
    expect(drawn?.winner).toEqual(drawn?.entries.items.find(({ status }) => status === 'winner'));
    expect(drawn?.award).toMatchObject({ winSum: '49', house: '6', status: 'played_out' });
    expect(next).toMatchObject({ state: 'open', entryCount: 0 });

    const events = await eventsOf(app, drawn!.id);
    expect(events.map(({ type, version }) => [type, version])).toEqual([
      ['pool.opened', 1],
      ['pool.sealed', 2],
      ['pool.drawn', 3],
      ['pool.awarded', 4],
    ]);
    expect(events[3]?.payload).toEqual({
      awardId: drawn?.award?.id,
      poolId: drawn?.id,
      gameId,
      playerId: stakes[drawn!.winner!.index]?.userId,
      winSum: '49',
      pot: '55',
      status: 'played_out',
      time: expect.any(String),
      verify: `/pools/${drawn?.id}/bundle`,
    });
  });

  it('send awards to the player service, in its words', () => {
    const { topic, value } = app.app.get(EventRoutes).of('pool.awarded');
    expect(topic).toBe('lottery.v1.award');
    expect(JSON.stringify(value?.({ awardId: 'a', winSum: '49' }))).toBe(
      '{"message":{"eventType":"lotteryAwardCreated"},"award":{"awardId":"a","winSum":"49"}}',
    );
  });

  it('show no player by a personal id', async () => {
    const stakes = stakesOn(gameId, 10);
    await take(app, stakes);
    const text = JSON.stringify(await poolsOf(app, gameId));
    for (const { userId } of stakes) expect(text).not.toContain(userId);
  });

  it('fill one after the other from one batch, in the order of the stakes, each opened before it is filled', async () => {
    const stakes = Array.from({ length: 35 }, (_, i) => stakeOn(gameId, BigInt(i + 1)));
    await take(app, stakes);
    const pools = await poolsOf(app, gameId);
    expect(pools.map(({ state, entryCount }) => [state, entryCount])).toEqual([
      ['drawn', 10],
      ['drawn', 10],
      ['drawn', 10],
      ['open', 5],
    ]);
    const entered = pools.flatMap(({ entries }) => entries.items.map(({ stake }) => stake));
    expect(entered).toEqual(stakes.map(({ stakeMinor }) => stakeMinor.toString()));
  });

  it('never change once they are drawn', async () => {
    await take(app, stakesOn(gameId, 10));
    const [before] = await poolsOf(app, gameId);
    await take(app, stakesOn(gameId, 25));
    expect((await poolsOf(app, gameId))[0]).toEqual(before);
  });

  it('take a message once, however often it is delivered: in a batch, in another, over HTTP', async () => {
    const [first, second] = [stakeOn(gameId, 7n), stakeOn(gameId, 8n)];
    await take(app, [first, { ...second, messageId: first.messageId }, second]);
    await take(app, [second, first]);
    const again = await announce(app, first).expect(201);
    expect(again.body).toMatchObject({ index: 0, status: 'in_waiting' });
    const [pool] = await poolsOf(app, gameId);
    expect(pool?.entries.items.map(({ stake }) => stake)).toEqual(['7', '8']);
    const other = await announce(app, { ...first, stakeMinor: 9n }).expect(422);
    expect(other.body.code).toBe('pool.idempotency-key-reused');
  });

  it('take a message once, also when the inbox has forgotten it: alone, among others, over HTTP', async () => {
    const [first, second, third] = [stakeOn(gameId, 7n), stakeOn(gameId, 8n), stakeOn(gameId, 9n)];
    await take(app, [first]);
    await app.database.dataSource.query('delete from inbox_messages');
    await take(app, [first]);
    await take(app, [second, first]);
    await app.database.dataSource.query('delete from inbox_messages');
    const answers = await Promise.all([first, third].map((stake) => announce(app, stake).expect(201)));
    expect(answers.map(({ body }) => body.index)).toEqual([0, 2]);
    const [pool] = await poolsOf(app, gameId);
    expect(pool?.entries.items.map(({ stake }) => stake)).toEqual(['7', '8', '9']);
  });

  it('leave nothing to be counted behind when they are drawn', async () => {
    await take(app, stakesOn(gameId, 35));
    const pools = (await poolsOf(app, gameId)).map(({ id, state }) => [id, state]);
    const counted = await app.database.dataSource.query<{ id: string }[]>(
      'select aggregate_id as id from outbox_streams where aggregate_id = any ($1::text[])',
      [pools.map(([id]) => id)],
    );
    expect(counted.map(({ id }) => [id, 'open'])).toEqual(pools.filter(([, state]) => state === 'open'));
  });

  it('take what arrives at once in one transaction, and answer each stake for itself', async () => {
    const stakes = stakesOn(gameId, 40);
    const answers = await Promise.all(stakes.map((stake) => announce(app, stake)));
    expect(answers.map(({ status }) => status)).toEqual(stakes.map(() => 201));
    const places = new Set(answers.map(({ body }) => `${body.poolId} ${body.index}`));
    expect(places.size).toBe(40);
  });

  it('apply new rules to pools that are opened later, and leave an entry of who changed them', async () => {
    await take(app, stakesOn(gameId, 3));
    await setRules(app, gameId, { size: 4, payoutShare: 5_000 });
    await take(app, stakesOn(gameId, 7 + 4 + 1));
    const pools = await poolsOf(app, gameId);
    expect(pools.map(({ size, payoutShare, award }) => [size, payoutShare, award?.winSum])).toEqual([
      [10, 9_000, '900'],
      [4, 5_000, '200'],
      [4, 5_000, undefined],
    ]);
    const { body } = await app
      .request()
      .get('/audit')
      .set('authorization', await adminBearer(app))
      .expect(200);
    expect(body.items[0]).toMatchObject({ action: 'pool.rules-changed', subject: gameId, details: { size: '4' } });
    const { body: rules } = await app.request().get('/pools/rules?limit=100').expect(200);
    expect(rules.items).toContainEqual({ gameId, size: 4, payoutShare: 5_000 });
  });

  it('exclude the banned: one of ours never wins, and a pool of none but them is void without an award', async () => {
    const players = await addPlayers(app, 9);
    const admin = await adminBearer(app);
    for (const { id } of players) await app.request().post(`/users/${id}/ban`).set('authorization', admin).send({});
    const free = stakeOn(gameId);
    const banned = (count: number) => players.slice(0, count).map(({ id }) => stakeOn(gameId, 100n, id));
    await take(app, [...banned(9), free, ...banned(9), ...banned(1), ...banned(2)]);
    const [won, nobody] = await poolsOf(app, gameId);
    expect(won).toMatchObject({ state: 'drawn', winner: { index: 9 } });
    expect(won?.notes.seal).toContain('\nexcluded 9 ');
    expect(nobody).toMatchObject({ state: 'void', winner: null, award: null, notes: { draw: null } });
    expect(nobody?.entries.items.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'finished'));
    expect((await eventsOf(app, nobody!.id)).map(({ type }) => type)).toEqual(['pool.opened', 'pool.voided']);
    // Their stakes are not among the ballots that they submitted.
    const own = await app.request().get('/users/me/ballots').set('authorization', players[0]!.bearer).expect(200);
    expect(own.body.items).toEqual([]);
  });

  it('cost the same number of statements, however many stakes, games, players and pools', async () => {
    const dataSource = app.app.get(DataSource);
    const statementsOf = async (games: number, each: number): Promise<number> => {
      const stakes = Array.from({ length: games }, () => stakesOn(randomUUID(), each)).flat();
      const statements = await recordStatements(dataSource, () => take(app, stakes));
      const most = Math.max(...statements.map(({ parameters }) => parameters.length));
      expect(most).toBeLessThan(20);
      return statements.length;
    };
    const few = await statementsOf(1, 11);
    expect(await statementsOf(30, 40)).toBe(few);
  });

  it('cost no more over HTTP than through the intake: what was written is not read back', async () => {
    await take(app, stakesOn(gameId, 1));
    const dataSource = app.app.get(DataSource);
    const counted = async (work: () => Promise<unknown>) => (await recordStatements(dataSource, work)).length;
    const throughIntake = await counted(() => take(app, stakesOn(gameId, 1)));
    expect(await counted(async () => announce(app, stakeOn(gameId)).expect(201))).toBe(throughIntake);
  });

  it('answer a retry over HTTP with the receipt of the first time, before the draw and after it', async () => {
    await take(app, stakesOn(gameId, 8));
    for (const stake of stakesOn(gameId, 2)) {
      const { body: first } = await announce(app, stake).expect(201);
      const { body: again } = await announce(app, stake).expect(201);
      expect(again).toEqual(first);
      expect(first).toMatchObject({ checkpoint: expect.stringContaining(`${first.poolId}\n${first.index + 1}\n`) });
    }
    const [pool] = await poolsOf(app, gameId);
    expect(pool?.state).toBe('drawn');
  });

  it('are opened, filled and drawn together, or not at all', async () => {
    const stakes = stakesOn(gameId, 10);
    const { dataSource } = app.database;
    await dataSource.query(`alter table pool_awards add constraint planted check (game_id <> '${gameId}')`);
    await expect(take(app, stakes)).rejects.toThrow('planted');
    expect(await poolsOf(app, gameId)).toEqual([]);
    await dataSource.query('alter table pool_awards drop constraint planted');
    await take(app, stakes);
    expect((await poolsOf(app, gameId)).map(({ state }) => state)).toEqual(['drawn', 'open']);
  });
});

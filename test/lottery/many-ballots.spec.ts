import { BallotIntake } from '../../src/ballot/ballot.api';
import { Throttle } from '../../src/platform/throttling/throttle';
import { leafHash } from '../../src/shared/domain/merkle-tree';
import { drawIdOf, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayer, adminBearer, TestPlayer } from '../support/players';
import { rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';
import { rootFromInclusion } from '../support/verify-proof';

interface Receipts {
  readonly items: readonly Omit<Receipt, 'checkpoint'>[];
  readonly checkpoint: string;
}

describe('many ballots in a request', () => {
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

  const submitMany = (date: string, count: unknown, key?: string, by = player, to = app) =>
    submit(to, date, by, key).send({ count });

  const logOf = async (date: string) => rebuildLog(app.database.dataSource, await drawIdOf(app, date));

  it('are at consecutive places, and each line with the one checkpoint is a receipt', async () => {
    const date = await openFreshLottery(app);
    await submit(app, date, player).expect(201);
    const { items, checkpoint } = (await submitMany(date, 1_000).expect(201)).body as Receipts;
    const { lines, root } = await logOf(date);
    expect(items.map(({ index }) => index)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
    expect(items.map(({ line }) => line)).toEqual(lines.slice(1));
    expect(new Set(items.map(({ id }) => id)).size).toBe(1_000);
    expect(checkpoint.split('\n').slice(1, 3)).toEqual(['1001', root]);
    const proof = await app.request().get(`/ballots/${items[499]?.id}/proof?size=1001`).expect(200);
    expect(
      rootFromInclusion(leafHash(lines[500] as string), 500, 1_001, (proof.body as { proof: string[] }).proof),
    ).toEqual(Buffer.from(root, 'base64'));
  });

  it('are a list also where it is one, and one receipt where nothing is said', async () => {
    const date = await openFreshLottery(app);
    const one = (await submitMany(date, 1).expect(201)).body as Receipts;
    expect(one).toMatchObject({ items: [{ index: 0 }], checkpoint: expect.any(String) as string });
    expect(Object.keys(one)).toEqual(['items', 'checkpoint']);
    const [bare, empty] = [await submit(app, date, player), await submit(app, date, player).send({})];
    expect([bare.status, empty.status]).toEqual([201, 201]);
    expect(Object.keys(empty.body as object)).toEqual(Object.keys(bare.body as object));
    expect(empty.body).toMatchObject({ index: 2, checkpoint: expect.any(String) as string });
  });

  it.each([
    [{ count: 0 }, '/count'],
    [{ count: 1_001 }, '/count'],
    [{ count: 1.5 }, '/count'],
    [{ count: '3' }, '/count'],
    [{ count: null }, '/count'],
    [{ count: [2] }, '/count'],
    [{ count: 2, counts: 2 }, '/counts'],
    [{ toString: 1 }, '/toString'],
    [[], ''],
  ])('refuse %j, naming the field', async (body, pointer) => {
    const date = await openFreshLottery(app);
    const refused = await submit(app, date, player)
      .send(body as object)
      .expect(400);
    const { code, errors } = refused.body as { code: string; errors: { pointer: string }[] };
    expect([code, ...new Set(errors.map((fault) => fault.pointer))]).toEqual(['request.invalid', pointer]);
    expect((await logOf(date)).lines).toHaveLength(0);
  });

  it.each([
    ['application/json', '{"count":', 400, 'http.bad-request'],
    ['application/json', 'null', 400, 'request.invalid'],
    ['text/plain', '3', 415, 'http.unsupported-media-type'],
    ['application/x-www-form-urlencoded', 'count=3', 415, 'http.unsupported-media-type'],
  ])('refuse a body of type %s: %s', async (type, body, status, code) => {
    const refused = await submit(app, 'today', player).set('content-type', type).send(body).expect(status);
    expect(refused.body).toMatchObject({ code });
  });

  it('are one submission for their key: made once on all replicas, refused for another number', async () => {
    const date = await openFreshLottery(app);
    const attempts = Array.from({ length: 12 }, (_, i) => submitMany(date, 5, 'five', player, i % 2 ? app : replica));
    const answers = await Promise.all(attempts.map((attempt) => attempt.expect(201)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] !== 'true')).toHaveLength(1);
    const others = [await submitMany(date, 4, 'five').expect(422), await submit(app, date, player, 'five').expect(422)];
    for (const { body } of others) expect(body).toMatchObject({ code: 'ballot.idempotency-key-reused' });
    expect((await logOf(date)).lines).toHaveLength(5);
  });

  it('are all refused, or all stored', async () => {
    const [date, banned] = [await openFreshLottery(app), await addPlayer(app)];
    const ban = app.request().post(`/users/${banned.id}/ban`);
    await ban.set('authorization', await adminBearer(app)).expect(204);
    await submitMany(date, 3, undefined, banned).expect(403);
    const runs = Array.from({ length: 14 }, (_, i) => submitMany(date, 1 + (i % 7) * 150, undefined, player));
    const answers = await Promise.all(runs.map((run) => run.expect(201)));
    const indexes = answers.flatMap(({ body }) => {
      const own = (body as Receipts).items.map(({ index }) => index);
      expect(own).toEqual(own.map((_, i) => (own[0] as number) + i));
      return own;
    });
    expect(indexes.toSorted((a, b) => a - b)).toEqual(indexes.map((_, i) => i));
    expect((await logOf(date)).lines).toHaveLength(indexes.length);
  });

  it('count each for the places in the queue', async () => {
    const date = await openFreshLottery(app);
    const drawId = await drawIdOf(app, date);
    const intake = app.app.get(BallotIntake, { strict: false });
    const holder = app.database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select from ballot_logs where draw_id = $1 for update', [drawId]);
    const put = (count: number) => intake.submit({ drawId, userId: player.id, idempotencyKey: null, count });
    const waiting = [put(1)];
    await new Promise((done) => setTimeout(done, 100));
    for (let i = 0; i < 10; i++) waiting.push(put(1_000));
    const { body } = await submitMany(date, 1_000).expect(503);
    expect(body).toMatchObject({ code: 'ballot.queue-full' });
    await holder.commitTransaction();
    await holder.release();
    await Promise.all(waiting);
    expect((await logOf(date)).lines).toHaveLength(10_001);
  });
});

describe('many ballots of a user who has a limit', () => {
  let app: TestApp;
  let player: TestPlayer;

  beforeAll(async () => {
    app = await startTestApp({ USER_BALLOTS_PER_SECOND: '1' });
    player = await addPlayer(app);
  });

  afterAll(() => app.close());

  const submitMany = (count: number) => submit(app, 'today', player).send({ count });

  it('count each; what no window could hold is not to be tried again', async () => {
    const never = await submitMany(11).expect(422);
    expect(never.body).toMatchObject({ code: 'lottery.too-many-ballots' });
    expect((never.body as { detail: string }).detail).toContain('at most 10');
    const made = await submitMany(5).expect(201);
    expect(made.headers['ratelimit']).toMatch(/"ballots";r=4;t=\d+/);
    const later = await submitMany(5).expect(429);
    expect(later.body).toMatchObject({ code: 'http.too-many-requests', title: 'too many requests' });
    expect(later.headers['ratelimit']).toMatch(/"ballots";r=3;t=\d+/);
    expect(Number(later.headers['retry-after'])).toBeGreaterThan(0);
    await submitMany(3).expect(201);
    await submit(app, 'today', player).expect(429);
    expect(
      (await rebuildLog(app.database.dataSource, await drawIdOf(app, new Date().toISOString().slice(0, 10)))).lines,
    ).toHaveLength(8);
  });

  it('are counted once for a key, which makes them once, also where the window has no room', async () => {
    const other = await addPlayer(app);
    const again = (count: number, key = 'once') =>
      submit(app, 'today', other).set('idempotency-key', key).send({ count });
    const made = await again(6).expect(201);
    const replay = await again(6).expect(201);
    expect(replay.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(replay.headers['ratelimit']).toMatch(/"ballots";r=3;t=\d+/);
    expect(replay.body).toEqual(made.body);
    await again(6, 'another').expect(429);
    await again(5).expect(429);
  });

  it('are counted all or none, also where several requests ask at once', async () => {
    const further = { limit: 'ballots', userId: (await addPlayer(app)).id, points: 6 };
    const throttle = app.app.get(Throttle);
    const verdicts = await Promise.all([1, 2, 3].map(() => throttle.takeFurther(further)));
    expect(verdicts.map((verdict) => verdict?.waitSeconds === null)).toEqual([true, false, false]);
    expect(await throttle.takeFurther({ ...further, points: 4 })).toEqual({ waitSeconds: null, remaining: 0 });
  });
});

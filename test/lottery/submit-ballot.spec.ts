import { NoteSigner } from '../../src/shared/application/note-signer';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../src/shared/domain/signed-note';
import { close, drawIdOf, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayer, addPlayers, adminBearer, TestPlayer } from '../support/players';
import { rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';

describe('submit a ballot', () => {
  let app: TestApp;
  let player: TestPlayer;

  beforeAll(async () => {
    app = await startTestApp();
    player = await addPlayer(app);
  });

  afterAll(() => app.close());

  it('answers with the leaf line and a signed checkpoint of a tree that contains it', async () => {
    const date = await openFreshLottery(app);
    await submit(app, date, player).expect(201);
    const receipt = (await submit(app, date, player).expect(201)).body as Receipt;
    const { lines, root } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    expect(receipt).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      lotteryDate: date,
      index: 1,
      player: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      submittedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      line: lines[1],
      checkpoint: expect.any(String) as string,
    });
    expect(receipt.line).toBe(`1 ${receipt.id} ${receipt.player} ${receipt.submittedAt}`);
    const { verifierKey } = app.app.get(NoteSigner);
    expect(verifyNote(receipt.checkpoint, verifierKey)).toBe(
      `lottery.test/draws/${await drawIdOf(app, date)}\n2\n${root}\n`,
    );
  });

  it('names the day where the player said today', async () => {
    const { body } = await submit(app, 'today', player).expect(201);
    expect((body as Receipt).lotteryDate).toBe(new Date().toISOString().slice(0, 10));
  });

  it.each([
    ['no body', undefined, undefined],
    ['an empty body that claims to be JSON', 'application/json', ''],
    ['an empty form', 'application/x-www-form-urlencoded', ''],
    ['an empty object', 'application/json', '{}'],
  ])('takes %s', async (_, type, body) => {
    const request = submit(app, 'today', player);
    if (type !== undefined) void request.set('content-type', type);
    await request.send(body).expect(201);
  });

  it('stores 32 ballots where 32 players submit at once', async () => {
    const date = await openFreshLottery(app);
    const players = await addPlayers(app, 32);
    const answers = await Promise.all(players.map((one) => submit(app, date, one).expect(201)));
    const indexes = answers.map(({ body }) => (body as Receipt).index).toSorted((a, b) => a - b);
    expect(indexes).toEqual(Array.from({ length: 32 }, (_, i) => i));
    expect((await rebuildLog(app.database.dataSource, await drawIdOf(app, date))).lines).toHaveLength(32);
  });

  it('stores 1,000 ballots of one player, each with a checkpoint that holds it', async () => {
    const date = await openFreshLottery(app);
    const receipts: Receipt[] = [];
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => submit(app, date, player).expect(201)));
      receipts.push(...answers.map(({ body }) => body as Receipt));
    }
    const { lines } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    expect(lines).toHaveLength(1_000);
    const leaves = lines.map(leafHash);
    for (const { line, index, checkpoint } of receipts) {
      expect(lines[index]).toBe(line);
      const [, size, root] = checkpoint.split('\n');
      expect(Number(size)).toBeGreaterThan(index);
      const rebuilt = Frontier.empty.append(leaves.slice(0, Number(size))).frontier.root();
      expect(rebuilt.toString('base64')).toBe(root);
    }
  });

  it('stores the subtree hashes as it goes', async () => {
    const date = await openFreshLottery(app);
    for (let i = 0; i < 6; i++)
      await Promise.all(Array.from({ length: 100 }, () => submit(app, date, player).expect(201)));
    const drawId = await drawIdOf(app, date);
    const { lines } = await rebuildLog(app.database.dataSource, drawId);
    const stored = await app.database.dataSource.query<{ level: number; index: string; hash: Buffer }[]>(
      'select level, index, hash from ballot_subtrees where draw_id = $1 order by level, index',
      [drawId],
    );
    const expected = [1, 2].flatMap((level) =>
      Array.from({ length: Math.floor(600 / 16 ** level) }, (_, index) => {
        const leaves = lines.slice(16 ** level * index, 16 ** level * (index + 1)).map(leafHash);
        return { level, index: String(index), hash: Frontier.empty.append(leaves).frontier.root() };
      }),
    );
    expect(stored).toEqual(expected);
  });

  it('refuses a day without a lottery, a closed lottery and a day that does not exist', async () => {
    const closed = await openFreshLottery(app);
    await submit(app, closed, player).expect(201);
    await close(app, closed, '&early=true').expect(200);
    expect((await submit(app, '2091-01-01', player).expect(404)).body).toMatchObject({ code: 'lottery.not-found' });
    expect((await submit(app, closed, player).expect(409)).body).toMatchObject({ code: 'ballot.closed' });
    expect((await submit(app, '2026-02-30', player).expect(400)).body).toMatchObject({ code: 'request.invalid' });
    expect((await submit(app, 'yesterday', player).expect(400)).body).toMatchObject({ code: 'request.invalid' });
    expect((await rebuildLog(app.database.dataSource, await drawIdOf(app, closed))).lines).toHaveLength(1);
  });

  it('refuses a banned player, from the ban’s answer on, and takes one who is unbanned', async () => {
    const banned = await addPlayer(app);
    const admin = await adminBearer(app);
    await submit(app, 'today', banned).expect(201);
    await app.request().post(`/users/${banned.id}/ban`).set('authorization', admin).expect(204);
    expect((await submit(app, 'today', banned).expect(403)).body).toMatchObject({ code: 'ballot.player-banned' });
    await app.request().post(`/users/${banned.id}/unban`).set('authorization', admin).expect(204);
    await submit(app, 'today', banned).expect(201);
  });

  it('refuses a player who no longer exists, and lets a neighbour of the same batch through', async () => {
    const gone = await addPlayer(app);
    await app.database.dataSource.query('delete from users where id = $1', [gone.id]);
    const [refused, taken] = await Promise.all([submit(app, 'today', gone), submit(app, 'today', player)]);
    expect(refused.body).toMatchObject({ status: 403, code: 'ballot.player-unknown' });
    expect(taken.status).toBe(201);
  });

  it('refuses who is not logged in', async () => {
    const { body } = await app.request().post('/lotteries/today/ballots').expect(401);
    expect(body).toMatchObject({ status: 401 });
  });
});

describe('look ballots up', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  interface Page {
    items: Receipt[];
    nextCursor: string | null;
  }

  async function walk(path: string, bearer = ''): Promise<Receipt[]> {
    const items: Receipt[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `limit=7${cursor && `&cursor=${cursor}`}`;
      const { body } = await app.request().get(`${path}?${query}`).set('authorization', bearer).expect(200);
      const page = body as Page;
      expect(page.items.length).toBeLessThanOrEqual(7);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  it('pages through the ballots of a day in their order, while others submit', async () => {
    const [player, other] = (await addPlayers(app, 2)) as [TestPlayer, TestPlayer];
    for (let i = 0; i < 20; i++) await submit(app, 'today', player).expect(201);
    const noise = Promise.all(Array.from({ length: 20 }, () => submit(app, 'today', other).expect(201)));
    const found = await walk('/lotteries/today/ballots');
    await noise;
    expect(found.map(({ index }) => index)).toEqual(found.map((_, i) => i));
    expect(found.length).toBeGreaterThanOrEqual(20);
  });

  it('shows a player the own ballots of all days, newest first', async () => {
    const player = await addPlayer(app);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const made: string[] = [];
    for (const day of ['today', tomorrow]) {
      for (let i = 0; i < 9; i++) {
        const { body } = await submit(app, day, player).expect(201);
        made.unshift((body as Receipt).id);
      }
    }
    const found = await walk('/users/me/ballots', player.bearer);
    expect(found.map(({ id }) => id)).toEqual(made);
    expect(new Set(found.slice(0, 9).map(({ lotteryDate }) => lotteryDate))).toEqual(new Set([tomorrow]));
  });

  it('shows anybody a ballot by its id', async () => {
    const player = await addPlayer(app);
    const receipt = (await submit(app, 'today', player).expect(201)).body as Receipt;
    const { body } = await app.request().get(`/ballots/${receipt.id}`).expect(200);
    expect(body).toMatchObject({ id: receipt.id, index: receipt.index, line: receipt.line });
    expect(body).not.toHaveProperty('userId');
  });

  it('refuses an unknown ballot, a bad id, a bad cursor and a page that is too large', async () => {
    const missing = '019a0000-0000-7000-8000-000000000000';
    expect((await app.request().get(`/ballots/${missing}`).expect(404)).body).toMatchObject({
      code: 'ballot.not-found',
    });
    for (const path of ['/ballots/7', '/lotteries/today/ballots?limit=101', '/lotteries/today/ballots?cursor=x']) {
      expect((await app.request().get(path).expect(400)).body).toMatchObject({ code: 'request.invalid' });
    }
  });
});

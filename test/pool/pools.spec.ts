import { randomUUID } from 'node:crypto';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { verifyNote } from '../../src/shared/domain/signed-note';
import { addPlayer, adminBearer } from '../support/players';
import { announce, PoolBody, poolsOf, setRules, stakeOn, StakeReceipt, stakesOn, take } from '../support/pool-client';
import { CLOSE_TOKEN, startTestApp, TestApp } from '../support/test-app';
import { consistent, rootFromInclusion } from '../support/verify-proof';

describe('the routes of stake pools', () => {
  let app: TestApp;
  let gameId: string;

  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());
  beforeEach(() => (gameId = randomUUID()));

  const post = (body: object) => app.request().post('/pools/stakes').set('x-internal-token', CLOSE_TOKEN).send(body);

  const linesOf = async (poolId: string): Promise<string[]> =>
    (await app.request().get(`/pools/${poolId}/ballots.txt`).expect(200)).text.trimEnd().split('\n');

  it('list pools newest first, by game and by state, page by page', async () => {
    await take(app, stakesOn(gameId, 45));
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await app.request().get(`/pools?gameId=${gameId}&limit=2${cursor}`).expect(200);
      ids.push(...(body.items as PoolBody[]).map(({ id }) => id));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(ids).toHaveLength(5);
    expect(ids).toEqual(ids.toSorted().reverse());
    const { body } = await app.request().get(`/pools?gameId=${gameId}&state=open`).expect(200);
    expect(body.items).toMatchObject([{ id: ids[0], state: 'open', entryCount: 5, pot: '500' }]);
    expect((await app.request().get(`/pools?gameId=${gameId}&state=void`)).body.items).toEqual([]);
    expect((await app.request().get(`/pools?gameId=${gameId.toUpperCase()}`)).body.items).toHaveLength(5);
  });

  it('are found by whatever id a game has, also one that is of no version of UUID', async () => {
    const strange = '00000000-0000-f000-0000-00000000000a';
    await take(app, stakesOn(strange, 1));
    const { body } = await app.request().get(`/pools?gameId=${strange}&limit=1`).expect(200);
    expect(body.items).toMatchObject([{ gameId: strange }]);
    await setRules(app, strange, { size: 10, payoutShare: 1 });
    await app.request().get(`/pools/rules?cursor=${strange}`).expect(200);
  });

  it('page the entries of a large pool, and show its winner wherever that is', async () => {
    await setRules(app, gameId, { size: 250, payoutShare: 10_000 });
    await take(app, stakesOn(gameId, 250));
    const [pool] = await poolsOf(app, gameId);
    expect(pool?.entries.items).toHaveLength(100);
    const entries = [...(pool?.entries.items ?? [])];
    for (let cursor = pool?.entries.nextCursor ?? null; cursor !== null;) {
      const { body } = await app.request().get(`/pools/${pool?.id}/entries?limit=100&cursor=${cursor}`).expect(200);
      entries.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(entries.map(({ index }) => index)).toEqual(Array.from({ length: 250 }, (_, i) => i));
    expect(entries[pool!.winner!.index]).toEqual(pool?.winner);
    expect(pool?.award).toMatchObject({ winSum: '25000', house: '0' });
  });

  it('prove that an entry is in, and that the log only grew', async () => {
    const { body: entry } = await announce(app, stakeOn(gameId)).expect(201);
    const path = `/pools/${entry.poolId}`;
    const rootOf = (checkpoint: string) => Buffer.from(checkpoint.split('\n')[2] ?? '', 'base64');
    const first = await app.request().get(`${path}/checkpoint`).expect(200);
    await take(app, stakesOn(gameId, 6));
    const later = await app.request().get(`${path}/checkpoint`).expect(200);
    expect(later.text.split('\n').slice(0, 2)).toEqual([`lottery.test/draws/${entry.poolId}`, '7']);
    const { body } = await app.request().get(`${path}/consistency?from=1&to=7`).expect(200);
    expect(consistent(1, 7, rootOf(first.text), rootOf(later.text), body.proof)).toBe(true);
    const { body: proof } = await app.request().get(`/ballots/${entry.id}/proof`).expect(200);
    expect(rootFromInclusion(leafHash(proof.line), 0, 7, proof.proof)).toEqual(rootOf(later.text));
    const list = await app.request().get(`${path}/ballots.txt`).expect(200);
    expect(list.text.split('\n')[0]).toBe(proof.line);
  });

  it('acknowledge each stake with its line and a signed checkpoint, the same at each retry', async () => {
    const { text } = await app.request().get('/verifier-key').expect(200);
    const stakes = stakesOn(gameId, 30);
    const answers = await Promise.all(stakes.map((stake) => announce(app, stake).expect(201)));
    const lists = new Map<string, string[]>();
    for (const [i, { body }] of answers.entries()) {
      const { poolId, index, line, checkpoint } = body as StakeReceipt;
      const [origin, size, root] = verifyNote(checkpoint, text.trim())?.split('\n') ?? [];
      expect(origin).toBe(`lottery.test/draws/${poolId}`);
      if (!lists.has(poolId)) lists.set(poolId, await linesOf(poolId));
      const lines = lists.get(poolId) ?? [];
      expect(lines[index]).toBe(line);
      expect(index).toBeLessThan(Number(size));
      const leaves = lines.slice(0, Number(size)).map(leafHash);
      expect(Frontier.empty.append(leaves).frontier.root().toString('base64')).toBe(root);
      const again = (await announce(app, stakes[i]!).expect(201)).body as StakeReceipt;
      expect(again).toMatchObject({ line, checkpoint });
    }
  });

  it('let a bundle be kept for ever once the pool is drawn', async () => {
    await take(app, stakesOn(gameId, 10));
    const [drawn, open] = await poolsOf(app, gameId);
    const { headers } = await app.request().get(`/pools/${drawn?.id}/bundle`).expect(200);
    expect(headers['cache-control']).toContain('immutable');
    const refused = await app.request().get(`/pools/${open?.id}/bundle`).expect(404);
    expect(refused.body.code).toBe('pool.not-sealed');
  });

  it('make up a message id where the game service gives none', async () => {
    const body = {
      message: { eventType: 'player.stakeCreated' },
      game: { playerId: randomUUID(), gameId, stake: 5 },
    };
    const answers = [await post(body).expect(201), await post(body).expect(201)];
    expect(answers.map((answer) => (answer.body as { index: number }).index)).toEqual([0, 1]);
  });

  it('refuse what is no stake, and keep nothing of it', async () => {
    const game = { playerId: randomUUID(), gameId, stake: '5' };
    const refusals = [
      [{ message: { eventType: 'player.left' }, game }, 422, 'pool.event-type-unknown'],
      [{ message: { eventType: 'player.stakeCreated' }, game: { ...game, stake: '-5' } }, 400, 'request.invalid'],
      [{ message: { eventType: 'player.stakeCreated' } }, 400, 'request.invalid'],
      [{ game }, 400, 'request.invalid'],
      [{}, 400, 'request.invalid'],
    ] as const;
    for (const [body, status, code] of refusals) {
      expect((await post(body).expect(status)).body.code).toBe(code);
    }
    expect(await poolsOf(app, gameId)).toEqual([]);
    const key = await announce(app, { ...stakeOn(gameId), messageId: 'x'.repeat(256) }).expect(400);
    expect(key.body.errors).toMatchObject([{ header: 'Idempotency-Key' }]);
  });

  it('refuse rules that no pool can have, and everybody but admins', async () => {
    const bearer = await adminBearer(app);
    const put = (body: object, authorization = bearer) =>
      app.request().put(`/pools/rules/${gameId}`).set('authorization', authorization).send(body);
    for (const body of [
      {},
      { size: 1, payoutShare: 1 },
      { size: 10_001, payoutShare: 1 },
      { size: 10, payoutShare: 10_001 },
      { size: 10, payoutShare: -1 },
      { size: 1.5, payoutShare: 1 },
      { size: '10', payoutShare: 1 },
      { size: 10, payoutShare: 1, extra: 1 },
    ]) {
      expect((await put(body).expect(400)).body.code).toBe('request.invalid');
    }
    const player = await addPlayer(app);
    expect((await put({ size: 10, payoutShare: 1 }, player.bearer).expect(403)).body.code).toBe('access.forbidden');
  });

  it('tell an unknown pool', async () => {
    for (const path of ['', '/entries', '/bundle', '/ballots.txt', '/checkpoint', '/consistency?from=1&to=1']) {
      const { body } = await app.request().get(`/pools/${randomUUID()}${path}`).expect(404);
      expect([path, body.code]).toEqual([path, 'pool.not-found']);
    }
    // A day's draw is no pool.
    const [{ id }] = await app.database.dataSource.query<[{ id: string }]>('select id from draws limit 1');
    await app.request().get(`/pools/${id}`).expect(404);
  });
});

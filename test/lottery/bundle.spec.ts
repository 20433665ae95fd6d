import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { BallotIntake, Ballots } from '../../src/ballot/ballot.api';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { adminBearer, addPlayer, addPlayers } from '../support/players';
import { close, drawIdOf, LotteryBody, openFreshLottery, submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { pause } from '../support/pause';
import { rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';
import { rootFromInclusion } from '../support/verify-proof';

describe('hand out what a stranger needs', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  }, 60_000);

  afterAll(() => app.close());

  const bundleOf = async (date: string) => (await app.request().get(`/lotteries/${date}/bundle`).expect(200)).body;

  const drawnLottery = async (ballots: number): Promise<string> => {
    const date = await openFreshLottery(app);
    for (const player of await addPlayers(app, ballots)) await submit(app, date, player).expect(201);
    await close(app, date, '&early=true').expect(200);
    return date;
  };

  it('bundles the signed notes, the checkpoint and the winner with its proof', async () => {
    const date = await drawnLottery(5);
    const { notes, winner } = (await app.request().get(`/lotteries/${date}`)).body as LotteryBody;
    const bundle = await bundleOf(date);
    expect(bundle).toEqual({
      format: 'lottery-bundle/v2',
      verifierKey: (await app.request().get('/verifier-key')).text.trim(),
      ...notes,
      checkpoint: (await app.request().get(`/lotteries/${date}/checkpoint`)).text,
      exclusions: '',
      beacon: null,
      candidates: [
        { j: expect.any(Number), line: expect.stringContaining(winner?.ballotId ?? ''), proof: expect.any(Array) },
      ],
    });
    const { line, proof } = bundle.candidates[0];
    const root = rootFromInclusion(leafHash(line), winner?.index ?? -1, 5, proof);
    expect(notes.seal).toContain(`\nroot ${root.toString('base64')}\n`);
  });

  it('lists exactly the leaves of the sealed tree', async () => {
    const date = await drawnLottery(5);
    const { text, headers } = await app.request().get(`/lotteries/${date}/ballots.txt`).expect(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const { lines } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    expect(text).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('names those who were banned, and proves each of their ballots that the draw passed over', async () => {
    const date = await openFreshLottery(app);
    const players = await addPlayers(app, 12);
    for (const player of players) await submit(app, date, player).expect(201);
    const admin = await adminBearer(app);
    for (const { id } of players.slice(1)) {
      await app.request().post(`/users/${id}/ban`).set('authorization', admin).send({}).expect(204);
    }
    await close(app, date, '&early=true').expect(200);
    const bundle = await bundleOf(date);
    expect((bundle.exclusions as string).split('\n')).toHaveLength(12);
    const { root } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    for (const { line, proof } of bundle.candidates as { line: string; proof: string[] }[]) {
      const index = Number(line.split(' ')[0]);
      expect(rootFromInclusion(leafHash(line), index, 12, proof).toString('base64')).toBe(root);
    }
  });

  it('has a bundle of a void lottery, and none of an open one', async () => {
    const date = await openFreshLottery(app);
    expect((await app.request().get(`/lotteries/${date}/bundle`).expect(404)).body.code).toBe('lottery.not-sealed');
    expect((await app.request().get(`/lotteries/${date}/ballots.txt`).expect(200)).text).toBe('');
    await close(app, date, '&early=true').expect(200);
    expect(await bundleOf(date)).toMatchObject({ draw: null, candidates: [], beacon: null });
    for (const path of ['bundle', 'ballots.txt']) {
      expect((await app.request().get(`/lotteries/2091-01-01/${path}`).expect(404)).body.code).toBe(
        'lottery.not-found',
      );
      expect((await app.request().get(`/lotteries/2091-02-30/${path}`).expect(400)).body.code).toBe('request.invalid');
    }
  });

  it('may be kept for ever once it is final, and must be asked for again before', async () => {
    const date = await openFreshLottery(app);
    const [first, second] = await addPlayers(app, 2);
    await submit(app, date, first!).expect(201);
    const open = await app.request().get(`/lotteries/${date}/ballots.txt`).expect(200);
    expect(open.headers['cache-control']).toBe('public, no-cache');
    await app
      .request()
      .get(`/lotteries/${date}/ballots.txt`)
      .set('if-none-match', open.headers['etag'] as string)
      .expect(304);
    await submit(app, date, second!).expect(201);
    await app
      .request()
      .get(`/lotteries/${date}/ballots.txt`)
      .set('if-none-match', open.headers['etag'] as string)
      .expect(200);
    await close(app, date, '&early=true').expect(200);
    for (const path of ['bundle', 'ballots.txt']) {
      const { headers } = await app.request().get(`/lotteries/${date}/${path}`).expect(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      const again = await app
        .request()
        .get(`/lotteries/${date}/${path}`)
        .set('if-none-match', `"x", W/${headers['etag']}`);
      expect([again.status, again.text]).toEqual([304, '']);
    }
  });

  it('may not be kept under the name of today, which is another day tomorrow', async () => {
    const [player] = await addPlayers(app, 1);
    await submit(app, 'today', player!).expect(201);
    const { body } = await app.request().get('/lotteries/today').expect(200);
    await close(app, (body as LotteryBody).date, '&early=true').expect(200);
    for (const path of ['bundle', 'ballots.txt']) {
      const { headers } = await app.request().get(`/lotteries/today/${path}`).expect(200);
      expect(headers['cache-control']).toBe('public, no-cache');
    }
  });

  it('never lets a problem be kept in the place of the list', async () => {
    const date = await drawnLottery(1);
    const ballots = app.app.get<Ballots>(Ballots, { strict: false });
    const full = new Error('timeout exceeded when trying to connect');
    const spy = jest.spyOn(ballots, 'lines').mockImplementation(() => {
      throw full;
    });
    const later = jest.spyOn(ballots, 'at').mockRejectedValue(full);
    for (const path of ['bundle', 'ballots.txt']) {
      const { headers } = await app.request().get(`/lotteries/${date}/${path}`).expect(503);
      expect([headers['cache-control'], headers['etag']]).toEqual(['no-store', undefined]);
    }
    // Behind the headers, before the first piece.
    spy.mockImplementation(() => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(full) }) }));
    const { headers } = await app.request().get(`/lotteries/${date}/ballots.txt`).expect(503);
    expect([headers['cache-control'], headers['etag']]).toEqual(['no-store', undefined]);
    spy.mockRestore();
    later.mockRestore();
  });

  describe('to a reader of a long list', () => {
    const SIZE = 60_000;
    let date: string;

    beforeAll(async () => {
      date = await openFreshLottery(app);
      const drawId = await drawIdOf(app, date);
      const { id: userId } = await addPlayer(app);
      const intake = app.app.get(BallotIntake, { strict: false });
      for (let stored = 0; stored < SIZE; stored += 6_000) {
        await Promise.all(
          Array.from({ length: 6_000 }, () => intake.submit({ drawId, userId, idempotencyKey: null, count: 1 })),
        );
      }
    }, 120_000);

    /** A list without end, and how many pieces of it were taken. */
    const endlessList = () => {
      const ballots = app.app.get<Ballots>(Ballots, { strict: false });
      const taken = { pieces: 0, ended: false };
      const spy = jest.spyOn(ballots, 'lines').mockImplementation(async function* () {
        try {
          for (; ; taken.pieces++) yield 'x'.repeat(100_000);
        } finally {
          taken.ended = true;
        }
      });
      return { taken, restore: () => spy.mockRestore() };
    };

    /** Until nothing more is taken: what the client does not read fills the buffers of the system, and no more. */
    const untilStill = async (taken: { pieces: number }) => {
      for (let before = -1; before !== taken.pieces;) {
        before = taken.pieces;
        await pause(500);
      }
    };

    const openList = async () => {
      const request = httpRequest(`${app.url}/lotteries/${date}/ballots.txt`).end();
      const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
      return response;
    };

    it('finds any number of ballots at once: also those of a draw that passed over very many', async () => {
      const indexes = Array.from({ length: 70_000 }, (_, i) => (i * 7) % SIZE);
      const drawId = await drawIdOf(app, date);
      const found = await app.app
        .get<Ballots>(Ballots, { strict: false })
        .at(indexes.map((index) => ({ drawId, index })));
      expect(found.map(({ index }) => index)).toEqual(indexes);
    });

    it('gives all of it, in order', async () => {
      const { text } = await app.request().get(`/lotteries/${date}/ballots.txt`).expect(200);
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(SIZE);
      const root = Frontier.empty.append(lines.map(leafHash)).frontier.root().toString('base64');
      expect((await app.request().get(`/lotteries/${date}/checkpoint`)).text.split('\n')[2]).toBe(root);
    });

    it('reads no further ahead than a slow client does, and stops when it hangs up', async () => {
      const { taken, restore } = endlessList();
      const response = await openList();
      response.pause();
      await untilStill(taken);
      expect(taken.pieces).toBeLessThan(500);
      expect(taken.ended).toBe(false);
      response.destroy();
      while (!taken.ended) await pause(20);
      restore();
    });

    it('reads nothing for one who only asks about it', async () => {
      const { taken, restore } = endlessList();
      const { headers } = await app.request().head(`/lotteries/${date}/ballots.txt`).expect(200);
      expect(headers['etag']).toMatch(/^"[0-9a-f]{64}"$/);
      expect(taken.pieces).toBe(0);
      restore();
    });

    it('cuts the answer short rather than ending it well when a ballot is missing', async () => {
      const drawId = await drawIdOf(app, date);
      // Of the last block, which is not full and so in no file.
      const last = 'delete from ballots where draw_id = $1 and index = $2';
      await meddle(app.database.dataSource, last, [drawId, SIZE - 1]);
      const response = await openList();
      response.resume();
      await expect(once(response, 'end')).rejects.toThrow('aborted');
    });
  });
});

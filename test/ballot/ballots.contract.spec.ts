import { tmpdir } from 'node:os';
import { v7 } from 'uuid';
import type { Ballots } from '../../src/ballot/ballot.api';
import type { Ballot } from '../../src/ballot/domain/ballot';
import { BallotLog } from '../../src/ballot/domain/ballot-log';
import { BallotNotFound } from '../../src/ballot/domain/errors';
import { ArchivedBallots } from '../../src/ballot/infrastructure/archived-ballots';
import { TypeOrmBallotLogs } from '../../src/ballot/infrastructure/typeorm-ballot-logs';
import { ListFiles } from '../../src/ballot/infrastructure/list-files';
import { TypeOrmBallots } from '../../src/ballot/infrastructure/typeorm-ballots';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { FileObjectStore } from '../../src/platform/objects/file-object-store';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { FakeBallots } from './fakes';

const CLOSES_AT = new Date('2040-01-01T00:00:00.000Z');

interface Subject {
  readonly ballots: Ballots;
  /** One more ballot of this user, in a batch of its own. */
  cast(drawId: string, userId: string): Promise<Ballot>;
}

describe.each(['the fake', 'PostgreSQL'])('ballots in %s', (kind) => {
  let database: TestDatabase | undefined;
  let ballots: Ballots;
  let cast: Subject['cast'];

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  beforeEach(() => {
    ({ ballots, cast } = database ? inPostgres(database) : inMemory());
  });

  const castBy = async (drawId: string, ...users: string[]): Promise<Ballot[]> => {
    const made: Ballot[] = [];
    for (const user of users) made.push(await cast(drawId, user));
    return made;
  };

  it('are counted, draw by draw', async () => {
    const [one, two] = [v7(), v7()];
    await castBy(one, v7(), v7());
    await castBy(two, v7());
    expect(await ballots.sizes([two, one, v7()])).toEqual(
      new Map([
        [one, 2],
        [two, 1],
      ]),
    );
  });

  it('are found at their places, in the order asked for', async () => {
    const [one, two] = [v7(), v7()];
    const [first, second] = await castBy(one, v7(), v7());
    const [other] = await castBy(two, v7());
    const places = [second!, other!, first!].map(({ drawId, index }) => ({ drawId, index }));
    expect(await ballots.at(places)).toEqual([second, other, first]);
    await expect(ballots.at([{ drawId: one, index: 2 }])).rejects.toThrow('a ballot at');
  });

  it('are found by id', async () => {
    const [first, second] = await castBy(v7(), v7(), v7());
    expect(await ballots.find(second!.id)).toEqual(second);
    expect(await ballots.find(first!.id)).toEqual(first);
    await expect(ballots.find(v7())).rejects.toThrow(BallotNotFound);
  });

  it('are listed in the order of their log, page by page', async () => {
    const drawId = v7();
    const cast = await castBy(drawId, v7(), v7(), v7());
    const first = await ballots.ofDraw(drawId, { cursor: null, limit: 2 });
    const second = await ballots.ofDraw(drawId, { cursor: first.nextCursor, limit: 2 });
    expect([first.items, second.items, second.nextCursor]).toEqual([cast.slice(0, 2), cast.slice(2), null]);
    expect(await ballots.ofDraw(v7(), { cursor: null, limit: 2 })).toEqual({ items: [], nextCursor: null });
  });

  it('are listed by user: the draw opened last first, in each the newest ballot first, page by page', async () => {
    const [older, newer, user] = [v7(), v7(), v7()];
    const inNewer = await castBy(newer, user, v7(), user);
    const inOlder = await castBy(older, user);
    const expected = [inNewer[2], inNewer[0], inOlder[0]];
    const first = await ballots.ofUser(user, { cursor: null, limit: 1 });
    const second = await ballots.ofUser(user, { cursor: first.nextCursor, limit: 1 });
    const third = await ballots.ofUser(user, { cursor: second.nextCursor, limit: 1 });
    expect([first, second, third].map(({ items }) => items[0])).toEqual(expected);
    expect(third.nextCursor).toBeNull();
    expect((await ballots.ofUser(v7(), { cursor: null, limit: 1 })).items).toEqual([]);
  });

  it('are published line by line, as far as is asked for', async () => {
    const drawId = v7();
    const cast = await castBy(drawId, v7(), v7(), v7());
    let text = '';
    for await (const piece of ballots.lines(drawId, 2)) text += piece;
    expect(text).toBe(`${cast[0]!.line}\n${cast[1]!.line}\n`);
  });

  it('have their players in order, and as many ballots of each as are counted', async () => {
    const [drawId, ann, bob] = [v7(), v7(), v7()];
    const cast = await castBy(drawId, ann, bob, ann);
    const players: string[] = [];
    for await (const piece of ballots.players(drawId, 3)) for (const player of piece) players.push(player);
    expect(players).toEqual(cast.map(({ player }) => player));
    const counts = await ballots.counts([bob, v7(), ann].map((userId) => ({ drawId, userId })));
    expect(counts).toEqual([1, 0, 2]);
    expect(await ballots.counts([])).toEqual([]);
  });

  it('have the receipts that they were acknowledged with', async () => {
    const drawId = v7();
    const cast = await castBy(drawId, v7(), v7());
    const receipts = cast.map((ballot, i) => ({
      ballot,
      checkpoint: `checkpoint ${i + 1} of ${drawId}`,
      replayed: true,
    }));
    const places = cast.map(({ index }) => ({ drawId, index })).reverse();
    expect(await ballots.receipts(places)).toEqual([...receipts].reverse());
    expect(await ballots.receipt(cast[0]!.id)).toEqual(receipts[0]);
    expect(await ballots.receiptsOf(drawId, [cast[1]!.id])).toEqual(new Map([[cast[1]!.id, receipts[1]]]));
    await expect(ballots.receipt(v7())).rejects.toThrow(BallotNotFound);
    await expect(ballots.receiptsOf(drawId, [cast[1]!.id, v7()])).rejects.toThrow(BallotNotFound);
  });

  function inMemory(): Subject {
    const fake = new FakeBallots();
    return { ballots: fake, cast: async (drawId, userId) => fake.cast(drawId, userId) };
  }

  function inPostgres({ dataSource }: TestDatabase): Subject {
    const work = new TypeOrmUnitOfWork(dataSource);
    const logs = new TypeOrmBallotLogs(work);
    const archived = new ArchivedBallots(work, new FileObjectStore(tmpdir()));
    const opened = new Set<string>();
    return {
      ballots: new TypeOrmBallots(work, archived, new ListFiles(tmpdir())),
      cast: (drawId, userId) =>
        work.run(async () => {
          const checkpoint = `checkpoint 0 of ${drawId}`;
          if (!opened.has(drawId))
            await logs.add([
              { log: BallotLog.open({ drawId, opensAt: new Date(0), closesAt: CLOSES_AT }), checkpoint },
            ]);
          opened.add(drawId);
          const { logs: found, now } = await logs.lock([drawId]);
          const entitled = { ballotId: v7(), userId, player: 'ab'.repeat(16) };
          const appended = found[0]!.append([entitled], now);
          const size = appended.log.size;
          await logs.append([{ ...appended, checkpoint: `checkpoint ${size} of ${drawId}` }]);
          return appended.ballots[0]!;
        }),
    };
  }
});

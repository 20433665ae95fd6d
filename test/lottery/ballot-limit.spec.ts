import { TypeOrmPlayerCounts } from '../../src/ballot/infrastructure/typeorm-player-counts';
import { PlayerCounts } from '../../src/ballot/application/player-counts';
import { close, drawIdOf, openFreshLottery, submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { addPlayer, addPlayers, TestPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { verifyAll } from '../support/verify-all';

const LIMIT = 5;

describe('ballots for each player', () => {
  let limited: TestApp;
  let replica: TestApp;
  let free: TestApp;

  beforeAll(async () => {
    free = await startTestApp();
    limited = await startTestApp({ BALLOTS_PER_PLAYER: String(LIMIT) }, free.database);
    replica = await startTestApp({ BALLOTS_PER_PLAYER: String(LIMIT) }, free.database);
  }, 60_000);

  afterAll(async () => {
    await replica.close();
    await limited.close();
    await free.close();
  });

  const many = (to: TestApp, date: string, by: TestPlayer, count: number) => submit(to, date, by).send({ count });

  const ballotsOf = async (date: string, { id }: TestPlayer): Promise<number> => {
    const [row] = await free.database.dataSource.query<[{ ballots: number }]>(
      'select count(*)::int as ballots from ballots where draw_id = $1 and user_id = $2',
      [await drawIdOf(free, date), id],
    );
    return row.ballots;
  };

  it('are as many as the operator allows, in each lottery', async () => {
    const [date, other] = [await openFreshLottery(limited), await openFreshLottery(limited)];
    const [player, neighbour] = (await addPlayers(limited, 2)) as [TestPlayer, TestPlayer];
    for (let i = 0; i < LIMIT; i++) await submit(limited, date, player).expect(201);
    const { body } = await submit(limited, date, player).expect(409);
    expect(body).toMatchObject({ code: 'ballot.limit-reached', detail: expect.stringContaining(`${LIMIT}`) });
    await submit(limited, date, neighbour).expect(201);
    await submit(limited, other, player).expect(201);
    expect(await ballotsOf(date, player)).toBe(LIMIT);
  });

  it('are all or none of a request for several', async () => {
    const [date, player] = [await openFreshLottery(limited), await addPlayer(limited)];
    await many(limited, date, player, 3).expect(201);
    await many(limited, date, player, 3).expect(409);
    await many(limited, date, player, 2).expect(201);
    await many(limited, date, player, LIMIT + 1).expect(409);
    expect(await ballotsOf(date, player)).toBe(LIMIT);
  });

  it('are answered again for a key, also at the limit', async () => {
    const [date, player] = [await openFreshLottery(limited), await addPlayer(limited)];
    for (let i = 0; i < LIMIT; i++) await submit(limited, date, player, `key ${i}`).expect(201);
    await submit(limited, date, player, 'key 0').expect(201).expect('idempotent-replayed', 'true');
    await submit(limited, date, player, 'another').expect(409);
  });

  it('are counted once, whatever replicas take them at the same time', async () => {
    const [date, player] = [await openFreshLottery(limited), await addPlayer(limited)];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => submit(i % 2 === 0 ? limited : replica, date, player)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMIT);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(40 - LIMIT);
    expect(await ballotsOf(date, player)).toBe(LIMIT);
  });

  it('would be too many if nobody counted those of the batch before', async () => {
    const [date, player] = [await openFreshLottery(limited), await addPlayer(limited)];
    const counts = limited.app.get(PlayerCounts, { strict: false });
    expect(counts).toBeInstanceOf(TypeOrmPlayerCounts);
    const planted = jest.spyOn(counts, 'count').mockResolvedValue(new Map());
    for (let i = 0; i <= LIMIT; i++) await submit(limited, date, player).expect(201);
    planted.mockRestore();
    await submit(limited, date, player).expect(409);
    expect(await ballotsOf(date, player)).toBe(LIMIT + 1);
  });

  it('include those that were taken while nobody counted', async () => {
    const [date, player] = [await openFreshLottery(limited), await addPlayer(limited)];
    await submit(free, date, player).expect(201);
    await submit(limited, date, player).expect(201);
    await many(free, date, player, 2).expect(201);
    await many(limited, date, player, 2).expect(409);
    await submit(limited, date, player).expect(201);
    await submit(limited, date, player).expect(409);
    await submit(free, date, player).expect(201);
  });

  it('are counted as verify:all counts them, which finds a counter that was changed', async () => {
    const [date, player] = [await openFreshLottery(limited), await addPlayer(limited)];
    for (let i = 0; i < 3; i++) await submit(limited, date, player).expect(201);
    await close(limited, date, '&early=true').expect(200);
    const means = { url: free.database.url, key: (await free.request().get('/verifier-key')).text.trim() };
    expect((await verifyAll(means)).fault).toBeNull();
    const drawId = await drawIdOf(free, date);
    await meddle(free.database.dataSource, `update ballot_counts set ballots = 0 where draw_id = '${drawId}'`);
    expect((await verifyAll(means)).fault).toMatchObject({
      step: 'counts',
      row: { table: 'ballot_counts', key: { draw_id: drawId, user_id: player.id } },
    });
  });
});

import { randomUUID } from 'node:crypto';
import { Pools } from '../../src/pool/application/pools';
import type { Stake } from '../../src/pool/pool.api';
import { Pool } from '../../src/pool/domain/pool';
import { DEFAULT_PAYOUT_SHARE_BP, DEFAULT_POOL_SIZE, PoolRules } from '../../src/pool/domain/pool-rules';
import { Inbox } from '../../src/shared/application/inbox';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { pause } from '../support/pause';
import { stakeOn, take } from '../support/pool-client';
import { rounds } from '../support/rounds';
import { startTestApp, TestApp } from '../support/test-app';

const REPLICAS = 3;
const ROUNDS = rounds({ few: 3, all: 10 });
/** The planted bug shows within a few. */
const ROUNDS_WITH_THE_BUG = 10;
const BATCHES_OF_A_ROUND = 24;
const GAMES = 2;

describe(`${REPLICAS} replicas that take stakes on the same games`, () => {
  let replicas: TestApp[];

  beforeAll(async () => {
    const first = await startTestApp();
    const others = Array.from({ length: REPLICAS - 1 }, () => startTestApp({}, first.database));
    replicas = [first, ...(await Promise.all(others))];
  }, 60_000);

  afterAll(async () => {
    for (const replica of [...replicas].reverse()) await replica.close();
  });

  /**
   * Batches of 1 to 15 stakes; every third is delivered twice, to different replicas. Says what is wrong afterwards.
   */
  async function playRound(): Promise<string[]> {
    const games = Array.from({ length: GAMES }, () => randomUUID());
    const players = Array.from({ length: 20 }, () => randomUUID());
    const stakes: Stake[] = [];
    const deliveries = Array.from({ length: BATCHES_OF_A_ROUND }, (_, i) => {
      const batch = Array.from({ length: 1 + (i % 15) }, (__, j) =>
        stakeOn(games[(i + j) % GAMES] as string, BigInt(i + 1), players[(3 * i + j) % players.length]),
      );
      stakes.push(...batch);
      return i % 3 === 0 ? [batch, [...batch].reverse()] : [batch];
    }).flat();
    const taking = deliveries.map(async (batch, i) => {
      await pause(Math.random() * 20);
      await take(replicas[i % REPLICAS] as TestApp, batch);
    });
    const refused = (await Promise.allSettled(taking)).filter(({ status }) => status === 'rejected');
    return [...refused.map(({ status }) => `a batch was ${status}`), ...(await faultsOf(games, stakes))];
  }

  async function faultsOf(games: readonly string[], stakes: readonly Stake[]): Promise<string[]> {
    const { dataSource } = (replicas[0] as TestApp).database;
    const entries = await dataSource.query<{ messageId: string; gameId: string; userId: string; stake: string }[]>(
      `select message_id as "messageId", game_id as "gameId", user_id as "userId", stake_minor as stake
       from pool_entries join pools on pools.id = pool_id
       join ballots on draw_id = pool_id and ballots.index = pool_entries.index where game_id = any($1)`,
      [games],
    );
    const shown = ({ messageId, gameId, userId }: Omit<Stake, 'stakeMinor'>, stake: string) =>
      `${messageId} ${gameId} ${userId} ${stake}`;
    const entered = entries.map((entry) => shown(entry, entry.stake)).sort();
    const expected = stakes.map((stake) => shown(stake, stake.stakeMinor.toString())).sort();
    const [wrong] = await dataSource.query<[Record<string, number>]>(
      `with books as (
         select pools.*, log.size as log_size,
           (select count(*) from pool_entries where pool_id = pools.id) as stakes,
           (select coalesce(max(index) + 1, 0) from pool_entries where pool_id = pools.id) as dense,
           (select coalesce(sum(stake_minor), 0) from pool_entries where pool_id = pools.id) as staked,
           (select count(*) from pool_awards where pool_id = pools.id) as awards,
           (select count(*) from outbox_events where aggregate_id = pools.id::text and type = 'pool.awarded') as announced
         from pools join ballot_logs as log on draw_id = id where game_id = any($1)
       )
       select count(*) filter (where stakes <> entries or dense <> entries or log_size <> entries)::int as gaps,
         count(*) filter (where staked <> pot_minor)::int as pots,
         count(*) filter (where (entries = pools_size) <> (state = 'drawn'))::int as undrawn,
         count(*) filter (where awards <> (state = 'drawn')::int or announced <> awards)::int as awards,
         (count(*) filter (where state = 'open') - ${GAMES})::int as open
       from (select books.*, size as pools_size from books) as books`,
      [games],
    );
    const faults = Object.entries(wrong).filter(([, count]) => count !== 0);
    return [
      ...(JSON.stringify(entered) === JSON.stringify(expected) ? [] : ['the entries are not the stakes']),
      ...faults.map(([fault, count]) => `${fault}: ${count}`),
    ];
  }

  it('put every stake into exactly one pool exactly once, without gaps, and give one award for each', async () => {
    const faults: string[] = [];
    for (let round = 0; round < ROUNDS; round++) faults.push(...(await playRound()));
    expect(faults).toEqual([]);
  }, 120_000);

  it('go red with a game that is only read before it is written, without its row lock', async () => {
    const planted = replicas.map(({ app }) => {
      const work = app.get(TypeOrmUnitOfWork, { strict: false });
      return jest.spyOn(app.get<Pools>(Pools, { strict: false }), 'lockTables').mockImplementation(async (gameIds) => {
        const rows = await work.writer.query<{ id: string; gameId: string; entries: number; pot: string }[]>(
          `select id, game_id as "gameId", entries, pot_minor as pot from pools
           where state = 'open' and game_id = any($1)`,
          [gameIds],
        );
        return gameIds.map((gameId) => {
          const rules = new PoolRules(gameId, DEFAULT_POOL_SIZE, DEFAULT_PAYOUT_SHARE_BP);
          const row = rows.find((one) => one.gameId === gameId);
          const facts = row && { ...Pool.open(row.id, rules).facts, entries: row.entries, potMinor: BigInt(row.pot) };
          return { rules, open: facts ? new Pool(facts) : null };
        });
      });
    });
    const faults: string[] = [];
    for (let round = 0; round < ROUNDS_WITH_THE_BUG && faults.length === 0; round++)
      faults.push(...(await playRound()));
    for (const spy of planted) spy.mockRestore();
    expect(faults).not.toEqual([]);
  }, 120_000);

  it('go red with an inbox that lets a message through twice, and without the key that would notice', async () => {
    await replicas[0]?.database.dataSource.query(
      'alter table pool_entries drop constraint pool_entries_message_unique',
    );
    const planted = replicas.map(({ app }) =>
      jest
        .spyOn(app.get<Inbox>(Inbox, { strict: false }), 'claim')
        .mockImplementation(async (_, messageIds) => messageIds),
    );
    const faults = await playRound();
    for (const spy of planted) spy.mockRestore();
    expect(faults).not.toEqual([]);
  });
});

import type { Stake } from '../../../src/pool/pool.api';
import type { KafkaConnection } from '../../../src/platform/kafka/kafka-connection';
import type { TestDatabase } from '../../support/test-database';
import { readAll, TestMessage, until } from './kafka';

const AWARDS = 'lottery.v1.award';
const POOLS = 'lottery.v1.pool';

const ENTRIES = `
  select message_id as "messageId", game_id as "gameId", user_id as "userId", stake_minor as stake
  from pool_entries join pools on pools.id = pool_id
  join ballots on draw_id = pool_id and ballots.index = pool_entries.index`;

/** Of each kind of fault, how many there are. */
const FAULTS = `
  with books as (
    select pools.*, log.size as log_size, award.win_sum_minor, award.pot_minor as awarded_pot, award.player_id, winner.user_id,
      coalesce(stakes, 0) as stakes, coalesce(dense, 0) as dense, coalesce(staked, 0) as staked,
      (select count(*) from pool_awards where pool_id = pools.id) as awards
    from pools join ballot_logs as log on draw_id = pools.id
    left join (
      select pool_id, count(*) as stakes, max(index) + 1 as dense, sum(stake_minor) as staked from pool_entries group by pool_id
    ) as entered on entered.pool_id = pools.id
    left join pool_awards as award on award.pool_id = pools.id
    left join ballots as winner on winner.draw_id = pools.id and winner.index = pools.winner_index
  )
  select count(*) filter (where stakes <> entries or dense <> entries or log_size <> entries)::int as "pools with gaps",
    count(*) filter (where staked <> pot_minor)::int as "pots that are not the stakes",
    count(*) filter (where (entries = size) <> (state = 'drawn'))::int as "full pools that are not drawn",
    count(*) filter (where awards <> (state = 'drawn')::int)::int as "drawn pools without one award",
    count(*) filter (where awarded_pot <> pot_minor or win_sum_minor <> pot_minor * payout_share_bp / 10000
      or player_id <> user_id)::int as "wrong awards",
    (select count(*)::int from (select from books where state = 'open' group by game_id having count(*) > 1) as t)
      as "games with several open pools"
  from books`;

const AWARDED = `
  select id as "awardId", pool_id as "poolId", game_id as "gameId", player_id as "playerId",
    win_sum_minor::text as "winSum", pot_minor::text as pot, status from pool_awards`;

type Shown = Record<'awardId' | 'poolId' | 'gameId' | 'playerId' | 'winSum' | 'pot' | 'status', string>;

/** Entries of all pools, committed. */
export async function entriesIn({ dataSource }: TestDatabase): Promise<number> {
  const [row] = await dataSource.query<[{ n: string }]>('select coalesce(sum(entries), 0) as n from pools');
  return Number(row.n);
}

/** What is wrong with the pools, if these stakes, each once, are all that there were. */
export async function faultsInPools({ dataSource }: TestDatabase, stakes: readonly Stake[]): Promise<string[]> {
  const entries = await dataSource.query<(Omit<Stake, 'stakeMinor'> & { stake: string })[]>(ENTRIES);
  const shown = ({ messageId, gameId, userId }: Omit<Stake, 'stakeMinor'>, stake: string) =>
    `${messageId} ${gameId} ${userId} ${stake}`;
  const entered = entries.map((entry) => shown(entry, entry.stake));
  const expected = stakes.map((stake) => shown(stake, stake.stakeMinor.toString()));
  const [faults] = await dataSource.query<[Record<string, number>]>(FAULTS);
  return listed({ ...faults, ...differences('entries', expected, entered) });
}

export interface Told {
  readonly faults: readonly string[];
  readonly awards: number;
  /** Messages that came a second time. */
  readonly repeated: number;
}

/**
 * What is wrong with what was told about the pools, read from the beginning by somebody who keeps the first message of
 * each id: every award as the database has it, and the steps of each pool in their order, the award last, none left
 * out.
 */
export async function compareTold({ dataSource }: TestDatabase, connection: KafkaConnection): Promise<Told> {
  const [awards, steps] = [await readTopic(connection, AWARDS), await readTopic(connection, POOLS)];
  const [firstAwards, firstSteps] = [firstOfEach(awards), firstOfEach(steps)];
  const told = firstAwards.map(({ value }) => shownAward((JSON.parse(String(value)) as { award: Shown }).award));
  const awarded = (await dataSource.query<Shown[]>(AWARDED)).map(shownAward);
  const pools = await dataSource.query<{ id: string; state: string }[]>('select id, state from pools');
  const expected = pools.map(({ id, state }) => `${id} ${state === 'drawn' ? '1 2 3 4' : '1'}`);
  return {
    faults: listed({
      ...differences('awards', awarded, told),
      ...differences('steps', expected, inOrder([...firstSteps, ...firstAwards])),
    }),
    awards: told.length,
    repeated: awards.length + steps.length - firstAwards.length - firstSteps.length,
  };
}

/** All that is there now. */
async function readTopic(connection: KafkaConnection, topic: string): Promise<TestMessage[]> {
  let count: number | undefined;
  // A broker that has just come back does not lead its partitions at once.
  await until(async () => {
    count = await messagesIn(connection, topic).catch(() => undefined);
    return count !== undefined;
  });
  return readAll(connection, topic, count as number);
}

/** How many messages a topic has. */
export async function messagesIn(connection: KafkaConnection, topic: string): Promise<number> {
  await connection.ensureTopics([topic]);
  const admin = connection.client.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
}

function firstOfEach(messages: readonly TestMessage[]): TestMessage[] {
  const known = new Set<string>();
  return messages.filter(({ headers }) => {
    const id = String(headers?.['ce_id']);
    return !known.has(id) && known.add(id);
  });
}

/** Of each aggregate the versions as they came. */
function inOrder(messages: readonly TestMessage[]): string[] {
  const versions = new Map<string, string[]>();
  for (const { key, headers } of messages) {
    const known = versions.get(String(key)) ?? [];
    versions.set(String(key), [...known, String(headers?.['ce_aggregateversion'])]);
  }
  return [...versions].map(([aggregate, all]) => `${aggregate} ${all.join(' ')}`);
}

function shownAward({ awardId, poolId, gameId, playerId, winSum, pot, status }: Shown): string {
  return [awardId, poolId, gameId, playerId, winSum, pot, status].join(' ');
}

function differences(what: string, expected: readonly string[], found: readonly string[]): Record<string, number> {
  const [wanted, had] = [new Set(expected), new Set(found)];
  return {
    [`${what} missing`]: expected.filter((one) => !had.has(one)).length,
    [`${what} that nobody expected`]: found.filter((one) => !wanted.has(one)).length,
    [`${what} that are there twice`]: found.length - had.size,
  };
}

function listed(faults: Record<string, number>): string[] {
  return Object.entries(faults).flatMap(([fault, count]) => (count === 0 ? [] : [`${fault}: ${count}`]));
}

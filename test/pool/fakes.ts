import { AlreadyEntered, PoolEntries } from '../../src/pool/application/pool-entries';
import { PoolPlayers } from '../../src/pool/application/pool-players';
import { PoolRuleBook } from '../../src/pool/application/pool-rule-book';
import { PoolFilter, Pools } from '../../src/pool/application/pools';
import type { Award } from '../../src/pool/domain/award';
import { PoolNotFound } from '../../src/pool/domain/errors';
import type { Table } from '../../src/pool/domain/filling';
import type { Pool } from '../../src/pool/domain/pool';
import type { PoolEntry } from '../../src/pool/domain/pool-entry';
import { DEFAULT_PAYOUT_SHARE_BP, DEFAULT_POOL_SIZE, PoolRules } from '../../src/pool/domain/pool-rules';
import type { Stake } from '../../src/pool/domain/stake';
import { Page, pageOf, PageRequest } from '../../src/shared/application/page';
import { invariant } from '../../src/shared/domain/invariant';

export class FakePoolRuleBook extends PoolRuleBook {
  /** By game. */
  rows: ReadonlyMap<string, PoolRules> = new Map();

  async page({ cursor, limit }: PageRequest): Promise<Page<PoolRules>> {
    const found = [...this.rows.values()]
      .filter(({ gameId }) => cursor === null || gameId > cursor)
      .sort((a, b) => (a.gameId < b.gameId ? -1 : 1));
    return pageOf(found.slice(0, limit + 1), limit, ({ gameId }) => gameId);
  }

  async store(rules: PoolRules): Promise<void> {
    this.rows = new Map(this.rows).set(rules.gameId, rules);
  }

  /** A game that nobody has staked on gets the usual rules. */
  of(gameId: string): PoolRules {
    const rules = this.rows.get(gameId) ?? new PoolRules(gameId, DEFAULT_POOL_SIZE, DEFAULT_PAYOUT_SHARE_BP);
    this.rows = new Map(this.rows).set(gameId, rules);
    return rules;
  }
}

interface KeptPools {
  readonly pools: ReadonlyMap<string, Pool>;
  /** By pool. */
  readonly awards: ReadonlyMap<string, Award>;
}

export class FakePools extends Pools {
  rows: KeptPools = { pools: new Map(), awards: new Map() };

  constructor(private readonly book: FakePoolRuleBook) {
    super();
  }

  async lockTables(gameIds: readonly string[]): Promise<readonly Table[]> {
    return gameIds.map((gameId) => {
      const open = this.all().find(({ state, facts }) => state === 'open' && facts.gameId === gameId);
      return { rules: this.book.of(gameId), open: open ?? null };
    });
  }

  async lockSealed(poolIds: readonly string[]): Promise<readonly Pool[]> {
    return this.all().filter(({ id, state }) => state === 'sealed' && poolIds.includes(id));
  }

  async store(pools: readonly Pool[]): Promise<void> {
    const after = new Map(this.rows.pools);
    for (const pool of pools) after.set(pool.id, pool);
    this.rows = { ...this.rows, pools: after };
  }

  async addAwards(awards: readonly Award[]): Promise<void> {
    invariant(!awards.some(({ poolId }) => this.rows.awards.has(poolId)), 'each pool has one award');
    const added = awards.map((award) => [award.poolId, award] as const);
    this.rows = { ...this.rows, awards: new Map([...this.rows.awards, ...added]) };
  }

  async get(poolId: string): Promise<Pool> {
    const pool = this.rows.pools.get(poolId);
    if (!pool) throw new PoolNotFound();
    return pool;
  }

  async find(poolIds: readonly string[]): Promise<ReadonlyMap<string, Pool>> {
    return new Map(
      this.all()
        .filter(({ id }) => poolIds.includes(id))
        .map((pool) => [pool.id, pool]),
    );
  }

  async awardOf(poolId: string): Promise<Award | null> {
    return this.rows.awards.get(poolId) ?? null;
  }

  async page(filter: PoolFilter, { cursor, limit }: PageRequest): Promise<Page<Pool>> {
    const found = this.all()
      .reverse()
      .filter(({ id }) => cursor === null || id < cursor)
      .filter(({ facts }) => filter.gameId === null || facts.gameId === filter.gameId)
      .filter(({ state }) => filter.state === null || state === filter.state);
    return pageOf(found.slice(0, limit + 1), limit, ({ id }) => id);
  }

  async due(now: Date, heldBack: readonly string[], after: Pool | null, limit: number): Promise<readonly Pool[]> {
    return this.all()
      .filter(({ id, state }) => state === 'sealed' && !heldBack.includes(id))
      .filter(({ facts }) => facts.decidedAt !== null && facts.decidedAt <= now)
      .sort(byWaiting)
      .filter((pool) => after === null || byWaiting(pool, after) > 0)
      .slice(0, limit);
  }

  /** In the order of their ids. */
  all(): Pool[] {
    return [...this.rows.pools.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** Longest waiting first. */
function byWaiting(a: Pool, b: Pool): number {
  const [since, other] = [a, b].map(({ facts }) => facts.decidedAt?.getTime() ?? 0) as [number, number];
  return since - other || (a.id < b.id ? -1 : Number(a.id > b.id));
}

export class FakePoolEntries extends PoolEntries {
  rows: readonly PoolEntry[] = [];

  async add(entries: readonly PoolEntry[]): Promise<void> {
    const known = new Set(this.rows.map(({ messageId }) => messageId));
    if (entries.some(({ messageId }) => known.has(messageId))) throw new AlreadyEntered();
    this.rows = [...this.rows, ...entries];
  }

  async at(poolId: string, indexes: readonly number[]): Promise<ReadonlyMap<number, PoolEntry>> {
    const found = this.rows.filter((entry) => entry.poolId === poolId && indexes.includes(entry.index));
    return new Map(found.map((entry) => [entry.index, entry]));
  }

  async ofMessages(messageIds: readonly string[]): Promise<ReadonlyMap<string, PoolEntry>> {
    const found = this.rows.filter(({ messageId }) => messageIds.includes(messageId));
    return new Map(found.map((entry) => [entry.messageId, entry]));
  }
}

/** The salt of a player follows from their id. */
export class FakePoolPlayers extends PoolPlayers {
  async salts(userIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    return new Map(userIds.map((userId) => [userId, Buffer.alloc(32, userId)]));
  }
}

/** A UUID that ends in this number. */
export function uuid(kind: 'game' | 'player' | 'pool', number: number): string {
  const group = { game: 'aaaa', player: 'bbbb', pool: 'cccc' }[kind];
  return `01a1fd69-${group}-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Player n stakes n minor units on game 1, unless something else is said. */
export function aStake(number: number, fields: Partial<Stake> = {}): Stake {
  const userId = uuid('player', number);
  return { messageId: `message ${number}`, userId, gameId: uuid('game', 1), stakeMinor: BigInt(number), ...fields };
}

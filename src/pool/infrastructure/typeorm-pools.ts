import { Injectable } from '@nestjs/common';
import { Any, LessThan } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { invariant } from '../../shared/domain/invariant';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { PoolFilter, Pools } from '../application/pools';
import type { Award } from '../domain/award';
import { PoolNotFound } from '../domain/errors';
import type { Table } from '../domain/filling';
import { Pool } from '../domain/pool';
import { DEFAULT_PAYOUT_SHARE_BP, DEFAULT_POOL_SIZE, PoolRules } from '../domain/pool-rules';
import { PoolAwardRow, poolAwardsTable, PoolGameRow, PoolRow, poolsTable } from './pools.table';

/**
 * Locks games and pools in the order of their ids, so that two units of work wait for each other but never deadlock.
 */
const ADD_GAMES = `
  insert into pool_games (game_id, size, payout_share_bp)
  select game_id, ${DEFAULT_POOL_SIZE}, ${DEFAULT_PAYOUT_SHARE_BP} from unnest($1::uuid[]) as t (game_id)
  order by game_id on conflict do nothing`;

const LOCK_GAMES = `
  select game_id as "gameId", size, payout_share_bp as "payoutShareBp" from pool_games
  where game_id = any($1) order by game_id for update`;

const COLUMNS = `id, game_id as "gameId", size, payout_share_bp as "payoutShareBp", state, entries,
  pot_minor as "potMinor", winner_index as "winnerIndex", decided_at as "decidedAt"`;

/** A game's earlier pool precedes its next, so that there is never a second open one. */
const STORE = `
  insert into pools (id, game_id, size, payout_share_bp, state, entries, pot_minor, winner_index, decided_at)
  select id, game_id, size, payout_share_bp, state, entries, pot_minor, winner_index, decided_at
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::int[], $7::bigint[], $8::int[],
    $9::timestamptz[]) with ordinality
    as t (id, game_id, size, payout_share_bp, state, entries, pot_minor, winner_index, decided_at, place)
  order by place
  on conflict (id) do update
  set state = excluded.state, entries = excluded.entries, pot_minor = excluded.pot_minor,
    winner_index = excluded.winner_index, decided_at = excluded.decided_at`;

const ADD_AWARDS = `
  insert into pool_awards (id, pool_id, game_id, player_id, win_sum_minor, pot_minor, status, awarded_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::text[],
    $8::timestamptz[])`;

const DUE = `
  select ${COLUMNS} from pools
  where state = 'sealed' and decided_at <= $1 and id <> all ($2::uuid[])
    and ($3::timestamptz is null or (decided_at, id) > ($3, $4::uuid))
  order by decided_at, id limit $5`;

@Injectable()
export class TypeOrmPools extends Pools {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async lockTables(gameIds: readonly string[]): Promise<readonly Table[]> {
    await this.work.writer.query(ADD_GAMES, [gameIds]);
    const games = await this.work.writer.query<PoolGameRow[]>(LOCK_GAMES, [gameIds]);
    // A separate statement: it must see what was committed while the previous one waited.
    const open = await this.work.writer.query<PoolRow[]>(
      `select ${COLUMNS} from pools where state = 'open' and game_id = any($1)`,
      [gameIds],
    );
    const rulesOf = new Map(games.map((row) => [row.gameId, new PoolRules(row.gameId, row.size, row.payoutShareBp)]));
    const openOf = new Map(open.map((row) => [row.gameId, fromRow(row)]));
    return gameIds.map((gameId) => {
      const rules = rulesOf.get(gameId);
      invariant(rules, `game ${gameId} has a row`);
      return { rules, open: openOf.get(gameId) ?? null };
    });
  }

  async lockSealed(poolIds: readonly string[]): Promise<readonly Pool[]> {
    const rows = await this.work.writer.query<PoolRow[]>(
      `select ${COLUMNS} from pools where id = any($1) and state = 'sealed' order by id for update skip locked`,
      [poolIds],
    );
    return rows.map(fromRow);
  }

  async store(pools: readonly Pool[]): Promise<void> {
    const facts = pools.map((pool) => pool.facts);
    await this.work.writer.query(STORE, [
      facts.map(({ id }) => id),
      facts.map(({ gameId }) => gameId),
      facts.map(({ size }) => size),
      facts.map(({ payoutShareBp }) => payoutShareBp),
      facts.map(({ state }) => state),
      facts.map(({ entries }) => entries),
      facts.map(({ potMinor }) => potMinor),
      facts.map(({ winnerIndex }) => winnerIndex),
      facts.map(({ decidedAt }) => decidedAt),
    ]);
  }

  async addAwards(awards: readonly Award[]): Promise<void> {
    await this.work.writer.query(ADD_AWARDS, [
      awards.map(({ id }) => id),
      awards.map(({ poolId }) => poolId),
      awards.map(({ gameId }) => gameId),
      awards.map(({ userId }) => userId),
      awards.map(({ winSumMinor }) => winSumMinor),
      awards.map(({ potMinor }) => potMinor),
      awards.map(({ status }) => status),
      awards.map(({ awardedAt }) => awardedAt),
    ]);
  }

  async get(poolId: string): Promise<Pool> {
    const pool = (await this.find([poolId])).get(poolId);
    if (!pool) throw new PoolNotFound();
    return pool;
  }

  async find(poolIds: readonly string[]): Promise<ReadonlyMap<string, Pool>> {
    const rows = await this.work.reader.find(poolsTable, { where: { id: Any(poolIds) } });
    return new Map(rows.map((row) => [row.id, fromRow(row)]));
  }

  async awardOf(poolId: string): Promise<Award | null> {
    const row = await this.work.reader.findOne(poolAwardsTable, { where: { poolId } });
    return row && awardFromRow(row);
  }

  async page({ gameId, state }: PoolFilter, { cursor, limit }: PageRequest): Promise<Page<Pool>> {
    const rows = await this.work.reader.find(poolsTable, {
      where: {
        ...(gameId === null ? {} : { gameId }),
        ...(state === null ? {} : { state }),
        ...(cursor === null ? {} : { id: LessThan(cursor) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(rows.map(fromRow), limit, ({ id }) => id);
  }

  async due(now: Date, heldBack: readonly string[], after: Pool | null, limit: number): Promise<readonly Pool[]> {
    const parameters = [now, heldBack, after?.facts.decidedAt ?? null, after?.id ?? null, limit];
    return (await this.work.reader.query<PoolRow[]>(DUE, parameters)).map(fromRow);
  }
}

function fromRow({ potMinor, ...row }: PoolRow): Pool {
  return new Pool({ ...row, potMinor: BigInt(potMinor) });
}

function awardFromRow({ winSumMinor, potMinor, ...row }: PoolAwardRow): Award {
  return { ...row, winSumMinor: BigInt(winSumMinor), potMinor: BigInt(potMinor) };
}

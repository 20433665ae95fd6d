import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { Draw, DrawRecords } from '../../draw/draw.api';
import { MAX_PAGE_SIZE, Page, PageRequest } from '../../shared/application/page';
import { invariant } from '../../shared/domain/invariant';
import type { Award } from '../domain/award';
import type { Pool } from '../domain/pool';
import type { EntryReceipt } from '../pool.api';
import { PoolEntries } from './pool-entries';
import { PoolFilter, Pools } from './pools';

/** An entry with its ballot. */
export type EntryDetails = Omit<EntryReceipt, 'checkpoint'>;

export interface PoolSummary {
  readonly pool: Pool;
  readonly draw: Draw;
}

export interface PoolDetails extends PoolSummary {
  /** The first page. */
  readonly entries: Page<EntryDetails>;
  readonly winner: EntryDetails | null;
  readonly award: Award | null;
}

/** Reads what everyone may know of the pools. */
@Injectable()
export class ReadPools {
  constructor(
    private readonly pools: Pools,
    private readonly entries: PoolEntries,
    private readonly draws: DrawRecords,
    private readonly ballots: Ballots,
  ) {}

  async page(filter: PoolFilter, request: PageRequest): Promise<Page<PoolSummary>> {
    const { items, nextCursor } = await this.pools.page(filter, request);
    const draws = await this.draws.find(items.map(({ id }) => id));
    return { items: items.map((pool) => ({ pool, draw: drawOf(pool, draws) })), nextCursor };
  }

  /** @throws PoolNotFound */
  async find(poolId: string): Promise<PoolDetails> {
    const pool = await this.pools.get(poolId);
    const draw = drawOf(pool, await this.draws.find([poolId]));
    const entries = await this.entriesOf(pool, { cursor: null, limit: MAX_PAGE_SIZE });
    return { pool, draw, entries, winner: await this.winnerOf(pool), award: await this.pools.awardOf(poolId) };
  }

  /** In log order. @throws PoolNotFound */
  async entriesPage(poolId: string, request: PageRequest): Promise<Page<EntryDetails>> {
    return this.entriesOf(await this.pools.get(poolId), request);
  }

  private async entriesOf(pool: Pool, request: PageRequest): Promise<Page<EntryDetails>> {
    const { items, nextCursor } = await this.ballots.ofDraw(pool.id, request);
    const indexes = items.map(({ index }) => index);
    const entries = await this.entries.at(pool.id, indexes);
    const details = items.map((ballot) => {
      const entry = entries.get(ballot.index);
      invariant(entry, `pool ${pool.id} has a stake at ${ballot.index}`);
      return { pool, entry, ballot };
    });
    return { items: details, nextCursor };
  }

  private async winnerOf(pool: Pool): Promise<EntryDetails | null> {
    const { winnerIndex } = pool.facts;
    if (winnerIndex === null) return null;
    const before = winnerIndex === 0 ? null : String(winnerIndex - 1);
    const { items } = await this.entriesOf(pool, { cursor: before, limit: 1 });
    return items[0] ?? null;
  }
}

function drawOf(pool: Pool, draws: ReadonlyMap<string, Draw>): Draw {
  const draw = draws.get(pool.id);
  invariant(draw, `pool ${pool.id} has a draw`);
  return draw;
}

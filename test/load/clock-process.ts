/** One process of bench:clock: says by how much it takes the database's clock to be ahead of CLOCK_MONOTONIC. */
import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/data-source';
import { clockOf } from '../support/database-clock';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';

/** In milliseconds. Processes of one machine share that clock, so their offsets can be compared. */
export interface Offsets {
  readonly newest: number;
  readonly filtered: number;
}

const POOL_SIZE = 5;
/** Queries that want a connection at any moment, so that each waits for some others. */
const QUERIES_AT_ONCE = 20;
const QUERY = 'select pg_sleep(0.05)';

const BLOCKED = 0.6;
const [SHORTEST_BLOCK_MS, LONGEST_BLOCK_MS] = [20, 50];

/** How the clock worked before: an answer is true when it arrives, and the newest counts. For the comparison only. */
class NewestArrival {
  offsetMs = NaN;

  constructor(private readonly work: TypeOrmUnitOfWork) {}

  async synchronise(): Promise<void> {
    const [row] = await this.work.reader.query<[{ now: Date }]>('select database_time() as now');
    this.offsetMs = row.now.getTime() - performance.now();
  }
}

async function main(): Promise<void> {
  const [url, load] = process.argv.slice(2) as [string, string];
  const dataSource = await createDataSource({ url, poolSize: POOL_SIZE }).initialize();
  const work = new TypeOrmUnitOfWork(dataSource);
  const [newest, filtered] = [new NewestArrival(work), clockOf(work)];
  await Promise.all([newest.synchronise(), filtered.onModuleInit()]);
  setInterval(() => void newest.synchronise(), 1_000);
  if (load === 'blocked') block();
  if (load === 'queued') for (let i = 0; i < QUERIES_AT_ONCE; i++) void askOn(dataSource);
  const originMs = monotonicOrigin();
  const say = () => {
    const offsets = { newest: newest.offsetMs, filtered: filtered['filter'].offsetMs as number };
    process.send?.({ newest: offsets.newest + originMs, filtered: offsets.filtered + originMs } satisfies Offsets);
  };
  process.on('message', say);
  say();
}

/** Computes for a while, lets the loop run for a while, and so on. */
function block(): void {
  const lengthMs = SHORTEST_BLOCK_MS + Math.random() * (LONGEST_BLOCK_MS - SHORTEST_BLOCK_MS);
  const endMs = performance.now() + lengthMs;
  while (performance.now() < endMs);
  setTimeout(block, (lengthMs * (1 - BLOCKED)) / BLOCKED);
}

async function askOn(dataSource: DataSource): Promise<void> {
  for (;;) await dataSource.query(QUERY);
}

/** `performance.now()` minus CLOCK_MONOTONIC in milliseconds; of several attempts the one that took least. */
function monotonicOrigin(): number {
  const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;
  const attempts = Array.from({ length: 100 }, () => {
    const [before, now, after] = [monotonicMs(), performance.now(), monotonicMs()];
    return { tookMs: after - before, originMs: now - (before + after) / 2 };
  });
  return attempts.reduce((best, one) => (one.tookMs < best.tookMs ? one : best)).originMs;
}

void main();

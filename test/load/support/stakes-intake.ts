import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import { createApp } from '../../../src/create-app';
import { StakeIntake } from '../../../src/pool/pool.api';
import { Clock } from '../../../src/shared/application/clock';
import { startBenchDatabase } from './bench-database';
import { addBanned, benchEnvironment } from './bench-players';
import { median, table, verdict, whole } from './report';
import { checkStakes } from './stake-checks';
import { StakeSource } from './stake-source';
import { StatementTimes, timeStatements } from './statement-times';
import { completeConfigFrom } from '../../support/complete-config';

const WARM_UP_STAKES = 10_000;
const POOL_SIZE = 10;
const SLOWEST_SHOWN = 10;
const GOAL_PER_SECOND = 5_000;

export interface IntakeOptions {
  /** Stakes that one transaction takes. */
  readonly batches: readonly number[];
  readonly seconds: number;
  readonly rounds: number;
  readonly games: number;
}

interface Measured {
  readonly stakesPerSecond: number;
  readonly batchMs: number;
  /** Part of the time in which a statement was under way. */
  readonly inSql: number;
  readonly times: StatementTimes;
}

/** What the intake takes per second, without what brings the stakes. */
export async function measureIntake({ batches, seconds, rounds, games }: IntakeOptions): Promise<void> {
  const database = await startBenchDatabase();
  try {
    // Never initialised: nothing else runs beside the measurements.
    const app = await createApp(completeConfigFrom(benchEnvironment(database.url)), database.dataSource);
    await app.get<Clock>(Clock, { strict: false }).synchronise();
    await addBanned(database.dataSource);
    const intake = app.get<StakeIntake>(StakeIntake, { strict: false });
    const source = new StakeSource(games);
    await run(database.dataSource, intake, source, 1_000, (taken) => taken < WARM_UP_STAKES);
    const measured = new Map<number, Measured[]>(batches.map((size) => [size, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const [size, results] of measured) {
        const until = performance.now() + 1_000 * seconds;
        const result = await run(database.dataSource, intake, source, size, () => performance.now() < until);
        console.log(`round ${round}, batches of ${whole(size)}: ${whole(result.stakesPerSecond)} stakes/s`);
        results.push(result);
      }
    }
    await checkStakes(database, source.made);
    report(measured);
  } finally {
    await database.stop();
  }
}

/** One batch after the other, as a consumer of one topic partition hands them over. */
async function run(
  dataSource: DataSource,
  intake: StakeIntake,
  source: StakeSource,
  size: number,
  goesOn: (taken: number) => boolean,
): Promise<Measured> {
  const batchMs: number[] = [];
  let taken = 0;
  let elapsedMs = 0;
  const times = await timeStatements(dataSource, async () => {
    for (; goesOn(taken); taken += size) {
      const stakes = source.next(size);
      const startedAt = performance.now();
      await intake.take(stakes);
      batchMs.push(performance.now() - startedAt);
    }
    elapsedMs = batchMs.reduce((sum, ms) => sum + ms, 0);
  });
  return {
    stakesPerSecond: (1_000 * taken) / elapsedMs,
    batchMs: median(batchMs),
    inSql: times.totalMs / elapsedMs,
    times,
  };
}

function report(measured: ReadonlyMap<number, readonly Measured[]>): void {
  const middle = (results: readonly Measured[], of: (one: Measured) => number) => median(results.map(of));
  const rows = [...measured].map(([size, results]) => {
    const rate = middle(results, ({ stakesPerSecond }) => stakesPerSecond);
    return [
      whole(size),
      whole(rate),
      whole(rate / POOL_SIZE),
      middle(results, ({ batchMs }) => batchMs).toFixed(0),
      (100 * middle(results, ({ inSql }) => inSql)).toFixed(0),
    ];
  });
  console.log(`\n${table(['stakes a batch', 'stakes/s', 'pools/s', 'median batch ms', '% of time in SQL'], rows)}\n`);
  const best = [...measured.values()].sort((a, b) => rateOf(b) - rateOf(a))[0] ?? [];
  const { times } = best.at(-1) as Measured;
  console.log('the statements of the fastest, by their part of the time in SQL:');
  for (const { sql, ms, calls } of times.statements.slice(0, SLOWEST_SHOWN)) {
    const share = ((100 * ms) / times.totalMs).toFixed(0).padStart(3);
    console.log(`${share} %  ${(ms / calls).toFixed(2).padStart(6)} ms  ${sql.slice(0, 100)}`);
  }
  const rate = rateOf(best);
  console.log(`\n${verdict(`stakes/s of the intake >= ${whole(GOAL_PER_SECOND)}`, rate, rate >= GOAL_PER_SECOND)}\n`);
}

function rateOf(results: readonly Measured[]): number {
  return median(results.map(({ stakesPerSecond }) => stakesPerSecond));
}

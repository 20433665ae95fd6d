/** How many stakes the service takes per second, what that is in pools, and what bounds it. See docs/benchmarks.md. */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/create-app';
import { Stake, StakeIntake } from '../../src/pool/pool.api';
import { Clock } from '../../src/shared/application/clock';
import { CompleteConfig, readConfig } from '../../src/shared/infrastructure/config';
import { BenchDatabase, startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment } from './support/bench-players';
import { median, table, verdict, whole } from './support/report';
import { StatementTimes, timeStatements } from './support/statement-times';

const HELP = `npm run bench:stakes -- [options]
  --batches <n,n>  stakes that one transaction takes (200,1000,5000)
  --seconds <n>    length of one measurement, about (8)
  --rounds <n>     measurements of each size of batch, taken in turn; the median counts (3)
  --games <n>      games that are staked on (50)
  --help`;

const PLAYERS = 5_000;
/** People of ours, whom each seal looks for among its players. */
const BANNED = 100;
const WARM_UP_STAKES = 10_000;
const POOL_SIZE = 10;
const SLOWEST_SHOWN = 10;

interface Measured {
  readonly stakesPerSecond: number;
  readonly batchMs: number;
  /** Part of the time in which a statement was under way. */
  readonly inSql: number;
  readonly times: StatementTimes;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      batches: { type: 'string', default: '200,1000,5000' },
      seconds: { type: 'string', default: '8' },
      rounds: { type: 'string', default: '3' },
      games: { type: 'string', default: '50' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const database = await startBenchDatabase();
  try {
    // Never initialised: nothing else runs beside the measurements.
    const app = await createApp(readConfig(benchEnvironment(database.url)) as CompleteConfig, database.dataSource);
    const clock = app.get<Clock>(Clock, { strict: false });
    await clock.synchronise();
    await addPlayers(database.dataSource, BANNED);
    await database.dataSource.query('update users set banned_at = now()');
    const intake = app.get<StakeIntake>(StakeIntake, { strict: false });
    const source = new Stakes(Number(values.games));
    await run(database.dataSource, intake, source, 1_000, (taken) => taken < WARM_UP_STAKES);
    const sizes = values.batches.split(',').map(Number);
    const measured = new Map<number, Measured[]>(sizes.map((size) => [size, []]));
    for (let round = 1; round <= Number(values.rounds); round++) {
      for (const [size, results] of measured) {
        const until = performance.now() + 1_000 * Number(values.seconds);
        const result = await run(database.dataSource, intake, source, size, () => performance.now() < until);
        console.log(`round ${round}, batches of ${whole(size)}: ${whole(result.stakesPerSecond)} stakes/s`);
        results.push(result);
      }
    }
    await check(database, source.made);
    report(measured);
  } finally {
    await database.stop();
  }
}

/** One batch after the other, as a consumer of one topic partition hands them over. */
async function run(
  dataSource: DataSource,
  intake: StakeIntake,
  source: Stakes,
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

/** Stakes of many players on the games, at random. */
class Stakes {
  made = 0;
  private readonly games: readonly string[];
  private readonly players = Array.from({ length: PLAYERS }, () => randomUUID());

  constructor(games: number) {
    this.games = Array.from({ length: games }, () => randomUUID());
  }

  next(count: number): Stake[] {
    this.made += count;
    return Array.from({ length: count }, () => ({
      messageId: randomUUID(),
      playerId: oneOf(this.players),
      gameId: oneOf(this.games),
      stakeMinor: BigInt(1 + Math.floor(10_000 * Math.random())),
    }));
  }
}

function oneOf(values: readonly string[]): string {
  return values[Math.floor(values.length * Math.random())] as string;
}

/** @throws Error unless every stake is an entry, every full pool drawn, and each of those has its award. */
async function check({ dataSource, count }: BenchDatabase, made: number): Promise<void> {
  const [entries, awards] = [await count('pool_entries'), await count('pool_awards')];
  const [row] = await dataSource.query<[{ drawn: string; full: string; entered: string }]>(
    `select count(*) filter (where state = 'drawn') as drawn, count(*) filter (where entries = size) as full,
       sum(entries) as entered from pools`,
  );
  const [drawn, full, entered] = [row.drawn, row.full, row.entered].map(Number);
  if (entries !== made || entered !== made) throw new Error(`${made} stakes became ${entries} entries`);
  if (drawn !== full || awards !== full) throw new Error(`${full} full pools, ${drawn} drawn, ${awards} awards`);
  console.log(`\n${whole(made)} stakes, each an entry; ${whole(awards)} pools, each drawn and with its one award`);
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
  console.log(`\n${verdict('stakes/s >= 5,000', rateOf(best), rateOf(best) >= 5_000)}`);
}

function rateOf(results: readonly Measured[]): number {
  return median(results.map(({ stakesPerSecond }) => stakesPerSecond));
}

void main();

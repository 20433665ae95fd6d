/** What it costs to seal and to draw, at very different numbers of ballots. See docs/benchmarks.md. */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/create-app';
import { CloseLottery } from '../../src/lottery/application/close-lottery';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { CompleteConfig, readConfig } from '../../src/platform/config/config';
import { startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment } from './support/bench-players';
import { FilledLottery, fillLottery } from './support/filled-lottery';
import { median, table, verdict, whole } from './support/report';
import { explain, ExplainedStatement, recordStatements } from './support/statement-recorder';

const HELP = `npm run bench:close -- [options]
  --closes <n>   closings of each lottery that are measured and rolled back (20)
  --sizes <n,n>  numbers of ballots, ascending (10000,1000000,10000000)
  --help`;

const PLAYERS = 3_000;
const BANNED = 50;
/** Until the code is compiled and the pages are in memory. */
const WARM_UPS = 10;

interface Closings {
  readonly size: number;
  /** Rolled back instead of committed. */
  readonly rehearsedMs: number[];
  /** The one that stays, commits included. */
  readonly keptMs: number;
}

class RolledBack extends Error {}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      closes: { type: 'string', default: '20' },
      sizes: { type: 'string', default: '10000,1000000,10000000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const database = await startBenchDatabase();
  try {
    const config = readConfig(benchEnvironment(database.url)) as CompleteConfig;
    const app = await createApp(config, database.dataSource);
    const lotteries = await fill(app, database.dataSource, values.sizes.split(',').map(Number));
    const { closings, statements } = await closeAll(app, database.dataSource, lotteries, Number(values.closes));
    reportStatements(statements);
    reportTimes(closings);
    if (statements.some(({ scansAllBallots }) => scansAllBallots)) process.exitCode = 1;
  } finally {
    await database.stop();
  }
}

/** The app is never initialised: no reconciler runs beside the measurements. */
async function fill(app: NestFastifyApplication, dataSource: DataSource, sizes: number[]): Promise<FilledLottery[]> {
  const players = await addPlayers(dataSource, PLAYERS);
  const lotteries = [];
  for (const [i, size] of sizes.entries()) {
    console.log(`filling a lottery with ${whole(size)} ballots of ${whole(PLAYERS)} players`);
    lotteries.push(await fillLottery(app, `2090-01-${String(i + 1).padStart(2, '0')}`, size, players));
  }
  await dataSource.query('update users set banned_at = now() where id = any($1)', [players.slice(0, BANNED)]);
  // Autovacuum does the same from time to time; without it the first plans would be guesses.
  await dataSource.query('analyze');
  return lotteries;
}

/** The lotteries take turns, so that a busy moment of the machine hits all of them. */
async function closeAll(
  app: NestFastifyApplication,
  dataSource: DataSource,
  lotteries: FilledLottery[],
  closes: number,
): Promise<{ closings: Closings[]; statements: ExplainedStatement[] }> {
  const rehearsedMs = lotteries.map(() => [] as number[]);
  for (let i = 0; i < WARM_UPS; i++) for (const lottery of lotteries) await rehearse(app, lottery);
  for (let i = 0; i < closes; i++) {
    for (const [j, lottery] of lotteries.entries()) rehearsedMs[j]?.push(await rehearse(app, lottery));
  }
  const closings: Closings[] = [];
  let recorded: Awaited<ReturnType<typeof recordStatements>> = [];
  for (const [j, lottery] of lotteries.entries()) {
    let keptMs = 0;
    recorded = await recordStatements(dataSource, async () => void (keptMs = await close(app, lottery)));
    closings.push({ size: lottery.size, rehearsedMs: rehearsedMs[j] ?? [], keptMs });
  }
  const statements = [];
  for (const statement of recorded) statements.push(await explain(dataSource, statement));
  return { closings, statements };
}

async function rehearse(app: NestFastifyApplication, lottery: FilledLottery): Promise<number> {
  let elapsedMs = 0;
  const work = app.get<UnitOfWork>(UnitOfWork, { strict: false });
  const rolledBack = work.run(async () => {
    elapsedMs = await close(app, lottery);
    throw new RolledBack();
  });
  await rolledBack.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return elapsedMs;
}

async function close(app: NestFastifyApplication, { date }: FilledLottery): Promise<number> {
  const startedAt = performance.now();
  await app.get(CloseLottery, { strict: false }).execute({ date, by: 'operator', early: true });
  return performance.now() - startedAt;
}

function reportStatements(statements: ExplainedStatement[]): void {
  console.log('\nthe statements of the largest closing, as PostgreSQL executes them:');
  for (const { sql, nodes, scansAllBallots } of statements) {
    console.log(`${scansAllBallots ? 'SCANS ALL BALLOTS' : '-'} ${sql.slice(0, 110)}\n    ${nodes.join(' < ')}`);
  }
}

function reportTimes(closings: Closings[]): void {
  const rows = closings.map(({ size, rehearsedMs, keptMs }) => [
    whole(size),
    median(rehearsedMs).toFixed(1),
    Math.max(...rehearsedMs).toFixed(1),
    keptMs.toFixed(1),
  ]);
  console.log(`\n${table(['ballots', 'median ms', 'max ms', 'the kept one, with commits, ms'], rows)}\n`);
  const [first, last] = [closings[0], closings.at(-1)].map((one) => median(one?.rehearsedMs ?? []));
  const ratio = (last ?? NaN) / (first ?? NaN);
  const slowest = Math.max(...closings.flatMap(({ rehearsedMs, keptMs }) => [...rehearsedMs, keptMs]));
  console.log(verdict('largest / smallest <= 1.5', ratio, ratio <= 1.5));
  console.log(verdict('every closing < 50 ms    ', slowest, slowest < 50));
}

void main();

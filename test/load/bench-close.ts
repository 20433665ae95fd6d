/** What it costs to seal and to draw, at very different numbers of ballots. See docs/benchmarks.md. */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/create-app';
import { CloseLottery } from '../../src/lottery/application/close-lottery';
import { Clock } from '../../src/shared/application/clock';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment } from './support/bench-players';
import { FilledLottery, fillLottery } from './support/filled-lottery';
import { median, table, verdict, whole } from './support/report';
import { ExplainedStatement, explainWhile } from './support/explained-statements';
import { completeConfigFrom } from '../support/complete-config';

const HELP = `npm run bench:close -- [options]
  --closes <n>   closings of each lottery that are measured and rolled back (20)
  --sizes <n,n>  numbers of ballots, ascending (10000,1000000,10000000)
  --help`;

const PLAYERS = 3_000;
const BANNED = 50;
/** Until the code is compiled and the pages are in memory. */
const WARM_UPS = 10;
/** A statement that reads this part of the largest lottery's ballots costs more with each of them. */
const FAULTY_PART = 0.1;

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
    const config = completeConfigFrom(benchEnvironment(database.url));
    const app = await createApp(config, database.dataSource);
    const lotteries = await fill(app, database.dataSource, values.sizes.split(',').map(Number));
    const largest = lotteries.at(-1) as FilledLottery;
    const statements = await explainWhile(database.url, async (dataSource) => {
      const explainedApp = await createApp(config, dataSource);
      await explainedApp.get<Clock>(Clock, { strict: false }).synchronise();
      await rehearse(explainedApp, largest);
    });
    const closings = await closeAll(app, lotteries, Number(values.closes));
    const areFaultless = reportStatements(statements, largest.size * FAULTY_PART);
    reportTimes(closings);
    if (!areFaultless) process.exitCode = 1;
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
async function closeAll(app: NestFastifyApplication, lotteries: FilledLottery[], closes: number): Promise<Closings[]> {
  const rehearsedMs = lotteries.map(() => [] as number[]);
  for (let i = 0; i < WARM_UPS; i++) for (const lottery of lotteries) await rehearse(app, lottery);
  for (let i = 0; i < closes; i++) {
    for (const [j, lottery] of lotteries.entries()) rehearsedMs[j]?.push(await rehearse(app, lottery));
  }
  const closings: Closings[] = [];
  for (const [j, lottery] of lotteries.entries()) {
    closings.push({ size: lottery.size, rehearsedMs: rehearsedMs[j] ?? [], keptMs: await close(app, lottery) });
  }
  return closings;
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
  await app.get(CloseLottery, { strict: false }).execute({ date, trigger: 'manual', early: true });
  return performance.now() - startedAt;
}

/** Whether every statement reads fewer ballots than the limit. */
function reportStatements(statements: ExplainedStatement[], limit: number): boolean {
  console.log('\nthe statements of the largest closing, each node with the rows that it read:');
  for (const { sql, nodes, ballotsRead } of statements) {
    const mark = ballotsRead < limit ? '-' : `READS ${whole(ballotsRead)} BALLOTS`;
    console.log(`${mark} ${sql.slice(0, 110)}\n    ${nodes.join(' < ')}`);
  }
  const most = Math.max(...statements.map(({ ballotsRead }) => ballotsRead));
  console.log(`\n${verdict(`ballots read by any statement < ${whole(limit)}`, most, most < limit)}`);
  return statements.length > 0 && most < limit;
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

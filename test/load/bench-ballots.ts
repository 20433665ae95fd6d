/** How many authenticated ballots the service takes per second, and what that is worth. See docs/benchmarks.md. */
import { parseArgs } from 'node:util';
import { measureMany } from './bench-many-ballots';
import { addPlayers, benchEnvironment, tokensOf } from './support/bench-players';
import { BenchDatabase, startBenchDatabase } from './support/bench-database';
import { Child } from './support/child-process';
import { LoadGenerator, Measured } from './support/load';
import { median, table, verdict, whole } from './support/report';
import { insertSingleRows } from './support/single-row-inserts';

const HELP = `npm run bench:ballots -- [options]
  --connections <n,n>  connections of the load generator (64,256)
  --rounds <n>         measurements of each variant, taken in turn; the medians count (30)
  --seconds <n>        length of one measurement, about (1)
  --count <n>          instead: so many ballots in a request, against one and against inserts in bulk, at 64 connections
  --help`;

/** The pool of the service by default: more do not reach the database at once. */
const POOL_SIZE = 10;
const PLAYERS = 1_000;
const WARM_UP_SECONDS = 2;
const WARM_UP_REQUESTS = 4_096;
/** Of variant c; more would lower its rate, and so flatter a. */
const MAX_REFUSED_SHARE = 0.05;

const VARIANTS = {
  a: 'a  ballots, as the service takes them',
  b: 'b  a route that does nothing',
  c: 'c  ballots, a transaction for each',
  d: `d  single-row inserts, ${POOL_SIZE} connections, no service`,
} as const;
type Variant = keyof typeof VARIANTS;

interface Bench {
  readonly database: BenchDatabase;
  readonly urls: Readonly<Record<'a' | 'b' | 'c', string>>;
  readonly players: readonly string[];
  readonly generator: LoadGenerator;
  readonly seconds: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      connections: { type: 'string', default: '64,256' },
      rounds: { type: 'string', default: '30' },
      seconds: { type: 'string', default: '1' },
      count: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (values.count !== undefined) {
    const connections = Number(values.connections.split(',')[0]);
    return measureMany({ count: Number(values.count), connections, rounds, seconds });
  }
  const database = await startBenchDatabase();
  const environment = benchEnvironment(database.url);
  const service = Child.start<string>('bench-app.ts', ['service'], environment);
  const serviceUrl = await service.message();
  const comparison = Child.start<string>('bench-app.ts', ['comparison'], environment);
  const comparisonUrl = await comparison.message();
  const generator = LoadGenerator.start();
  const ballots = '/lotteries/today/ballots';
  const urls = { a: serviceUrl + ballots, b: `${comparisonUrl}/nothing`, c: comparisonUrl + ballots };
  try {
    const players = await addPlayers(database.dataSource, PLAYERS);
    const bench = { database, urls, players, generator, seconds };
    for (const connections of values.connections.split(',').map(Number)) {
      report(connections, await measure(bench, connections, rounds));
    }
  } finally {
    await generator.stop();
    await service.stop();
    await comparison.stop();
    await database.stop();
  }
}

async function measure(bench: Bench, connections: number, rounds: number): Promise<Record<Variant, Measured[]>> {
  const measured: Record<Variant, Measured[]> = { a: [], b: [], c: [], d: [] };
  const rates = { a: 0, b: 0, c: 0 };
  for (const variant of ['a', 'b', 'c'] as const) rates[variant] = await warmUp(bench, variant, connections);
  for (let round = 1; round <= rounds; round++) {
    for (const variant of ['b', 'a', 'c', 'd'] as const) {
      const result =
        variant === 'd'
          ? await insertAlone(bench)
          : await sendChecked(bench, variant, connections, Math.ceil(rates[variant] * bench.seconds));
      measured[variant].push(result);
      console.log(`${connections} connections, round ${round}, ${VARIANTS[variant]}: ${whole(result.perSecond)}/s`);
    }
  }
  return measured;
}

/** Until the code is compiled and the pages are in memory. Returns the rate at the end of it. */
async function warmUp(bench: Bench, variant: 'a' | 'b' | 'c', connections: number): Promise<number> {
  for (let requests = WARM_UP_REQUESTS; ; requests *= 2) {
    const { perSecond } = await sendChecked(bench, variant, connections, requests);
    if (requests / perSecond > WARM_UP_SECONDS) return perSecond;
  }
}

/**
 * Variant c may refuse a few: on a slow machine its transactions wait longer for a connection than the service allows.
 *
 * @throws Error unless all other requests (of variant c nearly all) were answered with 201, each of which is a row.
 */
async function sendChecked(
  { database, urls, players, generator }: Bench,
  variant: 'a' | 'b' | 'c',
  connections: number,
  requests: number,
): Promise<Measured> {
  const before = await database.count('ballots');
  const tokens = tokensOf(players, database.url);
  const measured = await generator.send({ url: urls[variant], connections, requests, tokens });
  const stored = (await database.count('ballots')) - before;
  const tolerated = variant === 'c' ? MAX_REFUSED_SHARE * requests : 0;
  if (measured.created === 0 || measured.refused > tolerated) {
    throw new Error(`${measured.refused} requests of variant ${variant} were refused`);
  }
  if (stored !== (variant === 'b' ? 0 : measured.created)) {
    throw new Error(`variant ${variant} acknowledged ${measured.created} ballots and stored ${stored}`);
  }
  return measured;
}

async function insertAlone({ database, seconds }: Bench): Promise<Measured> {
  return insertSingleRows(database.url, POOL_SIZE, seconds);
}

function report(connections: number, measured: Record<Variant, Measured[]>): void {
  const middle = (variant: Variant, of: keyof Measured) => median(measured[variant].map((one) => one[of]));
  // Of each round for itself: the machine of one round is not that of the next.
  const ratio = (variant: Variant) =>
    median(measured.a.map(({ perSecond }, round) => perSecond / (measured[variant][round] as Measured).perSecond));
  const rows = (Object.keys(VARIANTS) as Variant[]).map((variant) => [
    VARIANTS[variant],
    whole(middle(variant, 'perSecond')),
    middle(variant, 'p50Ms').toFixed(1),
    middle(variant, 'p99Ms').toFixed(1),
    ratio(variant).toFixed(2),
  ]);
  const refused = measured.c.reduce((sum, one) => sum + one.refused, 0);
  const refusals = refused === 0 ? 'nothing refused' : `${whole(refused)} refused by variant c`;
  console.log(`\n${connections} connections, medians of ${measured.a.length} rounds; ${refusals}, nothing lost\n`);
  console.log(table(['variant', 'per second', 'p50 ms', 'p99 ms', 'a is × this'], rows));
  console.log();
  console.log(verdict('a / b >= 0.6', ratio('b'), ratio('b') >= 0.6));
  console.log(verdict('a / c >= 4  ', ratio('c'), ratio('c') >= 4));
  console.log();
}

void main();

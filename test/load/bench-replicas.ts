/**
 * Whether more processes of the service on one database take more ballots, and each its share. See docs/benchmarks.md.
 */
import { parseArgs } from 'node:util';
import { BenchDatabase, startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment, tokensOf } from './support/bench-players';
import { Child } from './support/child-process';
import { LoadGenerator, Measured } from './support/load';
import { median, table, whole } from './support/report';

const HELP = `npm run bench:replicas -- [options]
  --replicas <n,n>   processes of the service on one database (1,2,3)
  --connections <n>  connections of the load generators together (240)
  --requests <n>     ballots of one measurement (36000)
  --rounds <n>       measurements of each number, taken in turn; the median counts (3)
  --help`;

const PLAYERS = 1_000;

interface Bench {
  readonly database: BenchDatabase;
  readonly urls: readonly string[];
  /** One for each of them. */
  readonly generators: readonly LoadGenerator[];
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly requests: number;
}

interface Round {
  /** Ballots a second, all replicas together. */
  readonly perSecond: number;
  /** The rate of the slowest replica by that of the fastest: 1 is fair. */
  readonly fairness: number;
  readonly p99Ms: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      replicas: { type: 'string', default: '1,2,3' },
      connections: { type: 'string', default: '240' },
      requests: { type: 'string', default: '36000' },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const counts = values.replicas.split(',').map(Number);
  const database = await startBenchDatabase();
  const environment = benchEnvironment(database.url);
  const replicas = Array.from({ length: Math.max(...counts) }, () =>
    Child.start<string>('bench-app.ts', ['service'], environment),
  );
  const generators = replicas.map(() => LoadGenerator.start());
  try {
    const urls = await Promise.all(replicas.map((replica) => replica.message()));
    const tokens = tokensOf(await addPlayers(database.dataSource, PLAYERS), database.url);
    const bench = {
      database,
      urls,
      generators,
      tokens,
      connections: Number(values.connections),
      requests: Number(values.requests),
    };
    report(await measure(bench, counts, Number(values.rounds)));
  } finally {
    await Promise.all([...generators, ...replicas].map((one) => one.stop()));
    await database.stop();
  }
}

async function measure(bench: Bench, counts: readonly number[], rounds: number): Promise<Map<number, Round[]>> {
  const measured = new Map<number, Round[]>(counts.map((count) => [count, []]));
  await run(bench, bench.urls.length); // Until all code is compiled.
  for (let round = 1; round <= rounds; round++) {
    for (const count of counts) {
      const result = await run(bench, count);
      measured.get(count)?.push(result);
      console.log(`round ${round}, ${count} of the service: ${whole(result.perSecond)} ballots/s`);
    }
  }
  return measured;
}

/** The same load, spread over so many replicas. @throws Error unless every request is answered with 201 and stored. */
async function run(
  { database, urls, generators, tokens, connections, requests }: Bench,
  count: number,
): Promise<Round> {
  const before = await database.count('ballots');
  const results = await Promise.all(
    generators.slice(0, count).map((generator, i) =>
      generator.send({
        url: `${urls[i]}/lotteries/today/ballots`,
        connections: Math.floor(connections / count),
        requests: Math.floor(requests / count),
        tokens: tokens.filter((_, place) => place % count === i),
      }),
    ),
  );
  const elapsed = Math.max(...results.map(({ created, perSecond }) => created / perSecond));
  const created = sum(results, 'created');
  const stored = (await database.count('ballots')) - before;
  if (sum(results, 'refused') > 0 || stored !== created) {
    throw new Error(`${sum(results, 'refused')} refused, ${created} acknowledged, ${stored} stored`);
  }
  const rates = results.map(({ perSecond }) => perSecond);
  return {
    perSecond: created / elapsed,
    fairness: Math.min(...rates) / Math.max(...rates),
    p99Ms: Math.max(...results.map(({ p99Ms }) => p99Ms)),
  };
}

function report(measured: Map<number, Round[]>): void {
  const middle = (rounds: readonly Round[], of: keyof Round) => median(rounds.map((one) => one[of]));
  const [first] = measured.values();
  const alone = middle(first ?? [], 'perSecond');
  const rows = [...measured].map(([count, rounds]) => {
    const rate = middle(rounds, 'perSecond');
    const [p99, fairness] = [middle(rounds, 'p99Ms').toFixed(0), middle(rounds, 'fairness').toFixed(2)];
    return [String(count), whole(rate), (rate / alone).toFixed(2), p99, fairness];
  });
  console.log('\nMedians; nothing refused, nothing lost\n');
  console.log(table(['processes', 'ballots/s', '× the first', 'p99 ms', 'slowest / fastest'], rows));
}

function sum(results: readonly Measured[], of: 'created' | 'refused'): number {
  return results.reduce((total, one) => total + one[of], 0);
}

void main();

/** How many ballots a second the service takes that come many in a request. Run by bench-ballots.ts with --count. */
import { BenchDatabase, startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment, tokensOf } from './support/bench-players';
import { startBuiltService } from './support/built-service';
import { insertInBulk } from './support/bulk-inserts';
import { LoadGenerator } from './support/load';
import { memoryMb } from './support/processes';
import { median, table, verdict, whole } from './support/report';

const PLAYERS = 1_000;
const GOAL_MB = 300;

interface Bench {
  readonly database: BenchDatabase;
  readonly url: string;
  readonly generator: LoadGenerator;
  readonly players: readonly string[];
  readonly connections: number;
}

export interface ManyOptions {
  readonly count: number;
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
}

/** Measures in turn: many ballots in a request, one in a request, and the same rows in bulk without the service. */
export async function measureMany({ count, connections, rounds, seconds }: ManyOptions): Promise<void> {
  const database = await startBenchDatabase();
  const service = await startBuiltService(benchEnvironment(database.url));
  const generator = LoadGenerator.start();
  const measured = { many: [] as number[], one: [] as number[], bulk: [] as number[] };
  try {
    const players = await addPlayers(database.dataSource, PLAYERS);
    const bench = { database, url: `${service.url}/lotteries/today/ballots`, generator, players, connections };
    const rates = { many: await send(bench, count, 20_000), one: await send(bench, undefined, 20_000) };
    for (let round = 1; round <= rounds; round++) {
      rates.many = await send(bench, count, Math.ceil(rates.many * seconds));
      rates.one = await send(bench, undefined, Math.ceil(rates.one * seconds));
      const bulk = await insertInBulk(database.url, players, seconds);
      for (const [name, value] of Object.entries({ ...rates, bulk }))
        measured[name as keyof typeof measured].push(value);
      console.log(`round ${round}: ${whole(rates.many)}, ${whole(rates.one)} and ${whole(bulk)} ballots/s`);
    }
    report(count, measured, memoryMb(service.pid, 'VmHWM'));
  } finally {
    await generator.stop();
    await service.stop();
    await database.stop();
  }
}

/** Returns ballots per second. @throws Error unless each was acknowledged and is a row. */
async function send(bench: Bench, count: number | undefined, ballots: number): Promise<number> {
  const { database, url, generator, players, connections } = bench;
  const before = await database.count('ballots');
  const requests = Math.max(connections, Math.ceil(ballots / (count ?? 1)));
  const load = { url, connections, requests, tokens: tokensOf(players, database.url) };
  const { created, refused, perSecond } = await generator.send(
    count === undefined ? load : { ...load, body: { count } },
  );
  const stored = (await database.count('ballots')) - before;
  if (refused > 0 || stored !== created * (count ?? 1)) {
    throw new Error(`${refused} requests were refused; ${created} acknowledged, ${stored} ballots stored`);
  }
  return perSecond * (count ?? 1);
}

function report(count: number, measured: Readonly<Record<'many' | 'one' | 'bulk', number[]>>, highestMb: number): void {
  const ratio = (other: 'one' | 'bulk') =>
    median(measured.many.map((perSecond, round) => perSecond / (measured[other][round] as number)));
  const names = {
    many: `${count} in a request`,
    one: 'one in a request',
    bulk: '1,000 in a statement, without the service',
  };
  const rows = (['many', 'one', 'bulk'] as const).map((name) => [names[name], whole(median(measured[name]))]);
  console.log(`\n${table(['ballots', 'per second'], rows)}\n`);
  console.log(verdict('many / bulk >= 0.5', ratio('bulk'), ratio('bulk') >= 0.5));
  console.log(verdict('many / one >= 4   ', ratio('one'), ratio('one') >= 4));
  console.log(verdict(`highest resident memory < ${GOAL_MB} MB`, highestMb, highestMb < GOAL_MB));
}

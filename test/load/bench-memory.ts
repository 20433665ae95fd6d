/**
 * How much memory the service needs while it takes a million ballots. For Linux: it reads /proc. See
 * docs/benchmarks.md.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment, tokensOf } from './support/bench-players';
import { startBuiltService } from './support/built-service';
import { LoadGenerator } from './support/load';
import { memoryMb } from './support/processes';
import { verdict, whole } from './support/report';

const HELP = `npm run bench:memory -- [options]
  --ballots <n>      ballots to submit (1000000)
  --connections <n>  connections of the load generator (256)
  --help`;

const PLAYERS = 1_000;
/** Each portion gets fresh access tokens, which last ten minutes. */
const PORTION = 100_000;
const SAMPLE_MS = 500;
const REST_MS = 5_000;
const GOAL_MB = 300;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ballots: { type: 'string', default: '1000000' },
      connections: { type: 'string', default: '256' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [ballots, connections] = [Number(values.ballots), Number(values.connections)];
  const database = await startBenchDatabase();
  const service = await startBuiltService(benchEnvironment(database.url));
  const generator = LoadGenerator.start();
  let peakMb = 0;
  const sampling = setInterval(() => (peakMb = Math.max(peakMb, memoryMb(service.pid, 'VmRSS'))), SAMPLE_MS);
  try {
    const players = await addPlayers(database.dataSource, PLAYERS);
    console.log(`before the first ballot: ${whole(memoryMb(service.pid, 'VmRSS'))} MB`);
    let created = 0;
    while (created < ballots) {
      const requests = Math.min(PORTION, ballots - created);
      const tokens = tokensOf(players, database.url);
      const url = `${service.url}/lotteries/today/ballots`;
      const measured = await generator.send({ url, connections, requests, tokens });
      if (measured.refused > 0) throw new Error(`${measured.refused} requests were refused`);
      created += measured.created;
      const rss = whole(memoryMb(service.pid, 'VmRSS'));
      console.log(
        `${whole(created)} ballots, ${whole(measured.perSecond)}/s: ${rss} MB, sampled peak ${whole(peakMb)} MB`,
      );
    }
    const stored = await database.count('ballots');
    if (stored !== created) throw new Error(`${created} acknowledged, ${stored} stored`);
    await delay(REST_MS);
    const highest = memoryMb(service.pid, 'VmHWM');
    console.log(`at rest: ${whole(memoryMb(service.pid, 'VmRSS'))} MB; sampled peak ${whole(peakMb)} MB`);
    console.log(verdict(`highest resident memory < ${GOAL_MB} MB`, highest, highest < GOAL_MB));
  } finally {
    clearInterval(sampling);
    await generator.stop();
    await service.stop();
    await database.stop();
  }
}

void main();

/** How fast verify:all is, and how much memory it needs. For Linux: it reads /proc. See docs/benchmarks.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createApp } from '../../src/create-app';
import { stakesOn } from '../support/pool-client';
import { StakeIntake } from '../../src/pool/pool.api';
import { startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment } from './support/bench-players';
import { fillLottery } from './support/filled-lottery';
import { memoryMb } from './support/processes';
import { whole } from './support/report';
import { completeConfigFrom } from '../support/complete-config';

const HELP = `npm run bench:verify -- [options]
  --ballots <n>  ballots of one lottery (1000000)
  --pools <n>    stake pools of ten entries (1000)
  --help`;

const PLAYERS = 10_000;
const SAMPLE_MS = 100;
/** Of /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const STAKES_AT_ONCE = 1_000;
const GAME = '018f0000-0000-7000-8000-000000000001';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ballots: { type: 'string', default: '1000000' },
      pools: { type: 'string', default: '1000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const database = await startBenchDatabase();
  try {
    const environment = benchEnvironment(database.url);
    const app = await createApp(completeConfigFrom(environment), database.dataSource);
    await app.init();
    const players = await addPlayers(database.dataSource, PLAYERS);
    await fillLottery(app, '2090-01-01', Number(values.ballots), players);
    const stakes = stakesOn(GAME, 10 * Number(values.pools));
    for (let at = 0; at < stakes.length; at += STAKES_AT_ONCE) {
      await app.get<StakeIntake>(StakeIntake, { strict: false }).take(stakes.slice(at, at + STAKES_AT_ONCE));
    }
    await app.close();
    await verify(environment);
  } finally {
    await database.stop();
  }
}

async function verify(environment: Record<string, string>): Promise<void> {
  const program = spawn(process.execPath, ['dist/src/programs/verify-all.js'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const pid = program.pid as number;
  let [peakMb, cpuSeconds] = [0, 0];
  const sampling = setInterval(() => {
    const now = memoryMb(pid, 'VmHWM');
    // While it ends it has none.
    if (Number.isNaN(now)) return;
    peakMb = now;
    cpuSeconds = cpuSecondsOf(pid);
  }, SAMPLE_MS);
  const [code] = (await once(program, 'exit')) as [number];
  clearInterval(sampling);
  console.log(`exit code ${code}, ${cpuSeconds.toFixed(1)} s on a core, highest resident memory ${whole(peakMb)} MB`);
}

/** User and system time so far. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

void main();

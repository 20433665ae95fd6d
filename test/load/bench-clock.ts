/** How far the clocks of several processes on one database are apart. See docs/benchmarks.md. */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Offsets } from './clock-process';
import { startBenchDatabase } from './support/bench-database';
import { Child } from './support/child-process';
import { quantile, table, verdict } from './support/report';

const HELP = `npm run bench:clock -- [options]
  --processes <n>  whose clocks are compared (4)
  --seconds <n>    of each load, after ten seconds to warm up (30)
  --help`;

const LOADS = {
  idle: 'idle',
  blocked: 'event loop blocked 60 % of the time',
  queued: 'no connection of the pool is idle',
} as const;
type Load = keyof typeof LOADS;

const ESTIMATES = { newest: 'arrival of the newest answer', filtered: 'DatabaseClock' } as const;

const WARM_UP_MS = 10_000;
const LOOK_EVERY_MS = 100;
const GOAL_MS = 1;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      processes: { type: 'string', default: '4' },
      seconds: { type: 'string', default: '30' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const database = await startBenchDatabase();
  try {
    const rows: string[][] = [];
    const verdicts: string[] = [];
    for (const load of Object.keys(LOADS) as Load[]) {
      const looks = await measure(database.url, load, Number(values.processes), Number(values.seconds) * 1_000);
      for (const estimate of ['newest', 'filtered'] as const) {
        const spreads = looks.map((offsets) => spreadOf(offsets.map((one) => one[estimate])));
        const largest = quantile(spreads, 1);
        const figures = [quantile(spreads, 0.5), quantile(spreads, 0.99), largest].map((ms) => ms.toFixed(3));
        rows.push([LOADS[load], ESTIMATES[estimate], ...figures]);
        if (estimate !== 'filtered') continue;
        verdicts.push(verdict(`spread in ms, ${LOADS[load]}`, largest, largest <= GOAL_MS));
        if (largest > GOAL_MS) process.exitCode = 1;
      }
    }
    console.log(`\nSpread of ${values.processes} processes in ms\n`);
    console.log(table(['load', 'estimate', 'p50', 'p99', 'largest'], rows));
    console.log(`\n${verdicts.join('\n')}`);
  } finally {
    await database.stop();
  }
}

/** What all processes took the database's clock for, again and again. */
async function measure(url: string, load: Load, processes: number, forMs: number): Promise<Offsets[][]> {
  const children = Array.from({ length: processes }, () => Child.start<Offsets>('clock-process.ts', [url, load]));
  try {
    await Promise.all(children.map((child) => child.message()));
    await sleep(WARM_UP_MS);
    const looks: Offsets[][] = [];
    for (const endMs = performance.now() + forMs; performance.now() < endMs; await sleep(LOOK_EVERY_MS)) {
      const answers = children.map((child) => child.message());
      for (const child of children) child.tell('look');
      looks.push(await Promise.all(answers));
    }
    console.log(`${LOADS[load]}: ${looks.length} times compared`);
    return looks;
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
}

function spreadOf(offsets: readonly number[]): number {
  return Math.max(...offsets) - Math.min(...offsets);
}

void main();

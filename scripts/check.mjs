/**
 * Everything that can be checked without running the tests, as many parts at a time as there are cores. Prints how long
 * each part took and what those that failed have said. Exit code 1 if any failed.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';

/** npm scripts, the longest first, so that no core waits for a long one at the end. */
const PARTS = [
  'lint',
  'typecheck',
  'format:check',
  'check:drift',
  'check:openapi',
  'check:budgets',
  'check:architecture',
  'check:dead-code',
];
const MINUTES_10 = 600_000;

const startedAt = performance.now();
const waiting = PARTS.values();
const failed = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));
for (const { part, output } of failed) console.log(`\n=== npm run ${part}\n${output.trim()}`);
console.log(`\n${failed.length === 0 ? 'All' : `${failed.length} FAILED`} of ${PARTS.length} in ${seconds(startedAt)}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Takes one part after another until none is left. */
async function work() {
  for (const part of waiting) {
    const partStartedAt = performance.now();
    const { code, output } = await run(part);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${seconds(partStartedAt).padStart(7)}  ${part}`);
    if (code !== 0) failed.push({ part, output });
  }
}

async function run(part) {
  const child = spawn('npm', ['run', '--silent', part], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    timeout: MINUTES_10,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((done) => child.once('error', done).once('close', done));
  return { code, output };
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

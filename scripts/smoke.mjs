/**
 * Does what the README promises to somebody with a fresh clone: `npm start`, the quick start line by line, its draw
 * checked by the verifier, all that is stored checked by verify:all, stop, start again, Ctrl-C. Fails where a request
 * is refused, no winner is drawn, something does not verify, an exit is not clean or a process stays behind. PORT is
 * the port to use (8000, as in the README). For Linux: it reads /proc.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const README_PORT = '8000';
const README_DATA_DIR = '.data';
/** The first start may compile and create a database on a busy machine of two cores. */
const READY_TIMEOUT_MS = 120_000;
const SECTION_TIMEOUT_MS = 120_000;
const REQUEST_TIMEOUT_S = 30;
const STOP_TIMEOUT_MS = 30_000;
const GONE_TIMEOUT_MS = 5_000;
const POLL_MS = 50;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = process.env.PORT ?? README_PORT;
const folder = mkdtempSync(join(tmpdir(), 'lottery-smoke-'));
// PostgreSQL runs as another user where we are root, who must be able to reach it.
chmodSync(folder, 0o755);
const dataDir = join(folder, 'data');
const logFile = join(folder, 'service.log');
const environment = { ...process.env, PORT: port, DATA_DIR: dataDir };
let service;
/** Everything that was ever seen below the service. */
const family = [];

try {
  // As after a clone: nothing is compiled.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await start('the first time');
  const winner = checkWinner(await runSection('## Quick start'));
  checkVerdict(await runSection('### Check it yourself'), winner);
  await verifyAll();
  await stop('SIGTERM to npm', () => service.kill('SIGTERM'));
  await start('again');
  await stop('Ctrl-C', () => process.kill(-service.pid, 'SIGINT'));
} catch (error) {
  console.error(`The service said:\n${readFileSync(logFile, 'utf8')}\nsmoke: ${error.message}`);
  process.exitCode = 1;
  if (service) family.push(...descendants(service.pid));
  for (const { pid } of family.filter(isRunning)) process.kill(pid, 'SIGKILL');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function start(when) {
  const log = openSync(logFile, 'a');
  const startedAt = Date.now();
  // A process group of its own, as a terminal would give it.
  service = spawn('npm', ['start'], { cwd: root, env: environment, stdio: ['ignore', log, log], detached: true });
  const ready = async () => {
    if (service.exitCode !== null) throw new Error(`npm start ended with ${service.exitCode} before it was ready`);
    return fetch(`http://localhost:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await until(ready, READY_TIMEOUT_MS, 'the service was not ready');
  console.log(`npm start ${when}: ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Runs the shell block of a section of the README; gives what it printed. */
async function runSection(heading) {
  const { lines, statusFile } = prepareSection(heading);
  console.log(lines.replace(/^/gm, '  $ '));
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', lines], {
    cwd: root,
    env: { ...environment, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: SECTION_TIMEOUT_MS,
  });
  let output = '';
  shell.stdout.on('data', (text) => (output += text));
  const code = await new Promise((done) => shell.on('close', done));
  console.log(output.trim());
  if (code !== 0) throw new Error(`"${heading}" ended with ${code}`);
  checkRequests(lines, readFileSync(statusFile, 'utf8').trim().split('\n'));
  return output;
}

/** The first shell block under the heading, and in front of curl one that records each status and fails from 400. */
function prepareSection(heading) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const block = new RegExp(`^${heading}$(?:(?!^#).)*?^\`\`\`sh\\n(.*?)^\`\`\`$`, 'ms').exec(readme)?.[1];
  if (!block) throw new Error(`README.md has no \`\`\`sh block under "${heading}"`);
  const statusFile = join(folder, 'statuses');
  rmSync(statusFile, { force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(
    join(folder, 'bin', 'curl'),
    `#!/bin/sh
exec env PATH='${process.env.PATH}' curl --fail-with-body --max-time ${REQUEST_TIMEOUT_S} \\
  --write-out '%{stderr}%{http_code} %{url_effective}\\n%{stdout}\\n' "$@" 2>> '${statusFile}'
`,
    { mode: 0o755 },
  );
  const lines = block.trimEnd().replaceAll(`:${README_PORT}`, `:${port}`);
  return { lines: lines.replaceAll(`./${README_DATA_DIR}/`, `${dataDir}/`), statusFile };
}

function checkRequests(lines, statuses) {
  const promised = lines.match(/\bcurl\b/g)?.length ?? 0;
  const refused = statuses.filter((status) => !/^2\d\d /.test(status));
  if (refused.length > 0) throw new Error(`the README was refused: ${refused.join('; ')}`);
  if (promised === 0 || statuses.length < promised) {
    throw new Error(`${promised} requests in the README, but ${statuses.length} answers`);
  }
  console.log(`${statuses.length} requests, all answered with 2xx`);
}

function checkWinner(output) {
  const winner = JSON.parse(output.trim().split('\n').at(-1));
  if (!winner.ballotId || !winner.name) throw new Error('the last answer of the quick start shows no winner');
  console.log(`The winner is ${winner.name}`);
  return winner;
}

/** The verifier must name the winner that the service named. */
function checkVerdict(output, { ballotId }) {
  if (/^FAILED /m.test(output)) throw new Error('a check of the draw failed');
  if (!output.includes(`\nWinner 1: ballot ${ballotId},`))
    throw new Error(`the verifier names another than ${ballotId}`);
  console.log('The draw verifies');
}

/** The database of the service, which runs on, holds what it must. */
async function verifyAll() {
  const run = spawn('npm', ['run', '--silent', 'verify:all', '--', '--json'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: SECTION_TIMEOUT_MS,
  });
  let output = '';
  run.stdout.on('data', (text) => (output += text));
  const code = await new Promise((done) => run.on('close', done));
  if (code !== 0) throw new Error(`verify:all ended with ${code}: ${output}`);
  const { rows, seconds } = JSON.parse(output);
  console.log(`verify:all: ${rows} rows hold, ${seconds.toFixed(1)} s`);
}

async function stop(how, signal) {
  family.push(...descendants(service.pid));
  const ended = new Promise((done) => service.once('exit', (code, by) => done(code ?? by)));
  signal();
  const code = await Promise.race([ended, delay(STOP_TIMEOUT_MS, 'no exit', { ref: false })]);
  if (code !== 0) throw new Error(`after ${how} npm start ended with ${code}, not with 0`);
  const gone = () => !family.some(isRunning);
  await until(gone, GONE_TIMEOUT_MS, `after ${how} some of ${family.map(({ name }) => name).join(', ')} still run`);
  console.log(`${how}: exit 0, none of ${family.length} processes is left`);
  service = undefined;
}

/** The process and everything below it, also what has left its process group or session. */
function descendants(pid) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processAt(Number(name)))
    .filter((found) => found !== undefined);
  const below = (parent) =>
    all.filter((found) => found.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter((found) => found.pid === pid), ...below(pid)];
}

function isRunning({ pid, startedAt }) {
  return processAt(pid)?.startedAt === startedAt;
}

function processAt(pid) {
  try {
    const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const fields = rest.split(' ');
    const [state, parent] = fields;
    return state === 'Z' ? undefined : { pid, name, parent: Number(parent), startedAt: fields[19] };
  } catch {
    return undefined;
  }
}

async function until(holds, timeoutMs, fault) {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${fault} within ${timeoutMs / 1000} s`);
    await delay(POLL_MS);
  }
}

/** What proofs, the bundle and the list of ballots cost of a very large lottery. For Linux. See docs/benchmarks.md. */
import { Agent, get, IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/create-app';
import { CloseLottery } from '../../src/lottery/application/close-lottery';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { rootFromInclusion } from '../support/verify-proof';
import { startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment } from './support/bench-players';
import { BuiltService, startBuiltService } from './support/built-service';
import { fillLottery } from './support/filled-lottery';
import { memoryMb } from './support/processes';
import { quantile, table, verdict, whole } from './support/report';
import { completeConfigFrom } from '../support/complete-config';

const HELP = `npm run bench:proofs -- [options]
  --ballots <n>  ballots in the lottery (10000000)
  --proofs <n>   proofs to ask for (3000)
  --help`;

const DAY = '2090-01-01';
const PLAYERS = 3_000;
const SLOW_READER_MS = 15_000;
const SAMPLE_MS = 250;

const agent = new Agent({ keepAlive: true });

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ballots: { type: 'string', default: '10000000' },
      proofs: { type: 'string', default: '3000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const size = Number(values.ballots);
  const database = await startBenchDatabase();
  try {
    const app = await createApp(completeConfigFrom(benchEnvironment(database.url)), database.dataSource);
    const { date } = await fillLottery(app, DAY, size, await addPlayers(database.dataSource, PLAYERS));
    await database.dataSource.query('analyze');
    await app.get(CloseLottery, { strict: false }).execute({ date, trigger: 'manual', early: true });
    const service = await startBuiltService(benchEnvironment(database.url));
    try {
      await measureProofs(service, database.dataSource, size, Number(values.proofs));
      await measureList(service, size);
    } finally {
      await service.stop();
    }
  } finally {
    await database.stop();
  }
}

async function measureProofs(
  service: BuiltService,
  dataSource: DataSource,
  size: number,
  count: number,
): Promise<void> {
  const indexes = Array.from({ length: count }, () => Math.floor(Math.random() * size));
  const rows = await dataSource.query<{ id: string }[]>('select id from ballots where index = any($1)', [indexes]);
  const root = (await textOf(`${service.url}/lotteries/${DAY}/checkpoint`)).split('\n')[2];
  const [inclusionMs, consistencyMs]: [number[], number[]] = [[], []];
  let [hashes, bytes] = [0, 0];
  for (const [i, { id }] of rows.entries()) {
    const { text, elapsedMs } = await timed(`${service.url}/ballots/${id}/proof`);
    const { line, index, proof } = JSON.parse(text) as { line: string; index: number; proof: string[] };
    if (rootFromInclusion(leafHash(line), index, size, proof).toString('base64') !== root)
      throw new Error('false proof');
    inclusionMs.push(elapsedMs);
    [hashes, bytes] = [Math.max(hashes, proof.length), Math.max(bytes, text.length)];
    const from = 1 + (indexes[i] ?? 0);
    consistencyMs.push((await timed(`${service.url}/lotteries/${DAY}/consistency?from=${from}&to=${size}`)).elapsedMs);
  }
  const row = (name: string, ms: number[]) => [name, ...[0.5, 0.99, 1].map((q) => quantile(ms, q).toFixed(1))];
  console.log(`\n${whole(rows.length)} of each, one after the other, ${whole(size)} ballots:`);
  console.log(
    table(
      ['over HTTP', 'p50 ms', 'p99 ms', 'max ms'],
      [row('inclusion proof', inclusionMs), row('consistency proof', consistencyMs)],
    ),
  );
  const p99 = quantile(inclusionMs, 0.99);
  console.log(
    `\nlargest inclusion proof: ${hashes} hashes; the whole answer as JSON with leaf and checkpoint: ${bytes} bytes`,
  );
  console.log(verdict('hashes of a proof < 1024 bytes', 32 * hashes, 32 * hashes < 1_024));
  console.log(verdict('p99 of an inclusion proof < 10 ms', p99, p99 < 10));
}

async function measureList(service: BuiltService, size: number): Promise<void> {
  const bundle = await timed(`${service.url}/lotteries/${DAY}/bundle`);
  console.log(`\nbundle: ${whole(bundle.text.length)} bytes in ${bundle.elapsedMs.toFixed(1)} ms`);
  const before = memoryMb(service.pid, 'VmRSS');
  let peakMb = 0;
  const sampling = setInterval(() => (peakMb = Math.max(peakMb, memoryMb(service.pid, 'VmRSS'))), SAMPLE_MS);
  const startedAt = performance.now();
  const { lines, bytes, root } = await readList(service);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (lines !== size) throw new Error(`${lines} lines of ${size}`);
  const checkpoint = await textOf(`${service.url}/lotteries/${DAY}/checkpoint`);
  if (checkpoint.split('\n')[2] !== root) throw new Error('the list does not give the sealed root');
  console.log(
    `ballots.txt: ${whole(lines)} lines, ${whole(bytes / 1e6)} MB in ${whole(seconds)} s (${whole(lines / seconds)} lines/s)`,
  );
  const report = (what: string) => {
    console.log(`resident memory ${what}: ${whole(peakMb)} MB at most, ${whole(before)} MB before`);
    peakMb = 0;
  };
  report('while it was read');
  const slow = await open(`${service.url}/lotteries/${DAY}/ballots.txt`);
  const until = performance.now() + SLOW_READER_MS;
  for await (const chunk of slow) {
    await delay((chunk as Buffer).length / 1_000);
    if (performance.now() > until) break;
  }
  slow.destroy();
  report('with a reader of 1 MB/s that hung up in the end');
  clearInterval(sampling);
}

/** Reads the whole list and computes its root on the way. */
async function readList(service: BuiltService): Promise<{ lines: number; bytes: number; root: string }> {
  let [frontier, rest, bytes] = [Frontier.empty, '', 0];
  for await (const chunk of await open(`${service.url}/lotteries/${DAY}/ballots.txt`)) {
    bytes += (chunk as Buffer).length;
    const lines = (rest + (chunk as Buffer).toString()).split('\n');
    rest = lines.pop() ?? '';
    ({ frontier } = frontier.append(lines.map(leafHash)));
  }
  return { lines: frontier.size, bytes, root: frontier.root().toString('base64') };
}

async function open(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  return response;
}

async function textOf(url: string): Promise<string> {
  const chunks = [];
  for await (const chunk of await open(url)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function timed(url: string): Promise<{ text: string; elapsedMs: number }> {
  const startedAt = performance.now();
  const text = await textOf(url);
  return { text, elapsedMs: performance.now() - startedAt };
}

void main();

/**
 * What it costs to archive a month, what it takes on disk, and what answers from the archive cost. See
 * docs/benchmarks.md.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { Agent, get, IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { DataSource } from 'typeorm';
import { ArchiveBallots } from '../../src/ballot/application/archive-ballots';
import { ArchiveCatalog } from '../../src/ballot/infrastructure/archive-catalog';
import { ArchiveFiles } from '../../src/ballot/infrastructure/archive-files';
import { FileObjectStore } from '../../src/platform/objects/file-object-store';
import { TypeOrmArchivableBallots } from '../../src/ballot/infrastructure/typeorm-archivable-ballots';
import { createApp } from '../../src/create-app';
import { CloseLottery } from '../../src/lottery/application/close-lottery';
import { SettledDrawsOfOwners } from '../../src/programs/settled-draws';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { rootFromInclusion } from '../support/verify-proof';
import { startBenchDatabase } from './support/bench-database';
import { addPlayers, benchEnvironment } from './support/bench-players';
import { BuiltService, startBuiltService } from './support/built-service';
import { fillLottery } from './support/filled-lottery';
import { memoryMb } from './support/processes';
import { quantile, table, whole } from './support/report';
import { completeConfigFrom } from '../support/complete-config';

const HELP = `npm run bench:archive -- [options]
  --ballots <n>  ballots in the lottery (1000000)
  --players <n>  who submit them in turn (100000)
  --proofs <n>   proofs to ask for, before and after (2000)
  --help`;

const DAY = '2090-01-01';
const agent = new Agent({ keepAlive: true });

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ballots: { type: 'string', default: '1000000' },
      players: { type: 'string', default: '100000' },
      proofs: { type: 'string', default: '2000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const size = Number(values.ballots);
  const database = await startBenchDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'bench-archive-'));
  try {
    const environment = { ...benchEnvironment(database.url), ARCHIVE_DIR: folder, ROLES: 'api' };
    const app = await createApp(completeConfigFrom(environment), database.dataSource);
    const players = await addPlayers(database.dataSource, Number(values.players));
    const { date } = await fillLottery(app, DAY, size, players);
    await database.dataSource.query('analyze');
    await app.get(CloseLottery, { strict: false }).execute({ date, trigger: 'manual', early: true });
    const ids = await someIds(database.dataSource, size, Number(values.proofs));
    const service = await startBuiltService(environment);
    try {
      const rows = [await measureProofs(service, ids, size, 'database')];
      const before = await databaseBytes(database.dataSource);
      await archive(database.dataSource, folder, size);
      console.log(
        `database: ${whole(before / size)} bytes a ballot before, ${whole((await databaseBytes(database.dataSource)) / size)} after`,
      );
      rows.push(await measureProofs(service, ids, size, 'archive'));
      console.log(`\n${whole(ids.length)} inclusion proofs over HTTP, one after the other:`);
      console.log(table(['from the', 'p50 ms', 'p99 ms', 'max ms'], rows));
      await measureList(service, size);
    } finally {
      await service.stop();
    }
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function someIds(dataSource: DataSource, size: number, count: number): Promise<string[]> {
  const indexes = Array.from({ length: count }, () => Math.floor(Math.random() * size));
  const rows = await dataSource.query<{ id: string }[]>('select id from ballots where index = any($1)', [indexes]);
  return rows.map(({ id }) => id).sort(() => Math.random() - 0.5);
}

async function archive(dataSource: DataSource, folder: string, size: number): Promise<void> {
  const session = dataSource.createQueryRunner();
  const ballots = new TypeOrmArchivableBallots(session);
  const files = new ArchiveFiles(new ArchiveCatalog(session), new FileObjectStore(folder));
  const useCase = new ArchiveBallots(ballots, files, new SettledDrawsOfOwners(session));
  // As if this month were over.
  const [unit] = await ballots.units(new Date(Date.now() + 32 * 86_400_000));
  if (!unit) throw new Error('there is no month to archive');
  const startedAt = performance.now();
  const steps = new Map<string, number>();
  await useCase.execute(unit, (step) => steps.set(step, performance.now()));
  const seconds = (performance.now() - startedAt) / 1_000;
  await session.release();
  console.log(`\narchived ${whole(size)} ballots in ${seconds.toFixed(1)} s: ${whole(size / seconds)} ballots/s`);
  let before = startedAt;
  for (const [step, at] of steps) {
    console.log(`  until the end of ${step}: ${((at - before) / 1_000).toFixed(1)} s`);
    before = at;
  }
  const sizes = new Map<string, number>();
  for (const name of await readdir(folder, { recursive: true })) {
    const { size: bytes } = await stat(join(folder, name));
    const kind = /(\w+)-\d+\.gz$/.exec(name)?.[1];
    if (kind !== undefined) sizes.set(kind, (sizes.get(kind) ?? 0) + bytes);
  }
  for (const [kind, bytes] of sizes) console.log(`  ${kind}: ${(bytes / size).toFixed(1)} bytes a ballot`);
}

async function databaseBytes(dataSource: DataSource): Promise<number> {
  const [row] = await dataSource.query<[{ bytes: string }]>(
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class where relname like 'ballot%' and relkind = 'r'`,
  );
  return Number(row.bytes);
}

async function measureProofs(service: BuiltService, ids: string[], size: number, from: string): Promise<string[]> {
  const root = (await textOf(`${service.url}/lotteries/${DAY}/checkpoint`)).split('\n')[2];
  const spentMs: number[] = [];
  for (const id of ids) {
    const startedAt = performance.now();
    const text = await textOf(`${service.url}/ballots/${id}/proof`);
    spentMs.push(performance.now() - startedAt);
    const { line, index, proof } = JSON.parse(text) as { line: string; index: number; proof: string[] };
    if (rootFromInclusion(leafHash(line), index, size, proof).toString('base64') !== root)
      throw new Error('false proof');
  }
  return [from, ...[0.5, 0.99, 1].map((q) => quantile(spentMs, q).toFixed(1))];
}

/** Reads the whole list and computes its root on the way. */
async function measureList(service: BuiltService, size: number): Promise<void> {
  const before = memoryMb(service.pid, 'VmRSS');
  let [peakMb, frontier, rest] = [0, Frontier.empty, ''];
  const startedAt = performance.now();
  for await (const chunk of await open(`${service.url}/lotteries/${DAY}/ballots.txt`)) {
    const lines = (rest + (chunk as Buffer).toString()).split('\n');
    rest = lines.pop() ?? '';
    ({ frontier } = frontier.append(lines.map(leafHash)));
    peakMb = Math.max(peakMb, memoryMb(service.pid, 'VmRSS'));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const root = (await textOf(`${service.url}/lotteries/${DAY}/checkpoint`)).split('\n')[2];
  if (frontier.size !== size || frontier.root().toString('base64') !== root) throw new Error('false list');
  console.log(
    `\nballots.txt from the archive: ${whole(size / seconds)} lines/s; resident memory ${whole(peakMb)} MB at most, ${whole(before)} MB before`,
  );
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

void main();

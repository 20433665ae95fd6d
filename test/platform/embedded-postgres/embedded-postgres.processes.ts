import { transformFileSync } from '@swc/core';
import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;
const REPOSITORY = join(__dirname, '..', '..', '..');
const LAUNCHER = 'src/platform/embedded-postgres';
const PROGRAM = 'test/platform/embedded-postgres/embedded-postgres.child';

interface Line {
  owner?: boolean;
  dataDir?: string;
  url?: string;
  answered?: boolean;
  message?: string;
}

/** An application that runs in a process, and process group, of its own. */
export class Application {
  readonly lines: Line[] = [];
  private errors = '';

  private constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.lines.push(JSON.parse(line) as Line));
    child.stderr!.on('data', (text: Buffer) => (this.errors += text.toString()));
  }

  /** Runs what `compile` made, or the TypeScript of a checkout. */
  static run(
    checkout: string,
    dataDir: string,
    options: SpawnOptions & { fromTypeScript?: boolean } = {},
  ): Application {
    const { fromTypeScript = false, ...rest } = options;
    const register = fromTypeScript ? ['-r', require.resolve('@swc-node/register')] : [];
    const program = join(checkout, `${PROGRAM}.${fromTypeScript ? 'ts' : 'js'}`);
    const stdio: SpawnOptions['stdio'] = ['ignore', 'pipe', 'pipe'];
    const spawnOptions = { cwd: checkout, env: {}, detached: true, stdio, ...rest };
    return new Application(spawn(process.execPath, [...register, program, dataDir], spawnOptions));
  }

  async started(): Promise<Line & { url: string; dataDir: string }> {
    const isStarted = (line: Line) => line.owner !== undefined;
    await until(() => this.lines.some(isStarted) || this.child.exitCode !== null, START_TIMEOUT_MS);
    const line = this.lines.find(isStarted);
    if (!line?.url || !line.dataDir) throw new Error(`The application did not start: ${this.errors}`);
    return { ...line, url: line.url, dataDir: line.dataDir };
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    // The whole group, as the terminal does for Ctrl-C.
    process.kill(-this.child.pid!, signal);
    await exited;
  }
}

/** Translates the launcher and the application to JavaScript, as the build does. */
export function compile(target: string): void {
  const launcher = readdirSync(join(REPOSITORY, LAUNCHER));
  for (const source of [...launcher.map((name) => join(LAUNCHER, name)), `${PROGRAM}.ts`]) {
    const { code } = transformFileSync(join(REPOSITORY, source), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
      module: { type: 'commonjs' },
    });
    mkdirSync(join(target, dirname(source)), { recursive: true });
    writeFileSync(join(target, dirname(source), `${basename(source, '.ts')}.js`), code);
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(target, 'node_modules'));
}

/** Every living process whose command line mentions the folder: postgres, its keeper, applications. */
export function processesOn(folder: string): number[] {
  const all = process.platform === 'linux' ? readProc() : askPs();
  return all.filter(([pid, command]) => pid !== process.pid && command.includes(folder)).map(([pid]) => pid);
}

function readProc(): [pid: number, command: string][] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => [Number(pid), commandOf(pid)]);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function askPs(): [pid: number, command: string][] {
  const lines = execFileSync('/bin/ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => [Number.parseInt(line, 10), line]);
}

export async function until(isTrue: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`Not true within ${timeoutMs} ms: ${isTrue.toString()}`);
    await delay(POLL_MS);
  }
}

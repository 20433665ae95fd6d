import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/platform/embedded-postgres/server';
import { pgdataOf } from '../../../src/platform/embedded-postgres/cluster';
import { until } from '../../support/until';

/** A PostgreSQL with its default durability that can be killed with -9, all of its processes at once (Linux). */
export class MortalPostgres {
  private constructor(
    private readonly folder: string,
    private readonly settings: Record<string, string>,
    private server: EmbeddedPostgres,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<MortalPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'chaos-postgres-'));
    // PostgreSQL runs as another user where we are root, who must be able to reach it.
    await chmod(folder, 0o755);
    return new MortalPostgres(folder, settings, await launch(folder, settings));
  }

  /** Another one after each restart. */
  get port(): number {
    return this.server.port;
  }

  url(database: string): string {
    return this.server.url(database);
  }

  /** Resolves when no process of it is left. */
  async kill(): Promise<void> {
    const pgdata = pgdataOf({ folder: this.server.dataDir, account: undefined });
    const postmaster = Number((await readFile(join(pgdata, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    // So that it can neither start another process nor tend to those that die.
    process.kill(postmaster, 'SIGSTOP');
    const doomed = [postmaster, ...(await childrenOf(postmaster))];
    for (const pid of doomed) kill(pid);
    await until(async () => (await Promise.all(doomed.map(isGone))).every(Boolean));
  }

  /** Resolves when it has recovered what it had written and takes connections. */
  async restart(): Promise<void> {
    this.server = await launch(this.folder, this.settings);
  }

  async remove(): Promise<void> {
    await this.server.stop();
    await rm(this.server.dataDir, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }
}

function launch(folder: string, settings: Record<string, string>): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir: folder, settings, log: () => undefined });
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => (await statusOf(pid))[1]));
  return pids.filter((_, i) => Number(parents[i]) === parent);
}

/** Ended; whether anybody has noticed does not matter. */
async function isGone(pid: number): Promise<boolean> {
  const [state] = await statusOf(pid);
  return state === undefined || state === 'Z' || state === 'X';
}

/** State and parent, see proc(5); nothing where there is no such process. */
async function statusOf(pid: number): Promise<string[]> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status
    .slice(status.lastIndexOf(')') + 2)
    .split(' ')
    .slice(0, 2)
    .filter(Boolean);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

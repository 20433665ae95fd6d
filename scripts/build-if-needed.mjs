/**
 * Compiles the service into dist/, unless dist/ already comes from exactly these sources (`--always` compiles anyway).
 * Any number may run at once: each compiles into a folder of its own, and a finished build appears in one rename.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const STAMP = '.build-stamp';
/** A build takes seconds: a build folder this old was left by a process that was killed. */
const ABANDONED_MS = 600_000;
const SOURCES = ['src', 'migrations', 'scripts/build-if-needed.mjs'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

const stamp = fingerprint();
if (process.argv.includes('--always') || !isCurrent()) build();

function isCurrent() {
  return readIfThere(join(dist, STAMP)) === stamp && readIfThere(join(dist, 'src', 'main.js')) !== undefined;
}

function build() {
  removeAbandonedBuilds();
  const fresh = mkdtempSync(join(root, 'dist.'));
  try {
    compile(fresh);
    writeFileSync(join(fresh, STAMP), stamp);
    install(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function removeAbandonedBuilds() {
  for (const name of readdirSync(root).filter((entry) => entry.startsWith('dist.'))) {
    const folder = join(root, name);
    const modified = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modified > ABANDONED_MS) rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder) {
  const require = createRequire(join(root, 'package.json'));
  const compiler = findCompiler(require);
  const args = [compiler, '--project', join(root, 'tsconfig.build.json'), '--outDir', folder];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    process.exit(status ?? 1);
  }
}

function findCompiler(require) {
  try {
    return require.resolve('typescript/bin/tsc');
  } catch {
    console.error('dist/ is not built from these sources, and there is no compiler to build it: run npm ci first.');
    process.exit(1);
  }
}

/** Another process may have built in the meantime: the same sources make the same build, and its is in use already. */
function install(fresh) {
  const retired = `${fresh}.old`;
  if (isCurrent() && !process.argv.includes('--always')) return;
  try {
    renameIfThere(dist, retired);
    renameSync(fresh, dist);
  } catch (error) {
    if (!isCurrent()) throw error;
  } finally {
    rmSync(retired, { recursive: true, force: true });
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [...SOURCES.flatMap(filesUnder), ...SETTINGS]) {
    const content = readIfThere(join(root, file)) ?? '';
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

function readIfThere(file) {
  return orUndefinedIfMissing(() => readFileSync(file, 'utf8'));
}

function renameIfThere(from, to) {
  orUndefinedIfMissing(() => renameSync(from, to));
}

function orUndefinedIfMissing(action) {
  try {
    return action();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Compiles the service into dist/, unless dist/ already comes from exactly these sources (`--always` compiles anyway).
 * Any number may run at once: each compiles into a folder of its own, and a finished build appears in one rename.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const STAMP = '.build-stamp';
/** A build takes seconds: a build folder this old was left by a process that was killed. */
const ABANDONED_MS = 600_000;
const SOURCES = ['src', 'migrations'];
/** How Jest compiles, too, so that what the tests ran is what the service is. */
const COMPILER_OPTIONS = '.swcrc';
const SETTINGS = ['scripts/build-if-needed.mjs', 'package.json', 'package-lock.json', COMPILER_OPTIONS];
const ENTRY = 'src/main.ts';

class BuildFailed extends Error {}

const stamp = fingerprint();
if (process.argv.includes('--always') || !isCurrent()) await build().catch(reportFailure);

function isCurrent() {
  return readIfThere(join(dist, STAMP)) === stamp && readIfThere(join(dist, 'src', 'main.js')) !== undefined;
}

async function build() {
  removeAbandonedBuilds();
  const fresh = mkdtempSync(join(root, 'dist.'));
  try {
    await compile(fresh);
    // mkdtemp makes it 0700, whatever the umask; another account may run what this one has built.
    chmodSync(fresh, 0o777 & ~process.umask());
    writeFileSync(join(fresh, STAMP), stamp);
    install(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function reportFailure(error) {
  if (!(error instanceof BuildFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function removeAbandonedBuilds() {
  for (const name of readdirSync(root).filter((entry) => entry.startsWith('dist.'))) {
    const folder = join(root, name);
    const modified = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modified > ABANDONED_MS) rmSync(folder, { recursive: true, force: true });
  }
}

/** Checks no types: `npm run typecheck` does. */
async function compile(folder) {
  const swc = loadCompiler();
  const files = SOURCES.flatMap(filesUnder).filter((file) => file.endsWith('.ts'));
  const sources = new Set([ENTRY, ...files]);
  const faults = await Promise.all([...sources].map((file) => compileFile(swc, file, sources, folder)));
  if (faults.flat().length > 0) throw new BuildFailed(faults.flat().join('\n'));
}

function loadCompiler() {
  try {
    return createRequire(join(root, 'package.json'))('@swc/core');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new BuildFailed('dist/ is not built from these sources, and there is no compiler: run npm ci first.');
  }
}

/** @returns what would stop the file from running: a fault of syntax, an import of a source that does not exist. */
async function compileFile(swc, file, sources, folder) {
  const output = join(folder, file.replace(/ts$/, 'js'));
  try {
    const { code, map } = await swc.transformFile(join(root, file), {
      swcrc: false,
      configFile: join(root, COMPILER_OPTIONS),
      sourceMaps: true,
      inlineSourcesContent: false,
      sourceFileName: posix.relative(posix.join('dist', posix.dirname(file)), file),
    });
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, `${code}//# sourceMappingURL=${basename(output)}.map\n`);
    await writeFile(`${output}.map`, map);
    return missingImports(file, code, sources);
  } catch (error) {
    return [`${file}: ${error.message}`];
  }
}

function missingImports(file, code, sources) {
  const imports = [...code.matchAll(/\brequire\("([.]{1,2}\/[^"]+)"\)/g)].map(([, path]) => path);
  return imports
    .filter((path) => !sources.has(`${posix.join(posix.dirname(file), path)}.ts`))
    .map((path) => `${file}: there is no ${path}.ts`);
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
  return readdirSync(join(root, path), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
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

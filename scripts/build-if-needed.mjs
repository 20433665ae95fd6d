/**
 * Compiles the service and its pages into dist/, unless dist/ already comes from exactly these sources (`--always` compiles anyway).
 * Any number may run at once: each compiles into a folder of its own, and a finished build appears in one rename.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const STAMP = '.build-stamp';
/** A build takes seconds: a build folder this old was left by a process that was killed. */
const ABANDONED_MS = 600_000;
const SOURCES = ['src', 'migrations'];
/** Vite builds the pages from these: what browsers load, and the file that renders them. */
const WEB_SOURCES = ['web', 'verifier/core'];
const WEB_CONFIG = 'web/vite.config.mts';
const WEB_SERVER = 'server.tsx';
const CLIENT = 'web/client';
/** Smaller than this, and a compressed file saves no packet. */
const WORTH_COMPRESSING_BYTES = 1_024;
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
    const results = await Promise.allSettled([compile(fresh), buildPages(fresh)]);
    const failed = results.filter(({ status }) => status === 'rejected');
    if (failed.some(({ reason }) => !(reason instanceof BuildFailed))) throw failed[0].reason;
    if (failed.length > 0) throw new BuildFailed(failed.map(({ reason }) => reason.message).join('\n'));
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

/** Beside the compiler, not after it. What both make lies in one folder, so server and pages never differ. */
async function buildPages(folder) {
  if (!existsSync(join(root, WEB_CONFIG))) return;
  const { build: viteBuild } = await loadVite();
  const configFile = join(root, WEB_CONFIG);
  const into = (name, options) => ({ configFile, build: { outDir: join(folder, 'web', name), ...options } });
  try {
    await viteBuild(into('client'));
    await viteBuild(into('server', { ssr: WEB_SERVER }));
  } catch (error) {
    throw new BuildFailed(`web: ${error.message}`);
  }
  await compressAssets(join(folder, CLIENT, 'assets'));
  keepFormerAssets(folder);
}

async function loadVite() {
  try {
    return await import(pathToFileURL(createRequire(join(root, 'package.json')).resolve('vite')).href);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new BuildFailed('dist/ is not built from these sources, and Vite is not there: run npm ci first.');
  }
}

/** Once here, and not for each reader. */
async function compressAssets(folder) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const compress = async (name) => {
    const content = await readFile(join(folder, name));
    if (content.length < WORTH_COMPRESSING_BYTES || /[.](png|woff2)$/.test(name)) return;
    await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(content, quality));
    await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
  };
  await Promise.all((await readdir(folder)).map(compress));
}

/** A page of the build before, open in a browser, may still ask for its parts: those of that one build stay. */
function keepFormerAssets(folder) {
  const former = readIfThere(join(dist, CLIENT, '.vite/manifest.json'));
  if (former === undefined) return;
  const files = Object.values(JSON.parse(former)).flatMap(({ file, assets = [] }) => [file, ...assets]);
  for (const name of files.flatMap((file) => [file, `${file}.br`, `${file}.gz`])) {
    const [from, to] = [join(dist, CLIENT, name), join(folder, CLIENT, name)];
    if (existsSync(from) && !existsSync(to)) cpSync(from, to);
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
  const pages = WEB_SOURCES.filter((path) => existsSync(join(root, path)));
  for (const file of [...[...SOURCES, ...pages].flatMap(filesUnder), ...SETTINGS]) {
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

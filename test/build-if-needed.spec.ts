import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = resolve(__dirname, '..');
const SCRIPT = 'scripts/build-if-needed.mjs';

describe('build if needed', () => {
  let root: string;

  const write = (file: string, text: string) => writeFile(join(root, file), text);
  const build = () => run(process.execPath, [join(root, SCRIPT)]);
  const answer = async () => (await run(process.execPath, [join(root, 'dist/src/main.js')])).stdout.trim();
  const builtAt = async () => (await stat(join(root, 'dist'))).ino;
  const leftovers = async () => (await readdir(root)).filter((name) => name.startsWith('dist.'));

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'build-if-needed-'));
    for (const folder of ['src', 'migrations', 'scripts']) await mkdir(join(root, folder));
    for (const file of [SCRIPT, '.swcrc']) await copyFile(join(repository, file), join(root, file));
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
    for (const file of ['package.json', 'package-lock.json']) await write(file, '{}');
    await write('migrations/one.ts', "export const one = 'one';\n");
    await write('src/main.ts', "import { one } from '../migrations/one';\nconsole.log(one);\n");
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('builds a fresh clone and leaves nothing else behind', async () => {
    await build();
    expect(await answer()).toBe('one');
    expect(await leftovers()).toEqual([]);
  });

  it.each([
    ['022', 0o755],
    ['027', 0o750],
  ])('lets others run what it has built, as far as the umask %s does', async (umask, mode) => {
    await run('sh', ['-c', `umask ${umask} && exec "$0" "$1"`, process.execPath, join(root, SCRIPT)]);
    expect((await stat(join(root, 'dist'))).mode & 0o777).toBe(mode);
  });

  it('builds nothing when nothing has changed', async () => {
    await build();
    const before = await builtAt();
    await utimes(join(root, 'src/main.ts'), new Date(), new Date());
    await build();
    expect(await builtAt()).toBe(before);
  });

  it.each([
    ['src/main.ts', 'export {};\n'],
    ['src/added.ts', 'export {};\n'],
    ['migrations/one.ts', "export const one = 'another';\n"],
    ['package-lock.json', '{"lockfileVersion":3}'],
    ['.swcrc', '{ "jsc": { "parser": { "syntax": "typescript" } }, "module": { "type": "commonjs" } }'],
  ])('builds again after a change of %s', async (file, text) => {
    await build();
    const before = await builtAt();
    await write(file, text);
    await build();
    expect(await builtAt()).not.toBe(before);
  });

  it('drops what a deleted source had left in dist', async () => {
    await write('src/added.ts', 'export {};\n');
    await build();
    await rm(join(root, 'src/added.ts'));
    await build();
    expect(await readdir(join(root, 'dist/src'))).toEqual(['main.js', 'main.js.map']);
  });

  it.each([
    ['that does not parse', 'src/added.ts', 'export const = 1;\n', /src\/added\.ts: .*[Ee]xpression|ident/s],
    [
      'that imports a missing file',
      'src/added.ts',
      "import { x } from './gone';\nx();\n",
      /src\/added\.ts: .*\.\/gone/,
    ],
  ])('refuses a source %s, says which and keeps the last good build', async (_, file, text, fault) => {
    await build();
    await write(file, text);
    await expect(build()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(fault) as string });
    expect(await answer()).toBe('one');
    expect(await leftovers()).toEqual([]);
  });

  it('names every source at fault', async () => {
    await write('src/added.ts', 'export const = 1;\n');
    await write('migrations/one.ts', 'export const = 1;\n');
    const faults = expect.stringMatching(
      /migrations\/one\.ts: .*src\/added\.ts: |src\/added\.ts: .*migrations\/one\.ts: /s,
    );
    await expect(build()).rejects.toMatchObject({ stderr: faults as string });
  });

  it('refuses to build without src/main.ts', async () => {
    await rm(join(root, 'src/main.ts'));
    await expect(build()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('src/main.ts') as string });
  });

  it('says what to do where there is no compiler', async () => {
    await rm(join(root, 'node_modules'));
    await expect(build()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('npm ci') as string });
    expect(await leftovers()).toEqual([]);
  });

  it('emits the types that dependency injection asks for', async () => {
    await write(
      'src/main.ts',
      `import { Parts } from './parts';
const keep = (_: Function) => {};
declare const Reflect: { metadata?: unknown };
(Reflect as any).metadata = (key: string, value: { name: string }[]) => () => key === 'design:paramtypes' && console.log(value.map(({ name }) => name).join());
@keep class Car { constructor(readonly parts: Parts, readonly name: string) {} }
`,
    );
    await write('src/parts.ts', 'export class Parts {}\n');
    await build();
    expect(await answer()).toBe('Parts,String');
  });

  it('lets several starts of a fresh clone build at once, and every one of them finds a whole build', async () => {
    const starts = Array.from({ length: 4 }, async () => {
      await build();
      return answer();
    });
    expect(await Promise.all(starts)).toEqual(['one', 'one', 'one', 'one']);
    expect(await leftovers()).toEqual([]);
  });

  it('sweeps what a killed build left an hour ago, not one that is running', async () => {
    await mkdir(join(root, 'dist.killed'));
    await mkdir(join(root, 'dist.running'));
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(root, 'dist.killed'), hourAgo, hourAgo);
    await build();
    expect(await leftovers()).toEqual(['dist.running']);
  });
});

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = resolve(__dirname, '..');
const SCRIPT = 'scripts/build-if-needed.mjs';
/** A small library keeps the compiler quick; which options the service itself uses does not matter here. */
const TSCONFIG = '{ "compilerOptions": { "module": "NodeNext", "rootDir": ".", "lib": ["ES5"], "types": [] } }';

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
    await copyFile(join(repository, SCRIPT), join(root, SCRIPT));
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
    for (const file of ['package.json', 'package-lock.json']) await write(file, '{}');
    await write('tsconfig.json', TSCONFIG);
    await write('tsconfig.build.json', '{ "extends": "./tsconfig.json" }');
    await write('migrations/one.ts', "export const one = 'one';\n");
    await write(
      'src/main.ts',
      "import { one } from '../migrations/one';\ndeclare const console: any;\nconsole.log(one);\n",
    );
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('builds a fresh clone and leaves nothing else behind', async () => {
    await build();
    expect(await answer()).toBe('one');
    expect(await leftovers()).toEqual([]);
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
    ['tsconfig.build.json', '{ "extends": "./tsconfig.json", "compilerOptions": { "sourceMap": true } }'],
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
    expect(await readdir(join(root, 'dist/src'))).toEqual(['main.js']);
  });

  it('refuses a source that does not compile and keeps the last good build', async () => {
    await build();
    await write('src/main.ts', "const wrong: number = 'text';\n");
    await expect(build()).rejects.toMatchObject({ stdout: expect.stringContaining('TS2322') as string });
    expect(await answer()).toBe('one');
    expect(await leftovers()).toEqual([]);
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

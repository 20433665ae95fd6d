import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '..');
/** An import that leads nowhere is an error too, but would prove nothing about the rule. */
const RESOLVED = /^(src|migrations|test|node_modules|fs$)/;

describe('the architecture', () => {
  describe('who may import whom', () => {
    /** [file, what it imports]: each breaks one rule. */
    const forbidden: [file: string, imports: string][] = [
      ['src/user/domain/uses-application.ts', '../application/use-case'],
      ['src/user/domain/uses-infrastructure.ts', '../infrastructure/adapter'],
      ['src/user/domain/uses-own-api.ts', '../user.api'],
      ['src/user/domain/uses-shared-port.ts', '../../shared/application/use-case'],
      ['src/user/domain/uses-shared-adapter.ts', '../../platform/http/adapter'],
      ['src/user/domain/uses-npm.ts', '@nestjs/common'],
      ['src/user/domain/uses-node.ts', 'node:fs'],
      ['src/ballot/domain/uses-api-below.ts', '../../user/user.api'],
      ['src/ballot/domain/uses-domain-below.ts', '../../user/domain/rule'],
      ['src/user/application/uses-infrastructure.ts', '../infrastructure/adapter'],
      ['src/user/application/uses-shared-adapter.ts', '../../platform/http/adapter'],
      ['src/user/application/uses-shared-wiring.ts', '../../platform/platform.module'],
      ['src/user/application/uses-own-wiring.ts', '../user.module'],
      ['src/user/application/uses-typeorm.ts', 'typeorm'],
      ['src/user/application/uses-nest-core.ts', '@nestjs/core'],
      ['src/user/application/uses-node.ts', 'node:fs'],
      ['src/ballot/application/uses-domain-below.ts', '../../user/domain/rule'],
      ['src/ballot/application/uses-application-below.ts', '../../user/application/use-case'],
      ['src/ballot/application/uses-wiring-below.ts', '../../user/user.module'],
      ['src/ballot/application/uses-api-above.ts', '../../draw/draw.api'],
      ['src/ballot/application/uses-events-above.ts', '../../lottery/lottery.events'],
      ['src/ballot/infrastructure/uses-domain-below.ts', '../../user/domain/rule'],
      ['src/ballot/infrastructure/uses-infrastructure-below.ts', '../../user/infrastructure/adapter'],
      ['src/ballot/infrastructure/uses-api-above.ts', '../../draw/draw.api'],
      ['src/ballot/infrastructure/uses-own-wiring.ts', '../ballot.module'],
      ['src/ballot/infrastructure/uses-root.ts', '../../data-source'],
      ['src/ballot/infrastructure/uses-migration.ts', '../../../migrations/1-one'],
      ['src/ballot/infrastructure/uses-dev-dependency.ts', 'supertest'],
      ['src/ballot/infrastructure/uses-unlisted-package.ts', 'unlisted'],
      ['src/ballot/infrastructure/uses-test.ts', '../../../test/support/fake'],
      ['src/user/user.api.ts', './application/use-case'],
      ['src/draw/draw.api.ts', '../lottery/lottery.api'],
      ['src/draw/draw.events.ts', './domain/rule'],
      ['src/user/user.module.ts', '../ballot/ballot.module'],
      ['src/ballot/ballot.module.ts', '../user/infrastructure/adapter'],
      ['src/draw/draw.module.ts', 'pg'],
      ['src/shared/domain/uses-application.ts', '../application/use-case'],
      ['src/shared/application/uses-infrastructure.ts', '../../platform/http/adapter'],
      ['src/shared/application/uses-module.ts', '../../user/user.api'],
      ['src/platform/http/uses-module.ts', '../../user/user.api'],
      ['src/platform/platform.module.ts', '../user/user.module'],
      ['src/jackpot/domain/uses-own-domain.ts', './rule'],
      ['src/jackpot/jackpot.module.ts', '../shared/domain/rule'],
      ['src/user/helpers/uses-own-domain.ts', '../domain/rule'],
      ['migrations/2-uses-source.ts', '../src/user/domain/rule'],
      ['src/main.ts', 'supertest'],
    ];
    const allowed: [file: string, imports: string][] = [
      ['src/user/domain/uses-own-domain.ts', './rule'],
      ['src/user/domain/uses-shared-domain.ts', '../../shared/domain/rule'],
      ['src/user/domain/uses-crypto.ts', 'node:crypto'],
      ['src/user/application/uses-own-domain.ts', '../domain/rule'],
      ['src/user/application/uses-own-application.ts', './use-case'],
      ['src/user/application/uses-shared-port.ts', '../../shared/application/use-case'],
      ['src/user/application/uses-nest.ts', '@nestjs/common'],
      ['src/lottery/application/uses-own-api.ts', '../lottery.api'],
      ['src/lottery/application/uses-api-below.ts', '../../user/user.api'],
      ['src/lottery/application/uses-events-below.ts', '../../draw/draw.events'],
      ['src/lottery/infrastructure/uses-own-application.ts', '../application/use-case'],
      ['src/lottery/infrastructure/uses-shared-adapter.ts', '../../platform/http/adapter'],
      ['src/lottery/infrastructure/uses-api-below.ts', '../../ballot/ballot.api'],
      ['src/lottery/infrastructure/uses-npm.ts', 'typeorm'],
      ['src/lottery/infrastructure/uses-node.ts', 'node:fs'],
      ['src/lottery/lottery.api.ts', '../draw/draw.api'],
      ['src/lottery/lottery.module.ts', '../draw/draw.module'],
      ['src/create-app.ts', './lottery/infrastructure/adapter'],
      ['src/data-source.ts', '../migrations/1-one'],
      ['migrations/3-uses-typeorm.ts', 'typeorm'],
    ];
    const cycle = ['src/user/domain/cycle-one.ts', 'src/user/domain/cycle-two.ts'];
    let house: string;
    let violations: Violation[];

    beforeAll(async () => {
      house = await plant({
        ...emptyHouse(),
        ...Object.fromEntries(forbidden.map(importing)),
        ...Object.fromEntries(allowed.map(importing)),
        ...Object.fromEntries([importing([cycle[0]!, './cycle-two']), importing([cycle[1]!, './cycle-one'])]),
      });
      violations = await cruise(house);
    });

    afterAll(() => rm(house, { recursive: true }));

    it.each(forbidden)('%s must not import %s', (file) => {
      const found = { from: file, to: expect.stringMatching(RESOLVED) as string, rule: 'not-in-allowed' };
      expect(violations).toContainEqual(found);
    });

    it.each(allowed)('%s may import %s', (file) => {
      expect(violations.filter(({ from }) => from === file)).toEqual([]);
    });

    it('nothing imports itself by a detour', () => {
      expect(violations.map(({ from, rule }) => [from, rule])).toContainEqual([cycle[0], 'no-cycle']);
    });

    it('our own sources keep to it', async () => {
      expect(await cruise(repository)).toEqual([]);
    });
  });

  describe('where files are', () => {
    it.each([
      ['a layer with folders', 'src/user/domain/passwords/rule.ts'],
      ['a module in a folder of modules', 'src/modules/user/domain/rule.ts'],
      ['a layer that we do not have', 'src/user/helpers/rule.ts'],
      ['a barrel', 'src/user/domain/index.ts'],
      ['a barrel of a module', 'src/user/index.ts'],
      ['a fifth root file', 'src/utils.ts'],
      ['a door with another name than its module', 'src/user/users.api.ts'],
      ['a name that is not in kebab case', 'src/user/domain/NewRule.ts'],
      ['a script', 'src/user/domain/rule.js'],
    ])('refuses %s', async (_, file) => {
      const house = await plant({ [file]: 'export {};' });
      expect(await misplacedFiles(house)).toEqual([file]);
      await rm(house, { recursive: true });
    });

    it('our own sources keep to it', async () => {
      expect(await misplacedFiles(repository)).toEqual([]);
    });
  });

  describe('who reads the environment', () => {
    it.each([
      'process.env.HOME',
      "process['env']",
      'process?.env',
      'const { env } = process',
      'globalThis.process.env',
      "import { env } from 'node:process'",
      "require('process').env",
      'process\n  .env',
    ])('finds `%s`', async (reading) => {
      const house = await plant({ 'src/user/infrastructure/adapter.ts': reading, 'src/main.ts': 'process.exit(1);' });
      expect(await environmentReaders(house)).toEqual(['src/user/infrastructure/adapter.ts']);
      await rm(house, { recursive: true });
    });

    it('only the configuration does', async () => {
      expect(await environmentReaders(repository)).toEqual(['src/platform/config/config.ts']);
    });
  });

  describe('what the rules of the game may use', () => {
    const domain = 'src/user/domain/planted.ts';
    const application = 'src/user/application/planted.ts';
    const faulty: [file: string, text: string, rule: string][] = [
      [domain, 'export const now = () => Date.now();', 'no-restricted-properties'],
      [domain, 'export const now = () => new Date();', 'no-restricted-syntax'],
      [domain, 'export const chance = () => Math.random();', 'no-restricted-properties'],
      [domain, "import { randomBytes } from 'node:crypto';\nrandomBytes(1);", 'no-restricted-imports'],
      [domain, "import * as crypto from 'node:crypto';\ncrypto.hash;", 'no-restricted-imports'],
      [domain, 'export const id = () => crypto.randomUUID();', 'no-restricted-globals'],
      [domain, 'setTimeout(() => {}, 1);', 'no-restricted-globals'],
      [domain, 'declare const Rule: () => ClassDecorator;\n@Rule()\nexport class Planted {}', 'no-restricted-syntax'],
      [application, "import { Controller } from '@nestjs/common';\nController();", 'no-restricted-imports'],
      [application, "import { randomUUID } from 'node:crypto';\nrandomUUID();", 'no-restricted-imports'],
      [application, 'export const home = () => process.env;', 'no-restricted-syntax'],
      [application, "console.log('here');", 'no-console'],
      [application, `export const lines = [${'\n1,'.repeat(200)}];`, 'max-lines'],
      [application, `export const long = () => {${'\nvoid 0;'.repeat(60)}};`, 'max-lines-per-function'],
    ];
    const fine: [file: string, text: string][] = [
      [domain, "import { createHmac } from 'node:crypto';\nexport const mac = createHmac;"],
      [domain, 'export const at = (ms: number) => new Date(ms);'],
      [application, "import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Planted {}"],
    ];
    let found: string[][];

    beforeAll(async () => {
      found = await lint([...faulty, ...fine].map(([filePath, text]) => ({ filePath, text })));
    });

    it.each(faulty.map(([file, text, rule], index) => [`${file.split('/')[2]}: ${text.slice(0, 60)}`, rule, index]))(
      'refuses %j by %s',
      (_, rule, index) => {
        expect(found[Number(index)]).toContain(rule);
      },
    );

    it('lets what is pure pass', () => {
      expect(found.slice(faulty.length)).toEqual(fine.map(() => []));
    });
  });
});

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
}

/** A file system of its own below a new temporary folder. */
async function plant(files: Record<string, string>): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'architecture-'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(house, dirname(file)), { recursive: true });
    await writeFile(join(house, file), text);
  }
  return house;
}

/** Everything that the planted files import, itself without fault. */
function emptyHouse(): Record<string, string> {
  const modules = ['shared', 'user', 'ballot', 'draw', 'lottery', 'jackpot'];
  const perModule = modules.flatMap((name) => [
    `src/${name}/domain/rule.ts`,
    `src/${name}/application/use-case.ts`,
    `src/${name}/infrastructure/adapter.ts`,
    `src/${name}/${name}.api.ts`,
    `src/${name}/${name}.events.ts`,
    `src/${name}/${name}.module.ts`,
  ]);
  const platform = ['src/platform/http/adapter.ts', 'src/platform/platform.module.ts'];
  const sources = [...perModule, ...platform, 'src/data-source.ts', 'migrations/1-one.ts', 'test/support/fake.ts'];
  const packages = ['@nestjs/common', '@nestjs/core', 'typeorm', 'pg', 'supertest', 'unlisted'];
  const installed = packages.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ]);
  const dependencies = Object.fromEntries(packages.slice(0, 4).map((name) => [name, '1.0.0']));
  const manifest = JSON.stringify({ dependencies, devDependencies: { supertest: '1.0.0' } });
  return Object.fromEntries([
    ...sources.map((file) => [file, 'export const nothing = 0;']),
    ...installed,
    ['package.json', manifest],
  ]) as Record<string, string>;
}

/** Only for its type, which is forbidden all the same. */
function importing([file, target]: readonly [string, string]): [string, string] {
  return [file, `import type { nothing } from '${target}';\nexport type Nothing = typeof nothing;\n`];
}

async function cruise(house: string): Promise<Violation[]> {
  const config = join(repository, '.dependency-cruiser.cjs');
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const output = await runNode([program, '--config', config, '--output-type', 'json', 'src', 'migrations'], house);
  const { summary } = JSON.parse(output) as {
    summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
  };
  expect(summary.totalCruised).toBeGreaterThan(50);
  return summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name }));
}

/** The rules that each text breaks where it is said to be. Type-aware rules are left out: these files do not exist. */
async function lint(files: { filePath: string; text: string }[]): Promise<string[][]> {
  const program = `
    import { ESLint } from 'eslint';
    import tseslint from 'typescript-eslint';
    const untyped = { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked };
    const eslint = new ESLint({ overrideConfig: [untyped] });
    const found = [];
    for (const { text, filePath } of ${JSON.stringify(files)}) {
      const [{ messages }] = await eslint.lintText(text, { filePath });
      found.push(messages.map(({ ruleId, message }) => ruleId ?? message));
    }
    console.log(JSON.stringify(found));`;
  return JSON.parse(await runNode(['--input-type=module', '--eval', program], repository)) as string[][];
}

function runNode(args: string[], cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout) done(stdout);
      else fail(new Error(stderr, { cause: error }));
    });
  });
}

const PLACES = [
  /^src\/(main|app\.module|create-app|data-source|database-rights)\.ts$/,
  /^src\/([a-z]+)\/\1\.(module|api|events|views)\.ts$/,
  /^src\/platform\/(platform\.module|[a-z-]+\/(?!index\.)[a-z0-9]+([-.][a-z0-9]+)*)\.ts$/,
  /^src\/programs\/[a-z0-9]+(-[a-z0-9]+)*\.ts$/,
  /^src\/[a-z]+\/(domain|application|infrastructure)\/(?!index\.)[a-z0-9]+([-.][a-z0-9]+)*\.ts$/,
];

async function misplacedFiles(house: string): Promise<string[]> {
  return (await sources(house)).filter((file) => !PLACES.some((place) => place.test(file)));
}

/** A word-wise look finds what no import graph shows; comments and texts may not mention it either. */
async function environmentReaders(house: string): Promise<string[]> {
  const reading = /process\W{1,20}env\b|\benv\b[^=;]*=\s*process\b|from\s+['"](node:)?process['"]/;
  const files = await sources(house);
  const texts = await Promise.all(files.map((file) => readFile(join(house, file), 'utf8')));
  return files.filter((_, index) => reading.test(texts[index]!));
}

async function sources(house: string): Promise<string[]> {
  const entries = await readdir(join(house, 'src'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(house.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

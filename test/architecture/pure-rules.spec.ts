import { repository, runNode } from './house';

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
    [domain, 'export const most = (all: number[]) => Math.max(...all);', 'no-restricted-syntax'],
    [application, 'export const add = (to: number[], more: number[]) => to.push(0, ...more);', 'no-restricted-syntax'],
    [application, 'export const at = (parts: [number, number]) => new Date(...parts);', 'no-restricted-syntax'],
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

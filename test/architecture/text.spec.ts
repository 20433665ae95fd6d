import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesIn, inHouse, repository } from './house';

const MAX_COLUMNS = 120;

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
    const house = { 'src/user/infrastructure/adapter.ts': reading, 'src/main.ts': 'process.exit(1);' };
    expect(await inHouse(house, environmentReaders)).toEqual(['src/user/infrastructure/adapter.ts']);
  });

  it('only the configuration does', async () => {
    expect(await environmentReaders(repository)).toEqual(['src/platform/config/config.ts']);
  });
});

describe('how long a line is', () => {
  it.each([
    ['source', `export const text = '${'x'.repeat(MAX_COLUMNS)}';`],
    ['a comment', `/** ${'long '.repeat(24)}*/`],
  ])('refuses %s of more than 120 columns', async (_, line) => {
    const files = {
      'src/user/domain/rule.ts': `export {};\n${line}\n`,
      'src/main.ts': `// ${'x'.repeat(MAX_COLUMNS - 3)}`,
    };
    expect(await inHouse(files, longLines)).toEqual([`src/user/domain/rule.ts:2: ${line.length}`]);
  });

  it('our own sources keep to it', async () => {
    expect(await longLines(repository)).toEqual([]);
  });
});

/** A word-wise look finds what no import graph shows; comments and texts may not mention it either. */
async function environmentReaders(house: string): Promise<string[]> {
  const reading = /process\W{1,20}env\b|\benv\b[^=;]*=\s*process\b|from\s+['"](node:)?process['"]/;
  const files = await filesIn(house, 'src');
  const texts = await Promise.all(files.map((file) => readFile(join(house, file), 'utf8')));
  return files.filter((_, index) => reading.test(texts[index]!));
}

async function longLines(house: string): Promise<string[]> {
  const files = await filesIn(house, 'src');
  const texts = await Promise.all(files.map((file) => readFile(join(house, file), 'utf8')));
  return files.flatMap((file, i) =>
    texts[i]!.split('\n').flatMap((line, at) =>
      line.length > MAX_COLUMNS ? [`${file}:${at + 1}: ${line.length}`] : [],
    ),
  );
}

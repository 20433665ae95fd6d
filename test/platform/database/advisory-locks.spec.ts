import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as locks from '../../../src/platform/database/advisory-locks';

const SOURCES = resolve(__dirname, '../../../src');

describe('the advisory locks', () => {
  it('have a number each', () => {
    const numbers = Object.values(locks);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('are all in the list: no statement names a number of its own', async () => {
    const files = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith('.ts'));
    const texts = await Promise.all(files.map((file) => readFile(join(SOURCES, file), 'utf8')));
    const taking = files.filter((_, i) => /pg_(try_)?advisory/.test(texts[i]!));
    const unlisted = taking.filter((file) => !/from '.*\/database\/advisory-locks'/.test(texts[files.indexOf(file)]!));
    expect(taking.length).toBeGreaterThanOrEqual(4);
    expect(unlisted).toEqual([]);
  });
});

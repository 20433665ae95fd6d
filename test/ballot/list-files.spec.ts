import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { LINES_IN_BLOCK, ListFiles } from '../../src/ballot/infrastructure/list-files';

const SIZE = 5 * LINES_IN_BLOCK + 7;
const linesOf = (draw: string, start: number, end: number): string =>
  Array.from({ length: end - start }, (_, i) => `${start + i} of ${draw}\n`).join('');

describe('the list of a log as a file', () => {
  let lists: ListFiles;
  let reads: string[];
  let underWay: number;
  let most: number;

  beforeEach(() => {
    lists = new ListFiles(tmpdir());
    [reads, underWay, most] = [[], 0, 0];
  });
  afterEach(() => lists.onApplicationShutdown());

  const read = (draw: string) => async (start: number, end: number) => {
    most = Math.max(most, ++underWay);
    reads.push(`${draw} ${start}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    underWay--;
    return linesOf(draw, start, end);
  };
  const textOf = async (draw: string, size: number): Promise<string> => {
    let text = '';
    for await (const piece of lists.lines(draw, size, read(draw))) text += piece;
    return text;
  };

  it.each([0, 1, LINES_IN_BLOCK - 1, LINES_IN_BLOCK, LINES_IN_BLOCK + 1, SIZE])('has all lines: %d', async (size) => {
    for (let again = 0; again < 2; again++) expect(await textOf('a', size)).toBe(linesOf('a', 0, size));
  });

  it('is read from the database once, however many ask at once', async () => {
    const texts = await Promise.all(Array.from({ length: 8 }, () => textOf('a', 5 * LINES_IN_BLOCK)));
    expect(new Set(texts)).toEqual(new Set([linesOf('a', 0, 5 * LINES_IN_BLOCK)]));
    expect(reads).toHaveLength(5);
    expect(most).toBe(1);
  });

  it('grows with the log', async () => {
    await textOf('a', LINES_IN_BLOCK + 3);
    expect(await textOf('a', SIZE)).toBe(linesOf('a', 0, SIZE));
    expect(await textOf('a', LINES_IN_BLOCK + 5)).toBe(linesOf('a', 0, LINES_IN_BLOCK + 5));
    expect(reads.filter((one) => one === 'a 0')).toHaveLength(1);
  });

  it('leaves nothing behind, and makes room for others', async () => {
    const before = readdirSync(tmpdir()).length;
    for (let i = 0; i < 40; i++) await textOf(`draw ${i}`, LINES_IN_BLOCK);
    expect(readdirSync(tmpdir()).length).toBeLessThanOrEqual(before);
    reads = [];
    await textOf('draw 39', LINES_IN_BLOCK);
    expect(reads).toEqual([]);
    expect(await textOf('draw 0', LINES_IN_BLOCK)).toBe(linesOf('draw 0', 0, LINES_IN_BLOCK));
    expect(reads).toEqual(['draw 0 0']);
  });

  it('is read from the database each time if there is no place for it', async () => {
    lists = new ListFiles('/nowhere');
    for (let again = 0; again < 2; again++) expect(await textOf('a', SIZE)).toBe(linesOf('a', 0, SIZE));
    expect(reads).toHaveLength(12);
  });

  it('is read again after a read that failed', async () => {
    const broken = async () => Promise.reject(new Error('the database is away'));
    const first = lists.lines('a', LINES_IN_BLOCK, broken)[Symbol.asyncIterator]();
    await expect(first.next()).rejects.toThrow('away');
    // The file keeps whoever asked first: it asks for the same lines.
    const other = lists.lines('b', LINES_IN_BLOCK, read('b'))[Symbol.asyncIterator]();
    expect((await other.next()).value).toBe(linesOf('b', 0, LINES_IN_BLOCK));
  });
});

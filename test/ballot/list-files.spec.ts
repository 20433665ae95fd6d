import { readdirSync } from 'node:fs';
import { FileHandle, mkdir, open, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { LINES_IN_BLOCK, ListFiles } from '../../src/ballot/infrastructure/list-files';
import { until } from '../support/until';

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

type Write = (this: FileHandle, data: Buffer, from: number, length: number, at: number) => Promise<unknown>;

describe('the list of a log on a disk that fails', () => {
  const RETRY_MS = 50;
  const SIZE = 3 * LINES_IN_BLOCK;
  const LIST = linesOf('a', 0, SIZE);
  let lists: ListFiles;
  let reads: number;
  /** What all open files have in common. */
  let files: FileHandle;

  beforeAll(async () => {
    const handle = await open(__filename);
    files = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
  });
  beforeEach(() => {
    [lists, reads] = [new ListFiles(tmpdir(), RETRY_MS), 0];
  });
  afterEach(async () => {
    await lists.onApplicationShutdown();
    jest.restoreAllMocks();
  });

  const textOf = async (draw = 'a'): Promise<string> => {
    let text = '';
    for await (const piece of lists.lines(draw, SIZE, (start, end) => Promise.resolve(linesOf(draw, start, end)))) {
      text += piece;
    }
    return text;
  };
  const readsOf = async (size = SIZE): Promise<number> => {
    reads = 0;
    const read = (start: number, end: number) => (reads++, Promise.resolve(linesOf('a', start, end)));
    for await (const piece of lists.lines('a', size, read)) expect(piece).toMatch(/^[\da of\n]*$/);
    return reads;
  };
  /** Writes fewer bytes than it is asked to, as a disk that is nearly full does. */
  const writeAtMost = (most: () => number) => {
    const write = files.write as unknown as Write;
    return jest.spyOn(files, 'write').mockImplementation(function (this: FileHandle, data, from, length, at) {
      return write.call(this, data, from, Math.min(length, most()), at);
    } as Write as never);
  };

  it('is whole though each write takes a part only', async () => {
    const write = writeAtMost(() => 10_000);
    for (let again = 0; again < 2; again++) expect((await textOf()) === LIST).toBe(true);
    expect(write.mock.calls.length).toBeGreaterThan(3);
    expect(await readsOf()).toBe(0);
  });

  it('is read from the database while nothing can be written, and kept as a file again afterwards', async () => {
    let most = 0;
    const write = writeAtMost(() => most);
    for (let again = 0; again < 2; again++) expect((await textOf()) === LIST).toBe(true);
    expect(write).toHaveBeenCalledTimes(1);
    most = Infinity;
    await until(async () => (await readsOf()) === 0);
    expect((await textOf()) === LIST).toBe(true);
  });

  it('has no byte that is not its own if the file is shorter than what was written', async () => {
    expect((await textOf()) === LIST).toBe(true);
    for (const bytesRead of [0, 1_000]) {
      jest.spyOn(files, 'read').mockImplementation((buffer) => Promise.resolve({ bytesRead, buffer }) as never);
      expect((await textOf()) === LIST).toBe(true);
    }
  });

  it('is read from the database if its file cannot be read, and the log says so once, not for each block', async () => {
    expect((await textOf()) === LIST).toBe(true);
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    jest.spyOn(files, 'read').mockRejectedValue(new Error('EIO'));
    for (let again = 0; again < 2; again++) expect((await textOf()) === LIST).toBe(true);
    expect(warn.mock.calls.map(([line]) => String(line).split('.')[0])).toEqual(['The file of a list cannot be read']);
  });

  it('is opened again after it could not be', async () => {
    lists = new ListFiles(join(tmpdir(), `lottery-lists-${process.pid}`), RETRY_MS);
    expect((await textOf()) === LIST).toBe(true);
    await mkdir(join(tmpdir(), `lottery-lists-${process.pid}`));
    await until(async () => (await readsOf()) === 0);
    await rmdir(join(tmpdir(), `lottery-lists-${process.pid}`));
  });

  it('does not end the process if its file cannot be closed', async () => {
    const write = files.write as unknown as Write;
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    jest.spyOn(files, 'write').mockImplementation(function (this: FileHandle, ...all) {
      const close = this.close.bind(this);
      this.close = () => close().then(() => Promise.reject(new Error('EIO')));
      return write.apply(this, all);
    } as Write as never);
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    for (let i = 0; i < 34; i++) await textOf(`draw ${i}`);
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    await until(() => warn.mock.calls.length > 0);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('cannot be closed'));
    expect(unhandled).not.toHaveBeenCalled();
  });
});

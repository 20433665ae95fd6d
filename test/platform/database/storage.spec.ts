import files, { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStorageFault, isUnavailable } from '../../../src/platform/database/sql-state';
import { noteStorageFault, storageFault } from '../../../src/platform/database/storage';

describe('the storage of a database', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'storage-'))));
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  const failing = (message: string, code: string) => Object.assign(new Error(message), { code });

  it('is in order where nothing says otherwise', async () => {
    expect([await storageFault(folder), await storageFault(undefined)]).toEqual([null, null]);
  });

  it('is full while less than two segments of the write-ahead log are free', async () => {
    const megabytes = (free: number) =>
      ({ bavail: free * 256, bsize: 4_096 }) as Awaited<ReturnType<typeof files.statfs>>;
    jest.spyOn(files, 'statfs').mockResolvedValueOnce(megabytes(31)).mockResolvedValueOnce(megabytes(32));
    expect(await storageFault(folder)).toBe('the disk of its database is full (31 MB left)');
    expect(await storageFault(folder)).toBeNull();
  });

  it('says so where its folder is read-only or gone', async () => {
    jest.spyOn(files, 'access').mockRejectedValueOnce(failing('EROFS: read-only file system', 'EROFS'));
    expect(await storageFault(folder)).toBe('the data folder of its database cannot be written (EROFS)');
    expect(await storageFault(join(folder, 'gone'))).toContain('(ENOENT)');
  });

  it.each([
    ['53100', 'could not extend file "base/5/16384": No space left on device'],
    ['58030', 'could not write to file "pg_wal/xlogtemp.7": Input/output error'],
    ['42501', 'could not open file "base/5/16384": Read-only file system'],
  ])('is at fault with %s: %s', (code, message) => {
    const error = failing(message, code);
    expect([isStorageFault(error), isUnavailable(error)]).toEqual([true, true]);
  });

  it('is not at fault where the role may not do something', () => {
    expect(isStorageFault(failing('permission denied for table ballots', '42501'))).toBe(false);
  });

  it('stays at fault for a while after a write that failed, wherever the server is', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1e9);
    noteStorageFault();
    expect(await storageFault(undefined)).toContain('cannot store anything');
    now.mockReturnValue(1e9 + 31_000);
    expect(await storageFault(undefined)).toBeNull();
  });
});

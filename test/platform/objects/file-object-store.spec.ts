import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStore } from '../../../src/platform/objects/file-object-store';
import { itKeepsObjects } from '../../support/object-store-contract';

describe('a folder of files', () => {
  let folder: string;

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'objects-'))));
  afterEach(() => rm(folder, { recursive: true }));

  itKeepsObjects(() => new FileObjectStore(folder));

  it('has one of the contents that were stored at the same time, whole, and nothing else', async () => {
    const store = new FileObjectStore(folder);
    const contents = Array.from({ length: 20 }, (_, i) => Buffer.alloc(100_000, i));
    await Promise.all(contents.map((content) => store.put('file', content)));
    const [first, ...rest] = await store.get('file', 0, 100_000);
    expect(new Set(rest)).toEqual(new Set([first]));
    expect(await readdir(folder)).toEqual(['file']);
  });
});

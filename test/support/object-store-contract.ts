import { ObjectStore } from '../../src/platform/objects/object-store';

/** What every object store keeps to, whatever it is made of. */
export function itKeepsObjects(store: () => ObjectStore): void {
  const content = Buffer.from('a file of the archive');

  it('gives back what was stored, in parts, and says what it does not have', async () => {
    await store().put('some-folder/file-1.gz', content);
    expect((await store().get('some-folder/file-1.gz', 2, 4)).toString()).toBe('file');
    expect(await store().get('some-folder/file-1.gz', 0, content.length)).toEqual(content);
    await expect(store().get('some-folder/file-1.gz', 10, 100)).rejects.toThrow(/ends at|answered with/);
    await expect(store().get('some-folder/file-2.gz', 0, 4)).rejects.toThrow(/answered with 404|ENOENT/);
  });

  it('replaces a file as a whole', async () => {
    await store().put('file', content);
    await store().put('file', Buffer.from('short'));
    expect((await store().get('file', 0, 5)).toString()).toBe('short');
    await expect(store().get('file', 0, 6)).rejects.toThrow(/ends at byte 5/);
  });
}

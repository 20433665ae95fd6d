import { randomBytes } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ObjectStore } from './object-store';

/** A folder of this machine, or one that all machines mount. */
export class FileObjectStore extends ObjectStore {
  readonly place: string;

  constructor(folder: string) {
    super();
    this.place = resolve(folder);
  }

  async put(name: string, content: Buffer): Promise<void> {
    const file = join(this.place, name);
    await mkdir(dirname(file), { recursive: true });
    const draft = `${file}.${randomBytes(4).toString('hex')}.draft`;
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    // The new name survives too.
    for (const folder of [dirname(file), this.place]) await syncFolder(folder);
  }

  async get(name: string, position: number, bytes: number): Promise<Buffer> {
    const handle = await open(join(this.place, name), 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, position);
      if (bytesRead !== bytes) throw new Error(`${name} ends at byte ${position + bytesRead}`);
      return buffer;
    } finally {
      await handle.close();
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The build once more, as a release in which every file that browsers load has another name. */
export class NextRelease {
  private constructor(private readonly folder: string) {}

  /** @param keepsFormer whether it has the files of the release before, too, as a build has and an image has not */
  static async make(keepsFormer: boolean): Promise<NextRelease> {
    const folder = await mkdtemp(join(process.cwd(), 'dist.next-'));
    await cp('dist', folder, { recursive: true });
    const client = join(folder, 'web/client');
    for (const name of await readdir(join(client, 'assets'))) {
      const path = join(client, 'assets', name);
      if (/[.](br|gz)$/.test(name)) await rm(path);
      else await rename(path, join(client, 'assets', renamed(name)));
    }
    const texts = [...(await readdir(join(client, 'assets'))).map((name) => `assets/${name}`), '.vite/manifest.json'];
    for (const name of texts.filter((text) => /[.](js|css|json)$/.test(text))) {
      const path = join(client, name);
      await writeFile(path, renamed(await readFile(path, 'utf8')));
    }
    if (keepsFormer) await cp('dist/web/client/assets', join(client, 'assets'), { recursive: true });
    return new NextRelease(folder);
  }

  get program(): string {
    return join(this.folder, 'src/main.js');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

/** Names in the folder, and what names them: `island-Bif12ndc.js` becomes `island-next-Bif12ndc.js`. */
function renamed(text: string): string {
  return text.replaceAll(/([a-z.-]+)-([\w-]{8})[.](js|css)/g, '$1-next-$2.$3');
}

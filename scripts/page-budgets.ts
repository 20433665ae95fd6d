import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip that a reader may have to load. */
export const BUDGETS = {
  /** The scripts of every page. */
  page: 3_000,
  /** Those of a page with an island that starts with it, or is pressed. */
  island: 20_000,
  worker: 50_000,
  style: 15_000,
  html: 30_000,
};

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  /** Files of other kinds that it names: workers. */
  readonly assets?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

/** What is compared: what it is called, its size after gzip, and what it may be. */
interface Weighed {
  readonly name: string;
  readonly bytes: number;
  readonly most: number;
}

function isWorker(file: string): boolean {
  return /\.worker-[^/]+\.js$/.test(file);
}

/** Everything that has a budget in a build for browsers (`dist/web/client`). */
export function weigh(folder: string): Weighed[] {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
  const sizeOf = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + zipped(readFileSync(join(folder, file))), 0);
  const onEachPage = scriptsOf(manifest, 'client/theme.ts', 'client/site.ts');
  const sources = Object.keys(manifest);
  const islands = sources.filter((source) => source.endsWith('/island.tsx'));
  const styles = sources.filter((source) => source.endsWith('/page.css'));
  const common = manifest['style/site.css']?.file;
  const workers = new Set(Object.values(manifest).flatMap(({ assets = [] }) => assets.filter(isWorker)));
  if (onEachPage.size === 0 || common === undefined || workers.size === 0) {
    throw new Error(`${folder} lacks what every build has: the scripts and the style of all pages, and a worker`);
  }
  return [
    { name: 'scripts of every page', bytes: sizeOf(onEachPage), most: BUDGETS.page },
    ...islands.map((source) => ({
      name: `scripts with ${source}`,
      bytes: sizeOf(new Set([...onEachPage, ...scriptsOf(manifest, source)])),
      most: BUDGETS.island,
    })),
    ...[...workers].map((file) => ({ name: file, bytes: sizeOf([file]), most: BUDGETS.worker })),
    ...['', ...styles].map((source) => ({
      name: source === '' ? 'style of every page' : `style with ${source}`,
      bytes: sizeOf([common, ...(source === '' ? [] : [manifest[source]!.file])]),
      most: BUDGETS.style,
    })),
  ];
}

export function zipped(content: Buffer | string): number {
  return gzipSync(content, { level: 9 }).length;
}

/** Files of these sources and of all that they import. */
function scriptsOf(manifest: Manifest, ...sources: string[]): Set<string> {
  const files = new Set<string>();
  const add = (source: string): void => {
    const chunk = manifest[source];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  sources.forEach(add);
  return files;
}

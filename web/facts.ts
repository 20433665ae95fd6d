/** What the server knows of the page that is asked for, whatever the page. */
export interface Facts {
  readonly language: string;
  /** The path without its language: `/lottery/2026-11-30`. */
  readonly path: string;
  /** Scheme, host and port at which strangers find us, if known. */
  readonly publicUrl: string | null;
  /** Vite's list of what it has built for browsers. */
  readonly assets: Assets;
}

export type Assets = Readonly<Record<string, Asset>>;

interface Asset {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

/** Names in the path, and the query; each value at most once. */
export interface PageRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** The address of what was built from this source, or null if nothing was. */
export function assetUrl(assets: Assets, source: string): string | null {
  const asset = assets[source];
  return asset === undefined ? null : `/${asset.file}`;
}

/** The addresses of what this source imports, at any depth. */
export function importsOf(assets: Assets, source: string, seen = new Set<string>()): readonly string[] {
  for (const one of assets[source]?.imports ?? []) {
    if (seen.has(one)) continue;
    seen.add(one);
    importsOf(assets, one, seen);
  }
  return [...seen].flatMap((one) => assetUrl(assets, one) ?? []);
}

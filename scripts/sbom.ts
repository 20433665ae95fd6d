import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import Ajv, { type AnySchemaObject } from 'ajv';
import { LockedPackage, lockedPackages } from './lock-file';

const HELP = `npm run sbom -- [options]
  --dev          with the tools of development, too
  --out <file>   where it is written (sbom.cdx.json)
  --help`;

const SPEC_VERSION = '1.5';
const LIBRARY = dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json'));

interface Bom {
  readonly metadata: { component: { name: string; 'bom-ref': string } };
  components: readonly { 'bom-ref': string; hashes?: readonly { content: string }[] }[];
  dependencies: readonly { ref: string; dependsOn?: readonly string[] }[];
}

/**
 * Writes the bill of materials (CycloneDX) of package-lock.json; offline, and fails unless it is valid and complete.
 */
function writeBillOfMaterials(): void {
  const { values } = parseArgs({
    options: {
      dev: { type: 'boolean', default: false },
      out: { type: 'string', default: 'sbom.cdx.json' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const wanted = new Map(lockedPackages().flatMap((one) => (values.dev || !one.dev ? [[hashOf(one), one.name]] : [])));
  const bom = only(wanted, generate());
  // npm takes the name of the folder.
  bom.metadata.component.name = (JSON.parse(readFileSync('package.json', 'utf8')) as { name: string }).name;
  const faults = [...schemaFaults(bom), ...gaps(bom, wanted)];
  if (faults.length > 0) throw new Error(`The bill of materials has faults:\n${faults.join('\n')}`);
  writeFileSync(values.out, `${JSON.stringify(bom, null, 2)}\n`);
  console.log(`${values.out}: CycloneDX ${SPEC_VERSION}, ${bom.components.length} components, valid and complete.`);
}

/** In hex. What a package is by: it may be installed under several names. */
function hashOf({ integrity = '' }: LockedPackage): string {
  return Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
}

/** Of everything in the lock file: npm's own --omit=dev also leaves out what tools and service have in common. */
function generate(): Bom {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const { stdout, stderr, status } = spawnSync('npm', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  return JSON.parse(stdout) as Bom;
}

function only(wanted: ReadonlyMap<string, string>, bom: Bom): Bom {
  const components = bom.components.filter(({ hashes = [] }) => hashes.some(({ content }) => wanted.has(content)));
  const refs = new Set([bom.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  return { ...bom, components, dependencies };
}

function schemaFaults(bom: Bom): string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const name of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const matches = ajv.compile(schema(`bom-${SPEC_VERSION}`));
  void matches(bom);
  return (matches.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function schema(name: string): AnySchemaObject {
  return JSON.parse(
    readFileSync(join(LIBRARY, 'res', 'schema', `${name}.SNAPSHOT.schema.json`), 'utf8'),
  ) as AnySchemaObject;
}

/** Every package of the lock file is in it, with the hash that `npm ci` checks. */
function gaps({ components }: Bom, wanted: ReadonlyMap<string, string>): string[] {
  const listed = new Set(components.flatMap(({ hashes = [] }) => hashes.map(({ content }) => content)));
  return [...wanted].filter(([hash]) => !listed.has(hash)).map(([, name]) => `${name} is missing`);
}

writeBillOfMaterials();

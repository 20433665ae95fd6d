import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationRefused, readConfig } from '../platform/config/config';
import { errorCode } from '../platform/errors/error-code';
import { SECTIONS } from './config';

interface ServiceSecrets {
  readonly SIGNING_KEY: string;
  readonly JWT_SECRET: string;
  readonly INTERNAL_CLOSE_TOKEN: string;
}

interface AdminLogIn {
  readonly ADMIN_USERNAME: string;
  readonly ADMIN_PASSWORD: string;
}

/** What a start without configuration makes for itself, once. */
type Secrets = ServiceSecrets & AdminLogIn;

const NAMES = ['SIGNING_KEY', 'JWT_SECRET', 'INTERNAL_CLOSE_TOKEN', 'ADMIN_USERNAME', 'ADMIN_PASSWORD'] as const;

/** The file with the secrets of this data folder (mode 0600). */
export function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}

/**
 * The secrets of this data folder, which are made on the first start. If several processes start at once, all use the
 * secrets that one of them made.
 *
 * @param admin whether the log-in of an admin is wanted, too.
 */
export async function madeSecrets(
  dataDir: string,
  { admin }: { admin: boolean },
): Promise<ServiceSecrets & Partial<AdminLogIn>> {
  const { ADMIN_USERNAME, ADMIN_PASSWORD, ...service } = (await savedSecrets(dataDir)) ?? (await make(dataDir));
  return admin ? { ...service, ADMIN_USERNAME, ADMIN_PASSWORD } : service;
}

/** Null if none have been made. @throws ConfigurationRefused if somebody has spoilt the file */
export async function savedSecrets(dataDir: string): Promise<Secrets | null> {
  const file = secretsFile(dataDir);
  let text: string;
  try {
    await chmod(file, 0o600);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new Error(`${file} cannot be read; it holds the secrets of this data folder.`, { cause: error });
  }
  const secrets = parse(text);
  const faults = secrets === null ? ['cannot be read: it is no JSON object'] : faultsOf(secrets);
  if (faults.length > 0) throw new ConfigurationRefused(faults.map((fault) => `${file}: ${fault}`));
  return secrets as unknown as Secrets;
}

/** Null if it is no JSON object. The parser's own message would show a part of the text. */
function parse(text: string): Partial<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** What is wrong with them by the rules for the variables of the same names. */
function faultsOf(secrets: Partial<Record<string, unknown>>): readonly string[] {
  const given = NAMES.filter((name) => typeof secrets[name] === 'string' && secrets[name] !== '');
  const missing = NAMES.filter((name) => !given.includes(name)).map((name) => `${name} is missing, or no text`);
  if (missing.length > 0) return missing;
  try {
    readConfig(SECTIONS, Object.fromEntries(NAMES.map((name) => [name, secrets[name] as string])));
    return [];
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.faults;
    throw error;
  }
}

async function make(dataDir: string): Promise<Secrets> {
  const secrets: Secrets = {
    SIGNING_KEY: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    INTERNAL_CLOSE_TOKEN: randomBytes(32).toString('hex'),
    ADMIN_USERNAME: 'admin',
    ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
  };
  const file = secretsFile(dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  const draft = `${file}.${randomBytes(6).toString('hex')}.draft`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    // A link fails if the file exists: the first process wins, and nobody reads half a file.
    await link(draft, file);
    return secrets;
  } catch (error) {
    const made = await savedSecrets(dataDir);
    if (!made) throw error;
    return made;
  } finally {
    await rm(draft, { force: true });
  }
}

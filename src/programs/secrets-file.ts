import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../platform/errors/error-code';

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

/** Null if none have been made. */
export async function savedSecrets(dataDir: string): Promise<Secrets | null> {
  const file = secretsFile(dataDir);
  try {
    await chmod(file, 0o600);
    return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new Error(`${file} cannot be read; it holds the secrets of this data folder.`, { cause: error });
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

import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompleteConfig, Config } from './config';
import { errorCode } from '../errors/error-code';

/** What a start without configuration makes for itself, once. */
interface Secrets {
  readonly SIGNING_KEY: string;
  readonly JWT_SECRET: string;
  readonly INTERNAL_CLOSE_TOKEN: string;
  readonly ADMIN_USERNAME: string;
  readonly ADMIN_PASSWORD: string;
}

/** Where the secrets of this data folder are kept (mode 0600). */
export function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}

/**
 * Fills what is missing in the configuration from the secrets of the data folder, which are made on the first start.
 * What is configured wins. Of several processes that start at once, all use the secrets that one of them made.
 *
 * @param admin whether a log-in for an admin is made up, too.
 */
export async function withSecrets(
  config: Config & { DATABASE_URL: string },
  { admin }: { admin: boolean },
): Promise<CompleteConfig> {
  const file = secretsFile(config.DATA_DIR);
  const secrets = (await read(file)) ?? (await make(file, config.DATA_DIR));
  const { ADMIN_USERNAME, ADMIN_PASSWORD, ...service } = secrets;
  const configured = Object.entries(config).filter(([, value]) => value !== undefined);
  return {
    ...service,
    ...(admin ? { ADMIN_USERNAME, ADMIN_PASSWORD } : {}),
    ...Object.fromEntries(configured),
  } as CompleteConfig;
}

async function make(file: string, dataDir: string): Promise<Secrets> {
  const secrets: Secrets = {
    SIGNING_KEY: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    INTERNAL_CLOSE_TOKEN: randomBytes(32).toString('hex'),
    ADMIN_USERNAME: 'admin',
    ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
  };
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  const draft = `${file}.${randomBytes(6).toString('hex')}.draft`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    // A link fails where the file exists: the first process wins, and nobody reads half a file.
    await link(draft, file);
    return secrets;
  } catch (error) {
    const made = await read(file);
    if (!made) throw error;
    return made;
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(file: string): Promise<Secrets | null> {
  try {
    await chmod(file, 0o600);
    return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new Error(`${file} cannot be read; it holds the secrets of this data folder.`, { cause: error });
  }
}

import { join } from 'node:path';
import { forgetLibpq } from '../platform/config/config';
import { EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '../platform/embedded-postgres/server';
import type { Config } from './config';

const NAME = 'lottery';

/** The embedded PostgreSQL does not start; the message says why, for operators. */
export class DatabaseNotStarted extends Error {}

/** The configured database, or the embedded one in the data folder. */
export interface ConfiguredDatabase {
  readonly url: string;
  /** Null if a database is configured. */
  readonly embedded: EmbeddedPostgres | null;
  /** Stops what was started for it. */
  readonly stop: () => Promise<void>;
}

/** Starts the embedded PostgreSQL unless it runs. */
export async function configuredDatabase(
  url: string | undefined,
  { DATA_DIR }: Pick<Config, 'DATA_DIR'>,
  log: (message: string) => void = () => undefined,
): Promise<ConfiguredDatabase> {
  if (url !== undefined) return { url, embedded: null, stop: async () => undefined };
  forgetLibpq();
  const embedded = await startEmbeddedPostgres({ dataDir: join(DATA_DIR, 'postgres'), log }).catch((error: Error) => {
    throw new DatabaseNotStarted(error.message, { cause: error });
  });
  return { url: embedded.url(NAME), embedded, stop: () => embedded.stop() };
}

/** Creates the database of the embedded PostgreSQL unless it exists. */
export async function ensureOwnDatabase({ embedded }: ConfiguredDatabase): Promise<void> {
  if (embedded) await ensureDatabase(embedded, NAME);
}

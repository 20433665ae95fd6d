import { escapeIdentifier, Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { postgresArguments } from './arguments';
import { prepareBinaries } from './binaries';
import { pgdataOf, prepareCluster, readPassword, SUPERUSER } from './cluster';
import { sweepDrafts } from './draft';
import { chooseHome, type Home } from './home';
import { startKeeper } from './keeper';
import { findPostmaster, findOwnPostmaster } from './lock';
import { watchAsGuest } from './guest';
import { readLogTail } from './log';

/** Losing the start to another process costs one attempt; a port taken in between costs another. */
const MAX_STARTS = 5;
const PAUSE_BETWEEN_STARTS_MS = 200;
const CONNECT_TIMEOUT_MS = 5_000;
const CREATE_DATABASE_TIMEOUT_MS = 30_000;

interface EmbeddedPostgresOptions {
  dataDir: string;
  log: (message: string) => void;
  /** Extra settings of postgresql.conf; who may connect is not one of them. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  /** Holds the password: never log it. */
  url(database: string): string;
  port: number;
  /** Where the data is: not always the requested folder, see `chooseHome`. */
  dataDir: string;
  /** The files of PostgreSQL itself. */
  pgdata: string;
  owner: boolean;
  /** Resolves with the reason, in words, once the server is gone for good. */
  lost: Promise<string>;
  /** The owner stops the server, ending open sessions; a guest does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the data of `dataDir`, or attaches to the server that another process runs there. The process
 * that started the server owns it: its keeper starts it again when it is killed, the server ends with its owner,
 * however that ends, and guests then lose their database. Share `dataDir` between processes of one machine only: a
 * second machine or container cannot see whether the server is alive. A server whose keeper was killed is stopped and
 * started again. @throws Error in words for the operator: no binaries for this system, data out of reach, no server in
 * time.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = await chooseHome(options.dataDir, options.log);
  for (let start = 1; start <= MAX_STARTS; start++) {
    const server = (await attach(home, options)) ?? (await own(home, options));
    if (server) return server;
    await delay(PAUSE_BETWEEN_STARTS_MS);
  }
  throw new Error(
    `The embedded PostgreSQL did not start in ${MAX_STARTS} attempts. The end of its log:\n${await readLogTail(home)}`,
  );
}

async function attach(home: Home, { log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres | undefined> {
  const postmaster = await findPostmaster(pgdataOf(home), log);
  if (!postmaster) return undefined;
  const { port } = postmaster;
  log(`Attached to the embedded PostgreSQL on port ${port}, which another process owns.`);
  const { gone, stop } = watchAsGuest(pgdataOf(home), port);
  return serverOn(home, port, { owner: false, lost: gone, stop });
}

/** Returns null if postgres ended at once, mostly because another process was first. */
async function own(home: Home, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres | undefined> {
  const { log, settings = {} } = options;
  const binaries = await prepareBinaries(home, log);
  await prepareCluster(home, binaries);
  const keeper = await startKeeper(home, binaries.postgres, await postgresArguments(pgdataOf(home), settings));
  const postmaster = await findOwnPostmaster(pgdataOf(home), keeper).catch(async (error: unknown) => {
    await keeper.release();
    throw error;
  });
  if (!postmaster) return undefined;
  await sweepDrafts(home);
  log(`The embedded PostgreSQL listens on port ${postmaster.port}; its data is in ${home.folder}.`);

  keeper.keep((why) => log(`The embedded PostgreSQL has ended (${why}); its keeper starts it again.`));
  let stopped: Promise<void> | undefined;
  const lost = new Promise<string>((resolve) => {
    void keeper.ended.then(async () => {
      if (stopped) return;
      const reason = 'The embedded PostgreSQL does not start again, or its keeper was killed. The end of its log:';
      resolve(`${reason}\n${await readLogTail(home)}`);
    });
  });
  return serverOn(home, postmaster.port, { owner: true, lost, stop: () => (stopped ??= stopOwned()) });

  async function stopOwned(): Promise<void> {
    if (await keeper.release()) return;
    // The keeper was killed: looking for a postmaster stops the one that it left behind.
    await findPostmaster(pgdataOf(home), log);
  }
}

async function serverOn(
  home: Home,
  port: number,
  rest: Pick<EmbeddedPostgres, 'owner' | 'lost' | 'stop'>,
): Promise<EmbeddedPostgres> {
  const password = await readPassword(home);
  const url = (database: string) =>
    `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return { url, port, dataDir: home.folder, pgdata: pgdataOf(home), ...rest };
}

/** Creates the database unless it exists. Safe to call from several processes at once. */
export async function ensureDatabase(server: Pick<EmbeddedPostgres, 'url'>, name: string): Promise<void> {
  const client = new Client({
    connectionString: server.url('postgres'),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CREATE_DATABASE_TIMEOUT_MS,
  });
  // Without a listener, a server that dies between two answers would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  } catch (error) {
    if (!wasCreatedMeanwhile(error)) throw error;
  } finally {
    await client.end();
  }
}

/** duplicate_database, or unique_violation on its catalogue if both created it at the same moment. */
function wasCreatedMeanwhile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42P04' || error.code === '23505');
}

import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../migrations/migrations';
import { grantRights } from './database-rights';
import { archiveTables } from './ballot/infrastructure/archive.table';
import { ballotLogTables } from './ballot/infrastructure/ballot-logs.table';
import { drawTables } from './draw/infrastructure/draws.table';
import { journalTables } from './draw/infrastructure/journal.table';
import { lotteriesTable } from './lottery/infrastructure/lotteries.table';
import { poolTables } from './pool/infrastructure/pools.table';
import { MIGRATION_LOCK } from './platform/database/advisory-locks';
import { Session, shownDuration } from './platform/database/session';
import { auditTables } from './platform/audit/audit-entries.table';
import { timeoutClients } from './platform/database/timeout-client';
import { eventTables } from './platform/events/outbox.table';
import { verifierKeysTable } from './platform/transparency/verifier-keys.table';
import { userTables } from './user/infrastructure/users.table';
import { ledgerTables } from './wallet/infrastructure/ledger.table';
import { walletLogTables } from './wallet/infrastructure/wallet-log.table';
import { webhookTables } from './webhook/infrastructure/webhooks.table';

/** A request that finds the pool full for this long gets 503 instead of hanging. */
const CONNECTION_TIMEOUT_MS = 3_000;
/*
 * Ten seconds after any fault the service answers again (docs/decisions/0016). A vanished client leaves a transaction
 * that holds locks, for which others wait: the waits end first, then the transaction, then queries on connections that
 * have silently died.
 */
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 6_000;
/** No statement of the service takes a second at any size; one that takes this long is stuck. */
const STATEMENT_TIMEOUT_MS = 6_000;
/** The client's own limit. */
const QUERY_TIMEOUT_MS = 7_000;
/** The pool closes a connection after ten seconds without use, so the client of this one has vanished. */
const IDLE_SESSION_TIMEOUT_MS = 60_000;

/** For requests: whoever asks must not wait for longer. */
const LIMITS = {
  statement_timeout: shownDuration(STATEMENT_TIMEOUT_MS),
  lock_timeout: shownDuration(LOCK_TIMEOUT_MS),
  idle_in_transaction_session_timeout: shownDuration(IDLE_IN_TRANSACTION_TIMEOUT_MS),
  idle_session_timeout: shownDuration(IDLE_SESSION_TIMEOUT_MS),
};

interface Connection extends Pick<Session, 'role' | 'schema'> {
  readonly url: string;
  readonly poolSize: number;
  /** Whether statements take as long as they take: migrations, the archive. */
  readonly isPatient?: boolean;
}

/** The one description of the database: the service, the migrations and the tests connect through it. */
export function createDataSource({ url, poolSize, isPatient = false, role, schema }: Connection): DataSource {
  const logger = new Logger('Database');
  const session: Session = { role, schema, settings: isPatient ? {} : LIMITS };
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'lottery-service',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolErrorHandler: (error: Error) => {
      logger.warn(`an idle connection was lost: ${error.message}`);
    },
    extra: {
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      ...(isPatient ? {} : { query_timeout: QUERY_TIMEOUT_MS }),
      keepAlive: true,
      session,
      Client: timeoutClients(),
    },
    entities: [
      ...auditTables,
      verifierKeysTable,
      ...eventTables,
      ...userTables,
      ...ballotLogTables,
      ...archiveTables,
      ...drawTables,
      ...journalTables,
      lotteriesTable,
      ...webhookTables,
      ...poolTables,
      ...ledgerTables,
      ...walletLogTables,
    ],
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
  });
}

/**
 * Brings the database up to date, and the rights of the service's role with it, as the owner of the tables. Safe to
 * call from any number of processes at once: one migrates, the others wait.
 *
 * @returns the names of the migrations that ran.
 */
export async function migrate(url: string, schema?: string): Promise<string[]> {
  const dataSource = createDataSource({ url, poolSize: 2, isPatient: true, schema });
  await dataSource.initialize();
  try {
    const lock = dataSource.createQueryRunner();
    // TypeORM itself takes none.
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const ran = (await dataSource.runMigrations()).map((migration) => migration.name);
      await grantRights(
        lock,
        dataSource.migrations.map((migration) => migration.constructor.name),
      );
      return ran;
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
}

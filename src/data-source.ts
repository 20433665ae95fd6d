import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CreateSharedTables1763700000000 } from '../migrations/1763700000000-create-shared-tables';
import { CreateUsers1763700001000 } from '../migrations/1763700001000-create-users';
import { CreateBallotLogs1763700002000 } from '../migrations/1763700002000-create-ballot-logs';
import { CreateDraws1763700003000 } from '../migrations/1763700003000-create-draws';
import { CreateLotteries1763700004000 } from '../migrations/1763700004000-create-lotteries';
import { BindDrawsToBeacons1763700005000 } from '../migrations/1763700005000-bind-draws-to-beacons';
import { CreateJournal1763700006000 } from '../migrations/1763700006000-create-journal';
import { CreateOutbox1763700007000 } from '../migrations/1763700007000-create-outbox';
import { CreateInbox1763700008000 } from '../migrations/1763700008000-create-inbox';
import { CreateWebhooks1763700009000 } from '../migrations/1763700009000-create-webhooks';
import { LetDrawsCloseWhenFull1763700010000 } from '../migrations/1763700010000-let-draws-close-when-full';
import { CreatePools1763700010100 } from '../migrations/1763700010100-create-pools';
import { CreatePoolEntries1763700010200 } from '../migrations/1763700010200-create-pool-entries';
import { CreatePoolAwards1763700010300 } from '../migrations/1763700010300-create-pool-awards';
import { KeepSubtreesOf16Leaves1763700010350 } from '../migrations/1763700010350-keep-subtrees-of-16-leaves';
import { FindOldInboxMessages1763700010400 } from '../migrations/1763700010400-find-old-inbox-messages';
import { MarkWebhooksAsRemoved1763700010500 } from '../migrations/1763700010500-mark-webhooks-as-removed';
import { KeepWhatIsFinal1763700011000 } from '../migrations/1763700011000-keep-what-is-final';
import { RefuseIllegalMoves1763700011100 } from '../migrations/1763700011100-refuse-illegal-moves';
import { PartitionBallotsByMonth1763700012000 } from '../migrations/1763700012000-partition-ballots-by-month';
import { CreateBallotArchives1763700012100 } from '../migrations/1763700012100-create-ballot-archives';
import { RecordVerifierKeys1763700013000 } from '../migrations/1763700013000-record-verifier-keys';
import { LetArchivedSubtreesGo1763700013100 } from '../migrations/1763700013100-let-archived-subtrees-go';
import { grantRights } from './database-rights';
import { archiveTables } from './ballot/infrastructure/archive.table';
import { ballotLogTables } from './ballot/infrastructure/ballot-logs.table';
import { drawTables } from './draw/infrastructure/draws.table';
import { journalTables } from './draw/infrastructure/journal.table';
import { lotteriesTable } from './lottery/infrastructure/lotteries.table';
import { poolTables } from './pool/infrastructure/pools.table';
import { MIGRATION_LOCK } from './platform/database/advisory-locks';
import { sessionOptions } from './platform/database/app-role';
import { auditEntriesTable } from './platform/audit/audit-entries.table';
import { impatientClients } from './platform/database/impatient-client';
import { eventTables } from './platform/events/outbox.table';
import { verifierKeysTable } from './platform/transparency/verifier-keys.table';
import { userTables } from './user/infrastructure/users.table';
import { webhookTables } from './webhook/infrastructure/webhooks.table';

/** A request that finds the pool full for this long is answered 503 instead of hanging. */
const CONNECTION_TIMEOUT_MS = 3_000;
/*
 * Ten seconds after any fault the service answers again (docs/decisions/0016). A client that has vanished leaves a
 * transaction that holds locks, others like it wait for these: the wait ends first, then the transaction, then whoever
 * still asks on a connection that has silently died.
 */
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 6_000;
/** No statement of ours takes a second at any size; one that takes this long is stuck. */
const STATEMENT_TIMEOUT_MS = 6_000;
/** The client's own limit. */
const QUERY_TIMEOUT_MS = 7_000;
/** The pool ends a connection after ten seconds without use: this one's client has vanished. */
const IDLE_SESSION_TIMEOUT_MS = 60_000;

/** Oldest first. */
const MIGRATIONS = [
  CreateSharedTables1763700000000,
  CreateUsers1763700001000,
  CreateBallotLogs1763700002000,
  CreateDraws1763700003000,
  CreateLotteries1763700004000,
  BindDrawsToBeacons1763700005000,
  CreateJournal1763700006000,
  CreateOutbox1763700007000,
  CreateInbox1763700008000,
  CreateWebhooks1763700009000,
  LetDrawsCloseWhenFull1763700010000,
  CreatePools1763700010100,
  CreatePoolEntries1763700010200,
  CreatePoolAwards1763700010300,
  KeepSubtreesOf16Leaves1763700010350,
  FindOldInboxMessages1763700010400,
  MarkWebhooksAsRemoved1763700010500,
  KeepWhatIsFinal1763700011000,
  RefuseIllegalMoves1763700011100,
  PartitionBallotsByMonth1763700012000,
  CreateBallotArchives1763700012100,
  RecordVerifierKeys1763700013000,
  LetArchivedSubtreesGo1763700013100,
];

interface Connection {
  readonly url: string;
  readonly poolSize: number;
  /** As which to work, see `findWorkingRole`; absent: as the login. */
  readonly role?: string | undefined;
}

/** The one description of the database: the service, the migrations and the tests connect through it. */
export function createDataSource({ url, poolSize, role }: Connection): DataSource {
  const logger = new Logger('Database');
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
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      options: `${sessionOptions(role)} -c idle_session_timeout=${IDLE_SESSION_TIMEOUT_MS}`,
      keepAlive: true,
      Client: impatientClients(),
    },
    entities: [
      auditEntriesTable,
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
    ],
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
  });
}

/**
 * Brings the database up to date, and the rights of the service's role with it, as the owner of the tables. Safe to call
 * from any number of processes at once: one migrates, the others wait.
 *
 * @returns the names of the migrations that ran.
 */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = createDataSource({ url, poolSize: 2 });
  dataSource.setOptions({
    extra: { options: sessionOptions(undefined), connectionTimeoutMillis: CONNECTION_TIMEOUT_MS },
  });
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

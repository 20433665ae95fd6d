import type { QueryRunner } from 'typeorm';
import { archiveRights } from './ballot/infrastructure/archive.table';
import { ballotLogRights } from './ballot/infrastructure/ballot-logs.table';
import { drawRights } from './draw/infrastructure/draws.table';
import { journalRights } from './draw/infrastructure/journal.table';
import { lotteryRights } from './lottery/infrastructure/lotteries.table';
import { auditRights } from './platform/audit/audit-entries.table';
import { APP_ROLE, ensureAppRole } from './platform/database/app-role';
import { READ, Rights } from './platform/database/rights';
import { eventRights } from './platform/events/outbox.table';
import { verifierKeyRights } from './platform/transparency/verifier-keys.table';
import { poolRights } from './pool/infrastructure/pools.table';
import { userRights } from './user/infrastructure/users.table';
import { ledgerRights } from './wallet/infrastructure/ledger.table';
import { walletLogRights } from './wallet/infrastructure/wallet-log.table';
import { webhookRights } from './webhook/infrastructure/webhooks.table';

/** A table that is not named here is append-only. */
const RIGHTS: Rights = {
  migrations: READ,
  ...auditRights,
  ...verifierKeyRights,
  ...eventRights,
  ...userRights,
  ...ballotLogRights,
  ...archiveRights,
  ...drawRights,
  ...journalRights,
  ...lotteryRights,
  ...webhookRights,
  ...poolRights,
  ...ledgerRights,
  ...walletLogRights,
};

/** The rights that the service's role has now, in the words of `Rights`. */
export const HELD = `
  with tables as (
    select oid, relname, relacl from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and (not relispartition or relname = 'ballots_default')
  ), granted as (
    select relname, lower(privilege_type) as granted
    from tables cross join lateral aclexplode(relacl) as acl where grantee = '${APP_ROLE}'::regrole
    union all
    select relname, lower(privilege_type) || ' (' || attname || ')'
    from tables join pg_attribute on attrelid = tables.oid cross join lateral aclexplode(attacl) as acl
    where grantee = '${APP_ROLE}'::regrole
  )
  select relname as "table", array_remove(array_agg(granted order by granted), null) as rights
  from tables left join granted using (relname) group by relname order by relname`;

const OWNS = `
  select pg_has_role(relowner, 'USAGE') as owns from pg_class where oid = 'migrations'::regclass`;

interface Held {
  readonly table: string;
  readonly rights: readonly string[];
}

/**
 * Grants the service's role its rights in this database, as the owner of the tables. Changes nothing if the rights are
 * right, if a newer version of the service has migrated, if the role neither exists nor may be created, or if the login
 * is not the owner.
 */
export async function grantRights(runner: QueryRunner, knownMigrations: readonly string[]): Promise<void> {
  if (!(await ensureAppRole((sql) => runner.query(sql)))) return;
  const [{ owns }] = (await runner.query(OWNS)) as [{ owns: boolean }];
  if (!owns) return;
  const applied = (await runner.query('select name from migrations')) as { name: string }[];
  if (applied.some(({ name }) => !knownMigrations.includes(name))) return;
  const held = (await runner.query(HELD)) as Held[];
  // One transaction, so that no session ever sees a table without its rights.
  const statements = [...(await missingBasics(runner)), ...held.flatMap(corrections)];
  if (statements.length > 0) await runner.query(statements.join(';\n'));
}

function corrections({ table, rights }: Held): string[] {
  const wanted = RIGHTS[table];
  if (!wanted || [...wanted].sort().join() === [...rights].sort().join()) return [];
  return [`revoke all on ${table} from ${APP_ROLE}`, `grant ${wanted.join(', ')} on ${table} to ${APP_ROLE}`];
}

/** Tables of later migrations may be read and appended to until RIGHTS says otherwise. */
async function missingBasics(runner: QueryRunner): Promise<string[]> {
  const [found] = (await runner.query(
    `select has_schema_privilege('${APP_ROLE}', current_schema(), 'usage') as schema,
       quote_ident(current_schema()) as name,
       has_function_privilege('${APP_ROLE}', 'database_time()', 'execute') as clock,
       exists (
         select from pg_default_acl cross join lateral aclexplode(defaclacl) as acl
         where defaclrole = current_user::regrole and defaclobjtype = 'r'
           and defaclnamespace = current_schema()::regnamespace and grantee = '${APP_ROLE}'::regrole
       ) as defaults`,
  )) as [{ schema: boolean; name: string; clock: boolean; defaults: boolean }];
  const missing: string[] = [];
  if (!found.schema) missing.push(`grant usage on schema ${found.name} to ${APP_ROLE}`);
  if (!found.clock) missing.push(`grant execute on function database_time() to ${APP_ROLE}`);
  if (!found.defaults) {
    missing.push(`alter default privileges in schema ${found.name} grant select, insert on tables to ${APP_ROLE}`);
  }
  return missing;
}

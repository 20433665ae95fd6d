import type { QueryRunner } from 'typeorm';
import { APP_ROLE, ensureAppRole } from './platform/database/app-role';

const APPEND = ['select', 'insert'];

/**
 * What the service may do, table by table, as its role; a column in parentheses is all of the row that it may change.
 * Locking a row takes the right to update something of it. A table that is not named here is append-only.
 */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  audit_entries: APPEND,
  ballot_archive_blocks: ['select'],
  ballot_archive_files: ['select'],
  ballot_checkpoints: APPEND,
  ballot_idempotency_keys: APPEND,
  ballot_logs: [...APPEND, ...update('size', 'frontier', 'last_submitted_at', 'sealed_at')],
  ballot_partitions: ['select'],
  ballot_subtrees: APPEND,
  ballots: APPEND,
  ballots_default: ['select'],
  beacon_chains: APPEND,
  draw_secrets: APPEND,
  draws: [
    ...APPEND,
    ...update('seal_note', 'sealed_at', 'exclusions', 'trigger', 'seal_round', 'beacon_signature'),
    ...update('draw_note', 'drawn_at', 'winner_indexes'),
  ],
  inbox_messages: [...APPEND, 'delete'],
  journal: ['select', ...update('size', 'frontier')],
  journal_checkpoints: APPEND,
  journal_entries: APPEND,
  journal_hashes: APPEND,
  login_attempts: [...APPEND, 'update', 'delete'],
  lotteries: [...APPEND, ...update('state')],
  migrations: ['select'],
  outbox_events: [...APPEND, ...update('dispatched_at', 'published_at'), 'delete'],
  outbox_streams: [...APPEND, ...update('version'), 'delete'],
  pool_awards: APPEND,
  pool_entries: APPEND,
  pool_games: [...APPEND, ...update('size', 'payout_share_bp')],
  pool_players: APPEND,
  pools: [...APPEND, ...update('state', 'entries', 'pot_minor', 'winner_index', 'decided_at')],
  refresh_tokens: [...APPEND, ...update('used_at')],
  sessions: [...APPEND, ...update('revoked_at'), 'delete'],
  users: [...APPEND, ...update('role', 'banned_at', 'ban_reason')],
  verifier_keys: APPEND,
  webhook_deliveries: [...APPEND, 'update', 'delete'],
  webhook_secrets: [...APPEND, 'delete'],
  webhooks: [...APPEND, ...update('disabled_at', 'removed_at'), 'delete'],
};

function update(...columns: readonly string[]): string[] {
  return columns.map((column) => `update (${column})`);
}

/** The rights of the service's role, as RIGHTS writes them. Partitions are reached through their table; that of strays is watched. */
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
  select pg_has_role(relowner, 'USAGE') as owns from pg_class where oid = 'ballots'::regclass`;

interface Held {
  readonly table: string;
  readonly rights: readonly string[];
}

/**
 * Gives the service's role its rights in this database, as the owner of the tables. Changes nothing where all is as it
 * must be, where a newer version of the service has been here, where the role neither exists nor may be made, and as
 * somebody else, who may start the service once the owner has.
 */
export async function grantRights(runner: QueryRunner, knownMigrations: readonly string[]): Promise<void> {
  if (!(await ensureAppRole((sql) => runner.query(sql)))) return;
  const [{ owns }] = (await runner.query(OWNS)) as [{ owns: boolean }];
  if (!owns) return;
  const applied = (await runner.query('select name from migrations')) as { name: string }[];
  if (applied.some(({ name }) => !knownMigrations.includes(name))) return;
  const held = (await runner.query(HELD)) as Held[];
  // Together they are one transaction: nobody ever sees a table without its rights.
  const statements = [...(await missingBasics(runner)), ...held.flatMap(corrections)];
  if (statements.length > 0) await runner.query(statements.join(';\n'));
}

function corrections({ table, rights }: Held): string[] {
  const wanted = RIGHTS[table];
  if (!wanted || [...wanted].sort().join() === [...rights].sort().join()) return [];
  return [`revoke all on ${table} from ${APP_ROLE}`, `grant ${wanted.join(', ')} on ${table} to ${APP_ROLE}`];
}

/** What a later migration creates may be read and appended to until RIGHTS says otherwise. */
async function missingBasics(runner: QueryRunner): Promise<string[]> {
  const [found] = (await runner.query(
    `select has_schema_privilege('${APP_ROLE}', current_schema(), 'usage') as schema, current_schema() as name,
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

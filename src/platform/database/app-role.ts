import { escapeIdentifier } from 'pg';
import { withConnection } from './one-connection';
import { sqlState } from './sql-state';

/** A group role of the whole cluster, without log-in: in each database it has the service's rights and no others. */
export const APP_ROLE = 'lottery_app';

/** Roles belong to the cluster: services starting on other databases may grant at the same moment. */
const MAX_ATTEMPTS = 3;

const INSUFFICIENT_PRIVILEGE = '42501';
const MADE_MEANWHILE = ['42710', '23505'];
const CONFLICTS = ['23505', 'XX000'];

type Query = (sql: string) => Promise<unknown>;

/** Creates the role unless it exists. Safe to run concurrently. Returns false if this login may not create it. */
export async function ensureAppRole(query: Query): Promise<boolean> {
  const found = (await query(`select from pg_roles where rolname = '${APP_ROLE}'`)) as unknown[];
  if (found.length > 0) return true;
  try {
    await query(`create role ${APP_ROLE} nologin`);
    return true;
  } catch (error) {
    const state = sqlState(error) ?? '';
    if (MADE_MEANWHILE.includes(state)) return true;
    if (state === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  }
}

interface Standing {
  readonly login: string;
  readonly roleExists: boolean;
  /** Whether the login may become the role. */
  readonly mayEnter: boolean;
  /** Whether it could do more than the role in spite of that. */
  readonly isOwner: boolean;
}

/** By name, since only the role may use a schema of the owner. */
const STANDING = `
  select session_user as login, role.oid is not null as "roleExists",
    coalesce(pg_has_role(session_user, role.oid,
      case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end), false) as "mayEnter",
    pg_has_role(session_user, (select relowner from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relname = 'migrations' and nspname = coalesce($1, current_schema())), 'MEMBER') as "isOwner"
  from (select) as nothing left join pg_roles as role on rolname = '${APP_ROLE}'`;

interface Urls {
  /** The URL with which the service logs in. */
  readonly url: string;
  /** The URL with which the database was migrated. */
  readonly ownerUrl: string;
  /** The schema of the tables. */
  readonly schema?: string;
}

/** The role as which the service works; undefined if it has to work as its login. */
export interface WorkingRole {
  readonly role: string | undefined;
  /** What is less protected than it could be, and how to change it; for the log. */
  readonly warnings: readonly string[];
}

/**
 * Finds the role as which the service can work, in a migrated database. Makes the login a member of it if that is
 * allowed.
 */
export async function findWorkingRole({ url, ownerUrl, schema }: Urls): Promise<WorkingRole> {
  let standing = await standingOf(url, schema);
  if (standing.roleExists && !standing.mayEnter) {
    await admit(ownerUrl, standing.login);
    standing = await standingOf(url, schema);
  }
  if (!standing.mayEnter) return { role: undefined, warnings: [howToEnter(standing)] };
  return { role: APP_ROLE, warnings: standing.isOwner ? [howToSeparate(standing)] : [] };
}

/** Whether this login may become the service's role; for programs that read what the service has stored. */
export async function mayEnterRole(url: string, schema: string): Promise<boolean> {
  return (await standingOf(url, schema)).mayEnter;
}

function howToEnter({ login, roleExists }: Standing): string {
  const create = roleExists ? '' : `create role ${APP_ROLE} nologin; `;
  return (
    `The service works with all rights of ${login}: only triggers keep it from changing what is final. ` +
    `As an administrator of PostgreSQL run: ${create}grant ${APP_ROLE} to ${escapeIdentifier(login)}; then start again.`
  );
}

function howToSeparate({ login }: Standing): string {
  return (
    `The service works as ${APP_ROLE}, but its login ${login} owns the tables: a statement could leave that role. ` +
    'Give the service a login of its own in DATABASE_URL, and the owner in DATABASE_OWNER_URL (docs/operations.md).'
  );
}

function standingOf(url: string, schema: string | undefined): Promise<Standing> {
  return withConnection({ url }, async (client) => {
    const { rows } = await client.query<Standing>(STANDING, [schema]);
    return rows[0] as Standing;
  });
}

/** If the owner may not, an administrator must: the next query of the standing shows it. */
function admit(ownerUrl: string, login: string): Promise<void> {
  return withConnection({ url: ownerUrl }, async (client) => {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(`grant ${APP_ROLE} to ${escapeIdentifier(login)}`);
        return;
      } catch (error) {
        const state = sqlState(error) ?? '';
        if (state === INSUFFICIENT_PRIVILEGE) return;
        if (!CONFLICTS.includes(state) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  });
}

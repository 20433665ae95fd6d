import { Client, escapeIdentifier, escapeLiteral, QueryResult } from 'pg';

/** What one session needs beyond what all sessions of ours need. */
export interface Session {
  /** The role as which to work, see `findWorkingRole`; absent: that of the login. */
  readonly role?: string | undefined;
  /** The schema of the tables, see `examineDatabase`; absent: as the search path of the login says. */
  readonly schema?: string | undefined;
  /** Further settings, with values as PostgreSQL shows them: `{ lock_timeout: '5s' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Settings that a connection need not have: TCP keepalive does not exist on a Unix socket. */
  readonly wishes?: Readonly<Record<string, string>>;
}

const OLDEST_VERSION = 15;
const ANSWER_LIMIT_MS = 5_000;

/** What our statements and the parsing of their results rely on, whatever the server, the login or the URL sets. */
const COMMON: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8',
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
};

/** What only the administrator of the database can change, and how. */
const GIVEN: Readonly<Record<string, { readonly value: string; readonly remedy: string }>> = {
  server_encoding: {
    value: 'UTF8',
    remedy: "move to a database made with: create database ... encoding 'UTF8' template template0",
  },
  session_replication_role: {
    value: 'origin',
    remedy: 'otherwise no trigger keeps what is final; reset it for the database and the login',
  },
};

/** The database, or what stands before it, does not give what the service relies on. Says why, without secrets. */
export class UnusableDatabase extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The database cannot be used as it is:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** A duration as PostgreSQL shows it. */
export function shownDuration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds % 60_000 === 0) return `${milliseconds / 60_000}min`;
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
}

/**
 * Makes a new connection a session of ours: by statements, since a pooler drops settings in the startup message and a
 * URL can override them, and then reads back what holds.
 *
 * @throws UnusableDatabase if something does not hold.
 */
export async function settle(client: Client, session: Session): Promise<void> {
  const settings = { ...COMMON, ...session.settings, ...searchPath(session) };
  const text = [
    // A pooler may pass on what its last client had set.
    'reset role',
    'reset search_path',
    set({ ...settings, ...session.wishes }),
    // Otherwise a ballot could be acknowledged and lost.
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
    ...(session.role === undefined ? [] : [`set role ${escapeIdentifier(session.role)}`]),
    readBack([...Object.keys(settings), ...Object.keys(GIVEN)]),
  ].join(';\n');
  const query = { text, query_timeout: ANSWER_LIMIT_MS };
  const results = (await client.query(query)) as unknown as readonly QueryResult<Held>[];
  const held = results.at(-1)?.rows ?? [];
  const faults = faultsOf(new Map(held.map(({ name, value }) => [name, value])), settings, session.role);
  if (faults.length > 0) throw new UnusableDatabase(faults);
}

interface Held {
  readonly name: string;
  readonly value: string | null;
}

/** Temporary tables come last: otherwise one of the same name would hide a table. */
function searchPath({ schema }: Session): Record<string, string> {
  return schema === undefined ? {} : { search_path: `${escapeIdentifier(schema)}, pg_temp` };
}

/** An older server gets no settings that it may not know: its version is the fault. */
function set(settings: Readonly<Record<string, string>>): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, false)`,
  );
  return `select ${calls.join(', ')} where current_setting('server_version_num')::int >= ${OLDEST_VERSION}0000`;
}

function readBack(names: readonly string[]): string {
  return `
    select name, current_setting(name, true) as value from unnest(array[${names.map(escapeLiteral).join()}]) as name
    union all values ('current_user', current_user::text), ('server_version', current_setting('server_version'))`;
}

function faultsOf(
  held: ReadonlyMap<string, string | null>,
  settings: Readonly<Record<string, string>>,
  role: string | undefined,
): string[] {
  const version = held.get('server_version') ?? 'of an unknown version';
  if (!(Number.parseInt(version, 10) >= OLDEST_VERSION)) {
    return [`it is PostgreSQL ${version}; the service needs ${OLDEST_VERSION} or newer`];
  }
  const given = Object.entries(GIVEN)
    .filter(([name, { value }]) => held.get(name) !== value)
    .map(([name, { value, remedy }]) => `${name} is ${held.get(name)}, not ${value}: ${remedy}`);
  const lost = Object.entries({ ...settings, ...(role === undefined ? {} : { current_user: role }) })
    .filter(([name, value]) => held.get(name) !== value)
    .map(([name, value]) => `${name} was set to ${value}, but is ${held.get(name)}: something resets it`);
  return [...given, ...lost];
}

import type { Client } from 'pg';
import { withConnection } from './one-connection';
import { UnusableDatabase } from './session';
import { sqlState } from './sql-state';

/** A pooler that hands out its sessions in turns, or has other clients, may pass the first rounds. */
const ROUNDS = 3;
const PROTOCOL_VIOLATION = '08P01';

const POOLED =
  'each transaction may get another session: a pooler works in transaction or statement mode. The service keeps ' +
  'locks, settings and prepared statements in its sessions: use session mode, or the address of PostgreSQL itself';
const NO_SCHEMA =
  'its login has no schema for the tables: none on its search_path exists. Create one, or set the search_path of the ' +
  'login (alter role ... set search_path = ...)';

/** Where the migrations were written down; before the first one, where new tables go. */
const SCHEMA = `
  select coalesce((select nspname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where pg_class.oid = to_regclass('migrations')), current_schema()) as schema`;

/**
 * Finds the schema of the tables, as the login of the URL sees it, and checks that a connection is a session.
 *
 * @throws UnusableDatabase if not, or if the server does not have what each session needs.
 */
export async function examineDatabase(url: string): Promise<{ readonly schema: string }> {
  return withConnection({ url }, async (client) => {
    if (await withConnection({ url }, (other) => isPooled(client, other))) throw new UnusableDatabase([POOLED]);
    const { rows } = await client.query<{ schema: string | null }>(SCHEMA);
    const schema = rows[0]?.schema ?? null;
    if (schema === null) throw new UnusableDatabase([NO_SCHEMA]);
    return { schema };
  });
}

/** While one connection holds a session in a transaction, the other must still have its own. */
async function isPooled(one: Client, other: Client): Promise<boolean> {
  const own = await sessionOf(one);
  for (let round = 1; round <= ROUNDS; round++) {
    try {
      await other.query('begin');
    } catch (error) {
      if (sqlState(error) === PROTOCOL_VIOLATION) return true;
      throw error;
    }
    const others = await sessionOf(other);
    const now = await sessionOf(one);
    await other.query('rollback');
    if (now !== own || others === own) return true;
  }
  return false;
}

async function sessionOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}

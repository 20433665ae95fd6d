import type { Client } from 'pg';
import { escapeIdentifier } from 'pg';
import type { Snapshot } from '../verification/infrastructure/snapshot';

/** Parents before children. What the migrations of the target have filled is left out, or replaced (`FILLED`). */
const TABLES = `
  with recursive tables as (
    select oid, relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname <> 'migrations'
  ), depths as (
    select oid, 0 as depth from tables
    union
    select conrelid, depth + 1 from depths join pg_constraint on confrelid = depths.oid
    where contype = 'f' and conparentid = 0 and conrelid <> confrelid
  )
  select name, array(
      select attname::text from pg_attribute
      where attrelid = tables.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
    ) as columns, array(
      select format_type(atttypid, atttypmod) from pg_attribute
      where attrelid = tables.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
    ) as types
  from tables join depths using (oid) group by tables.oid, name order by max(depth), name`;

/** Their triggers refuse to empty them, so those are disabled for the transaction that does. */
const FILLED = ['audit', 'journal', 'ballot_partitions', 'wallet_currencies', 'wallet_log'];

const PARTITIONS = `
  select relname as name, pg_get_expr(relpartbound, pg_class.oid) as bound
  from pg_inherits join pg_class on pg_class.oid = inhrelid
  where inhparent = 'ballots'::regclass and relname <> 'ballots_default' order by relname`;

const SEQUENCES = `select sequencename as name from pg_sequences where schemaname = current_schema()`;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
}

/**
 * Copies the rows of all tables into a database that has been migrated and is otherwise empty, in the caller's
 * transaction; `onTable` is told how many rows a table has.
 */
export async function copyTables(
  source: Snapshot,
  target: Client,
  onTable: (name: string, rows: number) => void,
): Promise<void> {
  for (const name of FILLED) {
    await target.query(`alter table ${name} disable trigger user`);
    await target.query(`delete from ${name}`);
    await target.query(`alter table ${name} enable trigger user`);
  }
  await copyPartitions(source, target);
  for (const table of await source.values<Table>(TABLES)) onTable(table.name, await copyRows(source, target, table));
  for (const { name } of await source.query<{ name: string }>(SEQUENCES)) {
    const [state] = await source.query<{ last: string; called: string }>(
      `select last_value as last, is_called as called from ${escapeIdentifier(name)}`,
    );
    await target.query('select setval($1::regclass, $2, $3)', [escapeIdentifier(name), state?.last, state?.called]);
  }
}

/** Months of ballots, as `ensure_ballot_partition` makes them; those of the target's own months make way. */
async function copyPartitions(source: Snapshot, target: Client): Promise<void> {
  for (const { name } of (await target.query<{ name: string }>(PARTITIONS)).rows) {
    await target.query(`drop table ${escapeIdentifier(name)}`);
  }
  for (const { name, bound } of await source.query<{ name: string; bound: string }>(PARTITIONS)) {
    const table = escapeIdentifier(name);
    await target.query(`create table ${table} (like ballots including all)`);
    await target.query(`create trigger ${escapeIdentifier(`${name}_append_only`)}
      before update or delete or truncate on ${table} for each statement execute function refuse_change()`);
    await target.query(`alter table ballots attach partition ${table} ${bound}`);
  }
}

/** Every value goes as text, so that nothing is rounded or lost. */
async function copyRows(source: Snapshot, target: Client, { name, columns, types }: Table): Promise<number> {
  const list = columns.map((column) => escapeIdentifier(column)).join(', ');
  const values = columns.map((column, i) => `${escapeIdentifier(column)}::${types[i]}`).join(', ');
  const arrays = columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
  const insert = `
    insert into ${escapeIdentifier(name)} (${list}) overriding system value
    select ${values} from unnest(${arrays}) as t (${list})`;
  let count = 0;
  const rows = source.read<Record<string, string | null>>(`select ${list} from ${escapeIdentifier(name)}`);
  for await (const piece of rows) {
    await target.query(
      insert,
      columns.map((column) => piece.map((row) => row[column])),
    );
    count += piece.length;
  }
  return count;
}

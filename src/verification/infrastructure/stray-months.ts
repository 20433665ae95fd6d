import type { Stray } from './stray';

/** SQL: the first draw id of the month that begins at this instant. */
const firstDraw = (instant: string) =>
  `(lpad(to_hex((extract(epoch from ${instant}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid`;

/** SQL: the first instant of the month in a name, and of the month after it. */
const MONTH = `to_timestamp(right(name, 7), 'YYYY_MM')`;
const MONTH_AFTER = `(${MONTH} at time zone 'UTC' + interval '1 month') at time zone 'UTC'`;

/** The name says which ids are in it: those of a month, or all until the end of a month. */
const BOUNDS = `
  select name from ballot_partitions where case
    when name ~ '^ballots_\\d{4}_\\d{2}$'
      then (first_draw, end_draw) <> (${firstDraw(MONTH)}, ${firstDraw(MONTH_AFTER)})
    when name ~ '^ballots_until_\\d{4}_\\d{2}$'
      then (first_draw, end_draw) <> ('00000000-0000-0000-0000-000000000000', ${firstDraw(MONTH_AFTER)})
    else true end`;

/** Months that are in the database as tables, by their names and bounds. */
const ATTACHED = `
  select relname, pg_get_expr(relpartbound, pg_class.oid) as bounds
  from pg_class join pg_inherits on inhrelid = pg_class.oid
  where inhparent = 'ballots'::regclass and relname <> 'ballots_default'`;

/** Pools that were still open when their month was archived; their ballots stay in the database. */
const LEFT_OUT = `
  select name, unnest(left_out) as draw_id from ballot_partitions where left_out is not null`;

/** What disagrees in the list of months of ballots and in the catalogue of their archive. */
export const STRAY_MONTHS: readonly Stray[] = [
  {
    step: 'months',
    table: 'ballot_partitions',
    reason: 'first_draw and end_draw are not those of its month',
    sql: BOUNDS,
  },
  {
    step: 'months',
    table: 'ballot_partitions',
    reason: 'there is no table of this name and these bounds, and it is not archived',
    sql: `select name from ballot_partitions where archived_at is null and not exists (
      select from (${ATTACHED}) as attached where relname = name
        and bounds = format('FOR VALUES FROM (%L) TO (%L)', first_draw, end_draw))`,
  },
  {
    step: 'months',
    table: 'ballot_partitions',
    reason: 'it is missing: there is such a table',
    sql: `select relname as name from (${ATTACHED}) as attached
      where not exists (select from ballot_partitions where name = relname and archived_at is null)`,
  },
  {
    step: 'months',
    table: 'ballot_partitions',
    reason: 'it tells what is in the archive, and is not archived',
    sql: `select name from ballot_partitions where (folder is null) <> (left_out is null)
      or archived_at is null and num_nonnulls(ballots, first_ballot, last_ballot) > 0`,
  },
  {
    step: 'months',
    table: 'ballot_partitions',
    reason: 'left_out names a draw that is not of a pool of this month',
    sql: `select distinct name, draw_id from (${LEFT_OUT}) as left_out_draws join ballot_partitions using (name)
      where not exists (select from ballot_logs where ballot_logs.draw_id = left_out_draws.draw_id and closes_at is null
        and draw_id >= first_draw and draw_id < end_draw)`,
  },
  {
    step: 'months',
    table: 'ballot_partitions',
    reason: 'left_out does not name this draw, whose ballots are not archived',
    sql: `select name, draw_id from ballot_partitions join (
        select draw_id from ballot_logs where sealed_at is null union select draw_id from ballots_default
      ) as here on draw_id >= first_draw and draw_id < end_draw
      where archived_at is not null and draw_id <> all (left_out)`,
  },
  {
    step: 'months',
    table: 'ballot_archive_files',
    reason: 'no archived month has this name',
    sql: `select partition_name, kind, number from ballot_archive_files
      where partition_name not in (select name from ballot_partitions where folder is not null)`,
  },
  {
    step: 'months',
    table: 'ballot_archive_blocks',
    reason: 'there is no such file',
    sql: `select partition_name, kind, first_id, first_number from ballot_archive_blocks as block
      where not exists (select from ballot_archive_files as file where file.partition_name = block.partition_name
        and file.kind = block.kind and file.number = block.file)`,
  },
];

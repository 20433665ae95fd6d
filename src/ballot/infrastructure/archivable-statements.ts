import type { ArchiveUnit } from '../application/archivable-ballots';
import type { ArchiveKind } from '../domain/archived-row';

/** All draws were opened before the instant, and something is left to do. */
export const UNITS = `
  select name, first_draw as "firstDraw", end_draw as "endDraw", folder, archived_at as "archivedAt",
    coalesce(left_out, array(
      select draw_id from ballot_logs
      where draw_id >= first_draw and draw_id < end_draw and sealed_at is null and closes_at is null
    )) as "leftOut"
  from ballot_partitions where end_draw <= first_draw_id($1) and cleaned_at is null order by first_draw`;

export const LOGS = `
  select draw_id as "drawId", size from ballot_logs
  where draw_id >= $1 and draw_id < $2 and draw_id > $3 and draw_id <> all($5) order by draw_id limit $4`;

/**
 * The rows of each kind as text (see domain/archived-row) after a key, in key order. The names and bounds of units come
 * from the database itself.
 */
export const ROWS: Readonly<Record<ArchiveKind, (unit: ArchiveUnit) => string>> = {
  ballots: ({ name }) => `
    select concat_ws(' ', draw_id, index, id, encode(player, 'hex'),
      to_char(submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), user_id) as row
    from "${name}" where (draw_id, index) > ($1::uuid, $2::bigint) and draw_id <> all($4)
    order by draw_id, index limit $3`,
  ids: ({ name }) => `
    select concat_ws(' ', id, draw_id, index) as row
    from "${name}" where id > $1::uuid and $2::bigint is not null and draw_id <> all($4) order by id limit $3`,
  checkpoints: ({ firstDraw, endDraw }) => `
    select concat_ws(' ', draw_id, size, to_json(note)) as row from ballot_checkpoints
    where (draw_id, size) > ($1::uuid, $2::bigint) and draw_id >= '${firstDraw}' and draw_id < '${endDraw}'
      and draw_id <> all($4)
    order by draw_id, size limit $3`,
};

/** The checkpoints after a key, except the last of each log, which stays as the sealed one. */
export const FORGET_CHECKPOINTS = `
  with looked as materialized (
    select draw_id, size from ballot_checkpoints
    where (draw_id, size) > ($1::uuid, $2::bigint) and draw_id < $3 and draw_id <> all($5)
    order by draw_id, size limit $4
  ), forgotten as (
    delete from ballot_checkpoints as old using looked join ballot_logs as log using (draw_id)
    where old.draw_id = looked.draw_id and old.size = looked.size and old.size < log.size returning 1
  )
  select (select array[draw_id::text, size::text] from looked order by draw_id desc, size desc limit 1) as last,
    (select count(*) from forgotten) as forgotten`;

/** The hashes of 16 ballots each after a key: they follow from a block of the archive. Those of 256 and more stay. */
export const FORGET_SUBTREES = `
  with looked as materialized (
    select draw_id, level, index from ballot_subtrees
    where (draw_id, level, index) > ($1::uuid, $2::int, $3::bigint) and draw_id < $4 and draw_id <> all($6)
    order by draw_id, level, index limit $5
  ), forgotten as (
    delete from ballot_subtrees as old using looked
    where old.draw_id = looked.draw_id and old.level = looked.level and old.index = looked.index and old.level = 1
    returning 1
  )
  select (
    select array[draw_id::text, level::text, index::text] from looked
    order by draw_id desc, level desc, index desc limit 1
  ) as last, (select count(*) from forgotten) as forgotten`;

/** The counters of players, which nobody asks for once a draw is closed. */
export const FORGET_COUNTS = `
  with looked as materialized (
    select draw_id, user_id from ballot_counts
    where (draw_id, user_id) > ($1::uuid, $2::uuid) and draw_id < $3 and draw_id <> all($5)
    order by draw_id, user_id limit $4
  ), forgotten as (
    delete from ballot_counts as old using looked
    where old.draw_id = looked.draw_id and old.user_id = looked.user_id returning 1
  )
  select (
    select array[draw_id::text, user_id::text] from looked order by draw_id desc, user_id desc limit 1
  ) as last, (select count(*) from forgotten) as forgotten`;

/** Keys are ordered by player, so they are scanned once, some pages at a time. Keys added meanwhile are new. */
export const PAGES_OF_KEYS = `
  select pg_relation_size('ballot_idempotency_keys') / current_setting('block_size')::int + 1 as pages`;

export const FORGET_KEYS = `
  with forgotten as (
    delete from ballot_idempotency_keys
    where ctid >= $1::tid and ctid < $2::tid and draw_id >= $3 and draw_id < $4 and draw_id <> all($5) returning 1
  )
  select count(*) as forgotten from forgotten`;

/** What the archive must hold, and how many of its logs are still open. */
export const SUM = `
  select coalesce(sum(size), 0) as ballots, count(*) filter (where sealed_at is null) as open
  from ballot_logs where draw_id >= $1 and draw_id < $2 and draw_id <> all($3)`;

/** Their month is gone, so they go to the default partition. */
export const keepLeftOut = ({ name }: ArchiveUnit): string => `
  insert into ballots (draw_id, index, id, user_id, player, submitted_at)
  select draw_id, index, id, user_id, player, submitted_at from "${name}" where draw_id = any($1)`;

/** Ballots in no month that no archiver put there. */
export const STRAYS = `
  select exists (
    select from ballots_default
    where draw_id <> all(array(select unnest(left_out) from ballot_partitions where left_out is not null))
  ) as strays`;

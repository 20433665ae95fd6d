import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: ballots of one month, that of their draw's opening, are one partition, so that old months can be archived and
 * dropped as a whole. Draw ids are UUIDv7: the ids of a month are a range, and `draw_id` stays the only key there is. What
 * there is becomes one partition as it stands, up to the end of the month of its newest draw; it is read once, to prove
 * that, and not copied. `ballot_partitions` lists what there is and was; `ensure_ballot_partition` makes the next ones with
 * the rights of who owns the tables. Ids that no month has are kept in `ballots_default`.
 * Locks: ACCESS EXCLUSIVE on ballots, about a second for each gigabyte. Reversible: yes, the ballots are copied back.
 */
export class PartitionBallotsByMonth1763700012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function first_draw_id(instant timestamptz) returns uuid language sql immutable strict parallel safe as $$
        select (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
      $$`);
    await runner.query(`
      create table ballot_partitions (
        name text constraint ballot_partitions_pk primary key,
        first_draw uuid not null,
        end_draw uuid not null,
        constraint ballot_partitions_ascending check (first_draw < end_draw)
      )`);
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await runner.query(ensureBallotPartition(schema));
    await runner.query('lock table ballots in access exclusive mode');
    await runner.query('drop trigger ballots_append_only on ballots');
    await runner.query('alter table ballots rename to ballots_before');
    await runner.query('alter table ballots_before rename constraint ballots_pk to ballots_before_pk');
    await runner.query('alter index ballots_by_id rename to ballots_before_by_id');
    await runner.query('alter index ballots_by_user rename to ballots_before_by_user');
    await runner.query('create table ballots (like ballots_before including constraints) partition by range (draw_id)');
    await runner.query('alter table ballots add constraint ballots_pk primary key (draw_id, index)');
    await runner.query('create index ballots_by_id on ballots (id)');
    await runner.query('create index ballots_by_user on ballots (draw_id, user_id, index)');
    await runner.query('create table ballots_default partition of ballots default');
    await runner.query(APPEND_ONLY);
    await runner.query(ATTACH_WHAT_THERE_IS);
    await runner.query(`
      select ensure_ballot_partition((database_time() at time zone 'UTC' + make_interval(months => ahead))::date)
      from generate_series(0, 2) as ahead`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('lock table ballots in access exclusive mode');
    await runner.query('create table ballots_together (like ballots including constraints)');
    await runner.query('insert into ballots_together select * from ballots');
    await runner.query('drop table ballots');
    await runner.query('alter table ballots_together rename to ballots');
    await runner.query('alter table ballots add constraint ballots_pk primary key (draw_id, index)');
    await runner.query('create index ballots_by_id on ballots (id)');
    await runner.query('create index ballots_by_user on ballots (draw_id, user_id, index)');
    await runner.query(APPEND_ONLY);
    await runner.query('drop function ensure_ballot_partition');
    await runner.query('drop table ballot_partitions');
    await runner.query('drop function first_draw_id');
  }
}

/** As all that is final. Each month has its own as well; `ballots_default` has none, as strays must be moved by hand. */
const APPEND_ONLY = `
  create trigger ballots_append_only before update or delete or truncate on ballots
    for each statement execute function refuse_change()`;

/**
 * Attaching takes no lock that an insert would wait for, but on the default partition. A month that has been is not made
 * again, not even when its ballots are archived; nor one that is far from now, so that nobody can make thousands.
 */
const ensureBallotPartition = (schema: string) => `
  create function ensure_ballot_partition(month date) returns text language plpgsql
    security definer set search_path = ${schema}, pg_temp set lock_timeout = '1s' as $$
  declare
    today constant timestamp := database_time() at time zone 'UTC';
    begins constant timestamp := date_trunc('month', month::timestamp);
    first constant uuid := first_draw_id(begins at time zone 'UTC');
    beyond constant uuid := first_draw_id((begins + interval '1 month') at time zone 'UTC');
    made constant text := 'ballots_' || to_char(begins, 'YYYY_MM');
  begin
    if begins < today - interval '2 months' or begins > today + interval '1 year' then
      raise exception 'month % is too far from now', to_char(begins, 'YYYY-MM');
    end if;
    if exists (select from ballot_partitions where first_draw < beyond and end_draw > first) then return null; end if;
    insert into ballot_partitions (name, first_draw, end_draw) values (made, first, beyond) on conflict do nothing;
    if not found then return null; end if;
    execute format('create table %I (like ballots including all)', made);
    execute format('create trigger %I before update or delete or truncate on %I
      for each statement execute function refuse_change()', made || '_append_only', made);
    execute format('alter table ballots attach partition %I for values from (%L) to (%L)', made, first, beyond);
    return made;
  end $$`;

/** Ids of a clock that was more than a year ahead are no reason to make one partition for all that time. */
const ATTACH_WHAT_THERE_IS = `
  do $$
  declare
    today constant timestamp := database_time() at time zone 'UTC';
    credible constant uuid := first_draw_id((today + interval '1 year') at time zone 'UTC');
    newest constant uuid := (
      select draw_id from ballots_before where draw_id < credible order by draw_id desc limit 1
    );
    first constant uuid := '00000000-0000-0000-0000-000000000000';
    beyond timestamp := date_trunc('month', today) + interval '1 month';
    made text;
  begin
    with strays as (delete from ballots_before where draw_id >= credible returning *)
    insert into ballots (draw_id, index, id, user_id, player, submitted_at)
    select draw_id, index, id, user_id, player, submitted_at from strays;
    if newest is null then
      drop table ballots_before;
      return;
    end if;
    while newest >= first_draw_id(beyond at time zone 'UTC') loop
      beyond := beyond + interval '1 month';
    end loop;
    made := 'ballots_until_' || to_char(beyond - interval '1 month', 'YYYY_MM');
    insert into ballot_partitions (name, first_draw, end_draw)
    values (made, first, first_draw_id(beyond at time zone 'UTC'));
    execute format('alter table ballots_before rename to %I', made);
    execute format('alter table %I rename constraint ballots_before_pk to %I', made, made || '_pkey');
    execute format('alter index ballots_before_by_id rename to %I', made || '_id_idx');
    execute format('alter index ballots_before_by_user rename to %I', made || '_draw_id_user_id_index_idx');
    execute format('create trigger %I before update or delete or truncate on %I
      for each statement execute function refuse_change()', made || '_append_only', made);
    execute format('alter table ballots attach partition %I for values from (%L) to (%L)', made, first,
      first_draw_id(beyond at time zone 'UTC'));
  end $$`;

/** Reads whole logs. */
export const PLAYERS_OF = `
  select distinct logs.draw_id as "drawId", user_id as "userId", encode(player, 'hex') as player
  from ballot_logs as logs cross join lateral (
    select user_id, player from ballots where ballots.draw_id = logs.draw_id order by index limit logs.size
  ) as entered
  where logs.draw_id = any($1)`;

/** Reads a log with fewer ballots than users as a whole; looks each user up in a larger one. */
export const PLAYERS_AMONG = `
  with small as materialized (
    select draw_id, size from ballot_logs where draw_id = any($1) and size <= cardinality($2::uuid[])
  ), large as materialized (
    select draw_id from ballot_logs where draw_id = any($1) and size > cardinality($2::uuid[])
  )
  select distinct small.draw_id as "drawId", user_id as "userId", encode(player, 'hex') as player
  from small cross join lateral (
    select user_id, player from ballots where ballots.draw_id = small.draw_id order by index limit small.size
  ) as entered
  where user_id = any($2::uuid[])
  union all
  select large.draw_id, wanted.user_id, encode(found.player, 'hex')
  from large cross join unnest($2::uuid[]) as wanted (user_id)
  cross join lateral (
    select player from ballots
    where ballots.draw_id = large.draw_id and ballots.user_id = wanted.user_id order by index limit 1
  ) as found`;

/** Walks from user to user along the index and stops at the first other one: at most one step more than given users. */
export const WITH_BALLOTS_OF_OTHERS = `
  select wanted.draw_id as "drawId" from unnest($1::uuid[]) as wanted (draw_id)
  where exists (
    with recursive seen as (
      (select user_id from ballots where draw_id = wanted.draw_id order by user_id limit 1)
      union all
      select (
        select next.user_id from ballots as next
        where next.draw_id = wanted.draw_id and next.user_id > seen.user_id order by next.user_id limit 1
      ) from seen where seen.user_id = any($2::uuid[])
    )
    select from seen where user_id <> all($2::uuid[])
  )`;

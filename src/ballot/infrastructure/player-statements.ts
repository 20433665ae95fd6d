import { sqlArray } from '../../platform/database/statements';
import type { Holder } from '../ballot.api';

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

/** One index scan for each: ballots_by_user has all that is counted. */
export const COUNTS = `
  select counted.ballots
  from unnest($1::uuid[], $2::uuid[]) with ordinality as holders (draw_id, user_id, place)
  cross join lateral (
    select count(*) as ballots from ballots
    where ballots.draw_id = holders.draw_id and ballots.user_id = holders.user_id
  ) as counted
  order by place`;

/** Of a statement that takes draws and users. */
export function holderColumns(holders: readonly Holder[]): [drawIds: string, userIds: string] {
  return [sqlArray(holders.map(({ drawId }) => drawId)), sqlArray(holders.map(({ userId }) => userId))];
}

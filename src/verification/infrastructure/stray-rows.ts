import { Fault } from '../domain/fault';
import { STRAY_ACTS } from './stray-acts';
import { STRAY_MONEY } from './stray-money';
import { STRAY_MONTHS } from './stray-months';
import { Stray, timeIn } from './stray';

/** A statement of a draw that should be in the journal: older statements than the journal are not in it. */
const UNRECORDED = `
  with said as (
    select draws.id, kind, substring(note from E'^(.*\\n)\\n') as body
    from draws cross join lateral
    (values ('open', open_note), ('seal', seal_note), ('draw', draw_note)) as notes (kind, note)
    where note is not null and draws.id >= coalesce(
      (select substring(statement from E'\\ndraw ([0-9a-f-]{36})\\n')::uuid from journal_entries where index = 0),
      '00000000-0000-0000-0000-000000000000')
  )
  select id, kind from said where not exists (select from journal_entries where statement = body)`;

const without = (table: string, column: string, owner: string, ownerKey: string, key = column) => `
  select ${key} from ${table} where not exists (select from ${owner} where ${owner}.${ownerKey} = ${table}.${column})`;

/** Whether an archiver has taken the ballots of a draw and may not have tidied up behind itself. */
const BEING_TIDIED = `exists (select from ballot_partitions where archived_at is not null and cleaned_at is null
  and counts.draw_id >= first_draw and counts.draw_id < end_draw)`;

/** The archiver takes the counters of a month after its ballots. */
const COUNTS = `
  select counts.draw_id, counts.user_id from ballot_counts as counts
  left join ballot_logs on ballot_logs.draw_id = counts.draw_id
  where size is null or counted_to > size or not ${BEING_TIDIED} and ballots <> (
    select count(*) from ballots
    where ballots.draw_id = counts.draw_id and ballots.user_id = counts.user_id and index < counted_to
  )`;

export const STRAYS: readonly Stray[] = [
  {
    step: 'belongs',
    table: 'ballot_logs',
    reason: 'there is no such draw',
    sql: without('ballot_logs', 'draw_id', 'draws', 'id'),
  },
  {
    step: 'belongs',
    table: 'lotteries',
    reason: 'there is no such draw',
    sql: without('lotteries', 'draw_id', 'draws', 'id', 'date'),
  },
  { step: 'belongs', table: 'pools', reason: 'there is no such draw', sql: without('pools', 'id', 'draws', 'id') },
  {
    step: 'belongs',
    table: 'pool_awards',
    reason: 'there is no such pool',
    sql: without('pool_awards', 'pool_id', 'pools', 'id'),
  },
  { step: 'journal', table: 'draws', reason: 'this statement is not in the journal', sql: UNRECORDED },
  {
    step: 'journal',
    table: 'journal_entries',
    reason: 'the same statement is there twice',
    sql: 'select max(index) as index from journal_entries group by statement having count(*) > 1',
  },
  {
    step: 'belongs',
    table: 'pool_games',
    reason: 'no stake was made on this game, and no rules were made for it',
    sql: `select game_id from pool_games where not exists (select from pools where pools.game_id = pool_games.game_id)
      and not exists (select from audit_entries where action = 'pool.rules-changed' and subject = game_id::text)`,
  },
  {
    step: 'belongs',
    table: 'pool_games',
    reason: 'the rules of this game, which has pools, are missing',
    sql: without('pools', 'game_id', 'pool_games', 'game_id'),
  },
  {
    step: 'entries',
    table: 'pool_entries',
    reason: 'the inbox knows the message of a stake that made no entry',
    sql: `select message_id from inbox_messages where consumer = 'pool.stakes'
      and not exists (select from pool_entries where pool_entries.message_id = inbox_messages.message_id)`,
  },
  {
    step: 'award',
    table: 'pool_awards',
    reason: 'awarded_at is not the time that its id has',
    sql: `select id from pool_awards where ${timeIn('id')} <> extract(epoch from awarded_at) * 1000`,
  },
  {
    step: 'award',
    table: 'pool_awards',
    reason: 'awarded_at is not when its pool was drawn',
    // Before the second version of draws, an award had a time of its own.
    sql: `select pool_awards.id from pool_awards join draws on draws.id = pool_id
      where open_note like 'lottery-draw/v2/%' and awarded_at <> drawn_at`,
  },
  {
    step: 'award',
    table: 'pool_awards',
    reason: 'the event that announced it names another award',
    sql: `select pool_awards.id from pool_awards join outbox_events on aggregate_id = pool_id::text
      where type = 'pool.awarded' and payload ->> 'awardId' <> pool_awards.id::text`,
  },
  {
    step: 'counts',
    table: 'ballot_counts',
    reason: 'its user has another number of ballots in the log up to counted_to',
    sql: COUNTS,
  },
  ...STRAY_MONTHS,
  ...STRAY_ACTS,
  ...STRAY_MONEY,
];

export function strayFault({ step, table, reason }: Stray, row: Readonly<Record<string, string | null>>): Fault {
  const key = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value ?? '']));
  return new Fault(step, { table, key }, reason);
}

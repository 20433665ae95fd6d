import { Stray, timeIn } from './stray';

/** The rules of a game for which an admin has made none. */
const USUAL_SIZE = 10;
const USUAL_SHARE_BP = 9_000;
/** How much later than its ban an act may have been recorded before acts were given the time of the ban. */
const RECORDED_WITHIN_SECONDS = 10;

/** The last of these acts for each subject. */
const lastActs = (...actions: readonly string[]) => `
  select distinct on (subject) subject, action, details, at, index from audit_entries
  where action in (${actions.map((action) => `'${action}'`).join(', ')}) order by subject, audit_entries.index desc`;

const ROLES = `
  select users.id from users left join (${lastActs('user.created', 'user.role-changed')}) as last
    on last.subject = users.id::text
  where role <> coalesce(details ->> 'to', details ->> 'role', 'player')`;

const BANS = `
  select users.id from users left join (${lastActs('user.banned', 'user.unbanned')}) as last
    on last.subject = users.id::text
  where (banned_at is not null) <> coalesce(action = 'user.banned', false)
    or banned_at is not null and ban_reason is distinct from details ->> 'reason'`;

/** What was recorded before there was a log shares its checkpoint with others: so exact it was not. */
const BAN_TIMES = `
  select users.id from users join (${lastActs('user.banned', 'user.unbanned')}) as last on last.subject = users.id::text
  where banned_at <> last.at and (
    banned_at > last.at or last.at - banned_at > interval '${RECORDED_WITHIN_SECONDS} seconds'
    or exists (select from audit_checkpoints where size = last.index + 1)
      and exists (select from audit_checkpoints where size = last.index))`;

const RULES = `
  select game_id from pool_games left join (${lastActs('pool.rules-changed')}) as last on last.subject = game_id::text
  where (size::text, payout_share_bp::text)
    is distinct from (coalesce(details ->> 'size', '${USUAL_SIZE}'),
      coalesce(details ->> 'payoutShare', '${USUAL_SHARE_BP}'))`;

/** A pool keeps the rules that its game had when it was opened. */
const RULES_OF_POOLS = `
  select id from pools where (size, payout_share_bp) <> (${USUAL_SIZE}, ${USUAL_SHARE_BP})
    and (game_id::text, size::text, payout_share_bp::text) not in (
      select subject, details ->> 'size', details ->> 'payoutShare' from audit_entries
      where action = 'pool.rules-changed')`;

const RECORDED_KEYS = `
  select details ->> 'verifierKey' as key, details ->> 'knownSince' as since, index from audit_entries
  where action = 'verifier-key.recorded'`;

const KEYS = `
  select verifier_key from verifier_keys left join (${RECORDED_KEYS}) as recorded
    on key = verifier_key and recorded.index = entry
      and since = to_char(known_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      and date_trunc('milliseconds', known_since) = known_since
  where key is null`;

/** Lotteries with a different number of such acts. */
const notRecorded = (action: string, times: string) => `
  select date from lotteries join draws on draws.id = draw_id left join (
    select subject, count(*) as times from audit_entries where action = '${action}' group by subject
  ) as acts on subject = date::text
  where coalesce(times, 0) <> ${times}`;

/** What disagrees with the audit trail, which was compared with its log before. */
export const STRAY_ACTS: readonly Stray[] = [
  {
    step: 'audit',
    table: 'audit_entries',
    reason: 'at is not the time that its id has',
    sql: `select id from audit_entries where ${timeIn('id')} <> extract(epoch from at) * 1000`,
  },
  {
    step: 'audit',
    table: 'lotteries',
    reason: 'the audit trail does not tell, once, who opened it',
    sql: notRecorded('lottery.opened', '1'),
  },
  {
    step: 'audit',
    table: 'lotteries',
    reason: 'the audit trail and the seal note do not agree on whether it was closed by hand',
    sql: notRecorded('lottery.closed', `case when trigger = 'manual' then 1 else 0 end`),
  },
  {
    step: 'audit',
    table: 'audit_entries',
    reason: 'there is no such lottery',
    sql: `select id from audit_entries where action in ('lottery.opened', 'lottery.closed')
      and not exists (select from lotteries where date::text = subject)`,
  },
  { step: 'audit', table: 'users', reason: 'role is not what the audit trail tells', sql: ROLES },
  { step: 'audit', table: 'users', reason: 'banned_at or ban_reason is not what the audit trail tells', sql: BANS },
  { step: 'audit', table: 'users', reason: 'banned_at is not when the audit trail has the ban', sql: BAN_TIMES },
  { step: 'audit', table: 'pool_games', reason: 'its rules are not those that the audit trail tells', sql: RULES },
  { step: 'audit', table: 'pools', reason: 'its game never had these rules', sql: RULES_OF_POOLS },
  { step: 'audit', table: 'verifier_keys', reason: 'the audit trail does not vouch for this key', sql: KEYS },
  {
    step: 'audit',
    table: 'verifier_keys',
    reason: 'it is missing: the audit trail tells that it was recorded',
    sql: `select key as verifier_key from (${RECORDED_KEYS}) as recorded
      where not exists (select from verifier_keys where verifier_key = key)`,
  },
];

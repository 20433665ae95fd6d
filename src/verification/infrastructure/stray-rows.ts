import { Fault } from '../domain/fault';

/** A query of whole tables; each row of its result is a fault. */
interface Stray {
  readonly step: string;
  readonly table: string;
  readonly reason: string;
  /** Its columns are the row's key. */
  readonly sql: string;
}

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

/** The time in a UUIDv7 (RFC 9562 section 5.7) is the time of the act. */
const AUDIT_TIMES = `
  select id from audit_entries
  where ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint <> extract(epoch from at) * 1000`;

/** The last of these acts for each subject. */
const lastActs = (...actions: readonly string[]) => `
  select distinct on (subject) subject, action, details from audit_entries
  where action in (${actions.map((action) => `'${action}'`).join(', ')}) order by subject, id desc`;

const BANS = `
  select users.id from users left join (${lastActs('user.banned', 'user.unbanned')}) as last
    on last.subject = users.id::text
  where (banned_at is not null) <> coalesce(action = 'user.banned', false)`;

const RULES = `
  select game_id from pool_games join (${lastActs('pool.rules-changed')}) as last on last.subject = game_id::text
  where (size::text, payout_share_bp::text) is distinct from (details ->> 'size', details ->> 'payoutShare')`;

/** Lotteries with a different number of such acts. */
const notRecorded = (action: string, times: string) => `
  select date from lotteries join draws on draws.id = draw_id left join (
    select subject, count(*) as times from audit_entries where action = '${action}' group by subject
  ) as acts on subject = date::text
  where coalesce(times, 0) <> ${times}`;

const without = (table: string, column: string, owner: string, ownerKey: string, key = column) => `
  select ${key} from ${table} where not exists (select from ${owner} where ${owner}.${ownerKey} = ${table}.${column})`;

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
  { step: 'audit', table: 'audit_entries', reason: 'at is not the time that its id has', sql: AUDIT_TIMES },
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
  { step: 'audit', table: 'users', reason: 'banned_at is not what the audit trail tells', sql: BANS },
  { step: 'audit', table: 'pool_games', reason: 'its rules are not those that the audit trail tells', sql: RULES },
];

export function strayFault({ step, table, reason }: Stray, row: Readonly<Record<string, string | null>>): Fault {
  const key = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value ?? '']));
  return new Fault(step, { table, key }, reason);
}

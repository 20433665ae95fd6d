import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrate } from '../src/data-source';
import { HELD } from '../src/database-rights';
import { close, drawIdOf, openFreshLottery, submit } from './support/lottery-client';
import { addPlayers } from './support/players';
import { poolsOf, setRules, stakesOn, take } from './support/pool-client';
import { startTestApp, TestApp } from './support/test-app';
import { bet, endOf, post, richPlayers } from './wallet/ledger-stage';

const INSUFFICIENT_PRIVILEGE = '42501';
const RESTRICT_VIOLATION = '23001';

/**
 * What the service's role may do beyond looking, for every table there is. A new table is a new line here, and whoever
 * adds it decides: what is signed, staked or done must not be changed, whatever else the service does.
 */
const RIGHTS: Readonly<Record<string, string>> = {
  audit: 'update (frontier), update (size)',
  audit_checkpoints: 'insert',
  audit_entries: 'insert',
  audit_hashes: 'insert',
  ballot_archive_blocks: '',
  ballot_archive_files: '',
  ballot_checkpoints: 'insert',
  ballot_counts: 'insert, update (ballots), update (counted_to)',
  ballot_idempotency_keys: 'insert',
  ballot_logs: 'insert, update (frontier), update (last_submitted_at), update (sealed_at), update (size)',
  ballot_partitions: '',
  ballot_subtrees: 'insert',
  ballots: 'insert',
  ballots_default: '',
  beacon_chains: 'insert',
  draw_secrets: 'insert',
  draws:
    'insert, update (beacon_signature), update (draw_note), update (drawn_at), update (exclusions), update (seal_note), ' +
    'update (seal_round), update (sealed_at), update (trigger), update (winner_indexes)',
  inbox_messages: 'delete, insert',
  journal: 'update (frontier), update (size)',
  journal_checkpoints: 'insert',
  journal_entries: 'insert',
  journal_hashes: 'insert',
  known_addresses: 'delete, insert, update (last_login_at)',
  login_attempts: 'delete, insert, update',
  lotteries: 'insert, update (state)',
  migrations: '',
  outbox_events: 'delete, insert, update (dispatched_at), update (published_at)',
  outbox_streams: 'delete, insert, update (version)',
  pool_awards: 'insert',
  pool_entries: 'insert',
  pool_games: 'insert, update (payout_share_bp), update (size)',
  pool_players: 'insert',
  pools: 'insert, update (decided_at), update (entries), update (pot_minor), update (state), update (winner_index)',
  refresh_tokens: 'insert, update (used_at)',
  sessions: 'delete, insert, update (revoked_at)',
  users: 'insert, update (ban_reason), update (banned_at), update (role)',
  verifier_keys: 'insert',
  wallet_accounts:
    'insert, update (balance_minor), update (held_minor), update (last_entry_at), update (seq), update (state)',
  wallet_currencies: '',
  wallet_entries: 'insert',
  wallet_holds: 'insert, update (settled_by), update (state)',
  wallet_log: 'update (frontier), update (last_at), update (size)',
  wallet_log_checkpoints: 'insert',
  wallet_log_subtrees: 'insert',
  wallet_transfers: 'insert',
  webhook_deliveries: 'delete, insert, update',
  webhook_old_secrets: 'delete, insert',
  webhook_secrets: 'delete, insert, update (secret)',
  webhooks: 'delete, insert, update (disabled_at), update (paused_until), update (removed_at)',
};
const APPEND_ONLY = Object.keys(RIGHTS).filter((table) => RIGHTS[table] === 'insert');
/** Their triggers hold the owner back, too; of the others, rows may have to be forgotten one day. */
const FINAL = APPEND_ONLY.filter(
  (table) => !['ballot_idempotency_keys', 'pool_players', 'verifier_keys'].includes(table),
);
const LEDGER = ['wallet_accounts', 'wallet_holds', 'wallet_log'];
const MOVING = ['audit', 'lotteries', 'draws', 'ballot_logs', 'journal', 'pools', ...LEDGER];

describe("the database's rights", () => {
  let app: TestApp;
  /** As the service works, and as the owner of the tables. */
  let service: DataSource;
  let owner: DataSource;
  let drawn: string;

  beforeAll(async () => {
    app = await startTestApp();
    service = app.app.get(DataSource);
    owner = app.database.dataSource;
    const date = await openFreshLottery(app);
    for (const player of await addPlayers(app, 3)) await submit(app, date, player, player.id).expect(201);
    await close(app, date, '&early=true').expect(200);
    drawn = await drawIdOf(app, date);
    const gameId = '018f0000-0000-7000-8000-000000000001';
    await setRules(app, gameId, { size: 2, payoutShare: 9_000 });
    await take(app, stakesOn(gameId, 3));
    expect(await poolsOf(app, gameId)).toHaveLength(2);
    const [ann] = (await richPlayers(app, 1, 100n)) as [string];
    const lost = bet(ann, 1n);
    expect(await post(app, [lost], [bet(ann, 2n)], [endOf(lost, 'void')])).toEqual(['ok', 'ok', 'ok']);
  });

  afterAll(() => app.close());

  /** The SQLSTATE with which it is refused; null where it is done. What is done is undone. */
  async function refusal(dataSource: DataSource, sql: string): Promise<string | null> {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(sql);
      return null;
    } catch (error) {
      return (error as { driverError: { code: string } }).driverError.code;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  async function held(): Promise<Record<string, string>> {
    const rows = await owner.query<{ table: string; rights: string[] }[]>(HELD);
    const others = (rights: string[]) => rights.filter((right) => right !== 'select').join(', ');
    expect(rows.filter(({ rights }) => !rights.includes('select'))).toEqual([]);
    return Object.fromEntries(rows.map(({ table, rights }) => [table, others(rights)]));
  }

  it('name what the service may do to every table', async () => {
    expect(await held()).toEqual(RIGHTS);
  });

  it('are put right by the next start, unless a newer version has set them', async () => {
    await owner.query('grant update, truncate on ballots to lottery_app');
    await owner.query('revoke insert on users from lottery_app');
    await owner.query(`insert into migrations (timestamp, name) values (9, 'OfANewerVersion9')`);
    await migrate(app.database.url);
    expect(await held()).toMatchObject({
      ballots: 'insert, truncate, update',
      users: expect.not.stringMatching('insert'),
    });

    await owner.query(`delete from migrations where name = 'OfANewerVersion9'`);
    await migrate(app.database.url);
    expect(await held()).toEqual(RIGHTS);
  });

  it('let the service read and append to a table that nobody has decided on', async () => {
    await owner.query('create table undecided (id integer)');
    expect(await held()).toMatchObject({ undecided: 'insert' });
    await owner.query('drop table undecided');
  });

  it('are those of the service as it runs, on each of its connections', async () => {
    const asked = [1, 2, 3].map(() => service.query<{ name: string }[]>('select current_user as name, pg_sleep(0.05)'));
    for (const [who] of await Promise.all(asked)) expect(who).toMatchObject({ name: 'lottery_app' });
  });

  it.each(APPEND_ONLY)('keep the service from changing %s', async (table) => {
    const [column] = await owner.query<{ name: string }[]>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 1`,
      [table],
    );
    for (const sql of [
      `update ${table} set ${column?.name} = ${column?.name}`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      expect([sql, await refusal(service, sql)]).toEqual([sql, INSUFFICIENT_PRIVILEGE]);
    }
  });

  it.each(MOVING)('keep the service from deleting from %s', async (table) => {
    expect(await refusal(service, `delete from ${table}`)).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await refusal(service, `truncate ${table}`)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each([
    'create table mine (id integer)',
    'drop table ballots',
    'alter table ballots disable trigger all',
    'drop trigger ballots_append_only on ballots',
    'set session_replication_role = replica',
    `create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'`,
    `create or replace function database_time() returns timestamptz language sql as 'select now()'`,
    'update users set player_salt = player_salt',
    'update lotteries set draw_id = draw_id',
    'update pools set payout_share_bp = 0',
    'update draws set open_note = open_note',
    `insert into migrations (timestamp, name) values (1, 'Mine1')`,
  ])('keep the service from `%s`', async (sql) => {
    expect(await refusal(service, sql)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each(FINAL)('hold the owner back from changing %s', async (table) => {
    const [column] = await owner.query<{ name: string }[]>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 1`,
      [table],
    );
    for (const sql of [
      `update ${table} set ${column?.name} = ${column?.name} where false`,
      `delete from ${table} where false`,
      `truncate ${table} cascade`,
    ]) {
      // Those of old months go with their ballots.
      const isArchiving = /^delete from ballot_(checkpoints|subtrees) /.test(sql);
      expect([sql, await refusal(owner, sql)]).toEqual([sql, isArchiving ? null : RESTRICT_VIOLATION]);
    }
  });

  it.each(MOVING)('hold the owner back from deleting from %s', async (table) => {
    expect(await refusal(owner, `delete from ${table}`)).toBe(RESTRICT_VIOLATION);
    expect(await refusal(owner, `truncate ${table} cascade`)).toBe(RESTRICT_VIOLATION);
  });

  describe('which moves the tables know', () => {
    const lottery = (state: string) => `update lotteries set state = '${state}' where draw_id = '${drawn}'`;
    const draw = (change: string) => `update draws set ${change} where id = '${drawn}'`;
    const log = (change: string) => `update ballot_logs set ${change} where draw_id = '${drawn}'`;
    const open = (change: string) =>
      `update ballot_logs set ${change} where draw_id = (select draw_id from lotteries where state = 'open' limit 1)`;
    const pool = (state: string, change: string) => `update pools set ${change} where state = '${state}'`;

    const wallet = (change: string) => `update wallet_accounts set ${change} where kind = 'wallet'`;
    const hold = (state: string, change: string) => `update wallet_holds set ${change} where state = '${state}'`;

    const illegal: [what: string, sql: () => string][] = [
      ['a drawn lottery is opened again', () => lottery('open')],
      ['a drawn lottery is sealed again', () => lottery('sealed')],
      ['a drawn lottery is void', () => lottery('void')],
      ['an open lottery is drawn without a seal', () => `update lotteries set state = 'drawn' where state = 'open'`],
      [
        'a lottery gets another draw',
        () => `update lotteries set draw_id = gen_random_uuid() where draw_id = '${drawn}'`,
      ],
      ['a drawn winner changes', () => draw(`winner_indexes = '{0,1}'`)],
      ['a draw note changes', () => draw(`draw_note = draw_note || ' '`)],
      ['a result is taken back', () => draw('draw_note = null, drawn_at = null, winner_indexes = null')],
      ['a seal changes', () => draw(`seal_note = seal_note || ' '`)],
      ['exclusions change after the seal', () => draw(`exclusions = 'x'`)],
      ['an open note changes', () => draw(`open_note = open_note || ' '`)],
      ['a closing time changes', () => draw(`closes_at = closes_at + interval '1 second'`)],
      ['a sealed log grows', () => log(`size = size + 1, frontier = frontier || frontier`)],
      ['a sealed log shrinks', () => log(`size = 0, frontier = ''`)],
      ['a sealed log is opened again', () => log('sealed_at = null')],
      ['an open log shrinks', () => open(`size = -1`)],
      ['a frontier changes without growing', () => open(`frontier = '\\x00'`)],
      ['the journal shrinks', () => `update journal set size = size - 1`],
      ['the edge of the journal changes without growing', () => `update journal set frontier = '\\x00'`],
      ['a drawn pool is opened again', () => pool('drawn', `state = 'open', winner_index = null`)],
      ['a drawn pool gets another winner', () => pool('drawn', 'winner_index = 1 - winner_index')],
      ['the pot of a drawn pool changes', () => pool('drawn', 'pot_minor = pot_minor + 1')],
      ['the pot of an open pool shrinks', () => pool('open', 'pot_minor = pot_minor - 1')],
      ['the entries of an open pool shrink', () => pool('open', 'entries = entries - 1')],
      ['the rules of an open pool change', () => pool('open', 'payout_share_bp = 1')],
      ['a balance moves without an entry', () => `update wallet_accounts set balance_minor = balance_minor + 1`],
      ['an account gets another owner', () => wallet('owner_id = gen_random_uuid()')],
      ['an account has fewer entries', () => wallet('seq = 0, balance_minor = 0, held_minor = 0')],
      ['a settled hold is open again', () => hold('voided', `state = 'open', settled_by = null`)],
      ['a settled hold is settled by another', () => hold('voided', 'settled_by = gen_random_uuid()')],
      ['a hold grows', () => hold('open', 'amount_minor = amount_minor + 1')],
      ['the log of transfers shrinks', () => 'update wallet_log set size = size - 1'],
      ['the log of transfers goes back in time', () => `update wallet_log set size = 99, last_at = '1999-01-01'`],
    ];

    it.each(illegal)('refuse that %s, also to the owner', async (_, sql) => {
      expect(await refusal(owner, sql())).toBe(RESTRICT_VIOLATION);
    });

    it.each(illegal)('would let it happen that %s, without their triggers', async (_, sql) => {
      // Some are no row at all then: constraints know them as well.
      const outcome = await refusal(owner, `set local session_replication_role = replica; ${sql()}`);
      expect(['23514', null]).toContain(outcome);
    });

    it('are all that the service needs: everything above was made with them', async () => {
      const states = await owner.query<{ state: string }[]>(
        `select state from lotteries union select state from pools order by state`,
      );
      expect(states.map(({ state }) => state)).toEqual(['drawn', 'open']);
    });
  });

  it('take nothing that is known about a row of ballots when it comes in', async () => {
    const triggers = await owner.query<{ definition: string }[]>(
      `select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = 'ballots'::regclass and not tgisinternal`,
    );
    expect(triggers.map(({ definition }) => definition).join()).not.toMatch(/insert|for each row/i);
  });

  it('are no matter of who opened the connection: a client without the role has those of its login', async () => {
    const client = new Client({ connectionString: app.database.url });
    await client.connect();
    const { rows } = await client.query(`select has_table_privilege('ballots', 'delete') as may`);
    await client.end();
    expect(rows).toEqual([{ may: true }]);
  });
});

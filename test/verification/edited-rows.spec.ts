import { randomUUID } from 'node:crypto';
import { fillLottery } from '../load/support/filled-lottery';
import { OpenLottery } from '../../src/lottery/application/open-lottery';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { PoolReconciler } from '../../src/pool/infrastructure/pool-reconciler';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { Snapshot } from '../../src/verification/infrastructure/snapshot';
import { Clock } from '../../src/shared/application/clock';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import { close, drawIdOf, openFreshLottery, submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { addPlayers, adminBearer, TestPlayer } from '../support/players';
import { poolsOf, setRules, stakesOn, take } from '../support/pool-client';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { startTestApp, TestApp } from '../support/test-app';
import { verifyAll } from '../support/verify-all';

/** Subtrees of 16 and of 256. */
const BALLOTS = 300;
const DAYS = 20;
const POOLS = 3;

describe('verify:all', () => {
  let database: TestDatabase;
  let beacon: BeaconEnvironment;
  let plain: TestApp;
  let bound: TestApp;
  let key: string;
  const gameId = randomUUID();
  /** What the statements below are about. */
  const names: Record<string, string> = {};

  beforeAll(async () => {
    beacon = await startBeacon();
    database = await createTestDatabase();
    plain = await startTestApp({}, database);
    bound = await startTestApp(beacon.config, database);
    key = (await plain.request().get('/verifier-key')).text.trim();
    await playLotteries();
    await playPools();
  }, 120_000);

  afterAll(async () => {
    await database.drop();
    await beacon.stop();
  });

  /** One of each kind: drawn with exclusions and many ballots, void, drawn with a beacon, and waiting for one. */
  async function playLotteries(): Promise<void> {
    const players = await addPlayers(plain, 6);
    const date = await openFreshLottery(plain);
    for (const player of players) await submit(plain, date, player, `key ${player.id}`).expect(201);
    names['drawn'] = await drawIdOf(plain, date);
    names['date'] = date;
    names['player'] = players[1]!.id;
    names['other'] = players[2]!.id;
    await ban(players[5]!);
    await close(plain, date, '&early=true').expect(200);

    await fillLottery(
      plain.app,
      '2091-01-01',
      BALLOTS,
      players.slice(0, 5).map(({ id }) => id),
    );
    names['large'] = await drawIdOf(plain, '2091-01-01');
    const open = plain.app.get(OpenLottery, { strict: false });
    for (let day = 1; day <= DAYS; day++) {
      await open.openUnlessThere(LotteryDate.of(new Date(Date.UTC(2092, 0, day))), 'service');
    }
    names['empty'] = await openFreshLottery(plain);
    await close(plain, names['empty'], '&early=true').expect(200);

    const byClock = await openFreshLottery(bound);
    await submit(bound, byClock, players[0]!).expect(201);
    names['beacon'] = await drawIdOf(bound, byClock);
    const waiting = await openFreshLottery(bound);
    await submit(bound, waiting, players[0]!).expect(201);
    await close(bound, waiting, '&early=true').expect(200);
    names['waiting'] = await drawIdOf(bound, waiting);
    for (const secondsLater of [1, 70]) {
      await database.setClock(new Date(Date.parse(`${byClock}T24:00:00Z`) + 1_000 * secondsLater));
      await bound.app.get(Clock).synchronise();
      await bound.app.get(Reconciler, { strict: false }).tick();
    }
  }

  async function playPools(): Promise<void> {
    await database.setClockOffset(0);
    for (const app of [plain, bound]) await app.app.get(Clock).synchronise();
    await setRules(plain, gameId, { size: 2, payoutShare: 9_000 });
    await take(plain, stakesOn(gameId, 2 * POOLS + 1));
    const ofBeacon = randomUUID();
    await take(bound, stakesOn(ofBeacon, 10));
    await database.setClockOffset(120_000);
    await bound.app.get(Clock).synchronise();
    await bound.app.get(PoolReconciler, { strict: false }).tick();
    names['pool'] = (await poolsOf(plain, gameId))[0]!.id;
    names['sealed pool'] = (await poolsOf(plain, ofBeacon))[0]!.id;
  }

  async function ban({ id }: TestPlayer): Promise<void> {
    const bearer = await adminBearer(plain);
    await plain.request().post(`/users/${id}/ban`).set('authorization', bearer).send({}).expect(204);
  }

  const verify = () => verifyAll({ url: database.url, key, chain: JSON.parse(beacon.chain.infoJson) as object });

  const asTexts = (key: Readonly<Record<string, string | number>>) =>
    Object.fromEntries(Object.entries(key).map(([column, value]) => [column, fill(String(value))]));

  /** `{drawn}` and the like are filled in. */
  const fill = (sql: string) => sql.replaceAll(/\{([a-z ]+)\}/g, (_, name: string) => names[name] as string);

  it('finds nothing wrong with what the service stores', async () => {
    const { fault, tally } = await verify();
    expect(fault).toBeNull();
    expect(tally.counts).toMatchObject({
      lotteries: expect.any(Number),
      pools: POOLS + 1 + 2,
      ballots: 6 + BALLOTS + 2 + 2 * POOLS + 1 + 10,
      entries: 2 * POOLS + 1 + 10,
      keys: 6,
      subtrees: 19,
    });
  });

  it('sees one moment of a database that is written to, and would not without its snapshot', async () => {
    const player = (await addPlayers(plain, 1))[0]!;
    const query = Snapshot.prototype.query;
    /** Somebody submits while the cursors are being opened. */
    const whileBusy = async (level: string) => {
      let declared = 0;
      jest.spyOn(Snapshot.prototype, 'query').mockImplementation(async function (this: Snapshot, sql, parameters) {
        if (sql.startsWith('declare') && ++declared === 3) await submit(plain, '2091-01-01', player).expect(201);
        return query.call(this, sql.replace('repeatable read', level), parameters);
      });
      return verify().finally(() => jest.restoreAllMocks());
    };
    expect((await whileBusy('repeatable read')).fault).toBeNull();
    expect((await whileBusy('read committed')).fault).not.toBeNull();
    expect((await verify()).fault).toBeNull();
  });

  it('has no more need of the service', async () => {
    // Its reconcilers would stumble over what is done to the rows.
    for (const app of [bound, plain]) await app.close();
  });

  /** [what was done, to which table, the step that finds it, the row that is named (part of it)] */
  const edits: [sql: string, table: string, step: string, named?: Record<string, string | number>][] = [
    [
      `update ballots set player = decode(repeat('ab', 16), 'hex') where draw_id = '{drawn}' and index = 1`,
      'ballots',
      'root',
      { index: 1 },
    ],
    [
      `update ballots set id = gen_random_uuid() where draw_id = '{drawn}' and index = 2`,
      'ballots',
      'root',
      { index: 2 },
    ],
    [
      `update ballots set id = gen_random_uuid() where draw_id = '{large}' and index = 299`,
      'ballots',
      'root',
      { index: '0 to 299' },
    ],
    [
      `update ballots set submitted_at = submitted_at + interval '1 second' where draw_id = '{drawn}' and index = 5`,
      'ballots',
      'root',
      { index: 5 },
    ],
    [
      `update ballots set submitted_at = submitted_at - interval '1 day' where draw_id = '{drawn}' and index = 3`,
      'ballots',
      'ballots',
      { index: 3 },
    ],
    [
      `update ballots set submitted_at = submitted_at + interval '1 microsecond' where draw_id = '{drawn}' and index = 0`,
      'ballots',
      'ballots',
      { index: 0 },
    ],
    [
      `update ballots set user_id = '{other}' where draw_id = '{drawn}' and user_id = '{player}'`,
      'ballots',
      'player',
      { index: 1 },
    ],
    [
      `update ballots set user_id = gen_random_uuid() where draw_id = '{large}' and index = 7`,
      'ballots',
      'player',
      { index: 7 },
    ],
    [`update ballots set index = 6 where draw_id = '{drawn}' and index = 4`, 'ballots', 'ballots', { index: 4 }],
    [
      `update ballots set draw_id = '00000000-0000-7000-8000-000000000000' where draw_id = '{drawn}' and index = 5`,
      'ballots',
      'belongs',
      { index: 5 },
    ],
    [`delete from ballots where draw_id = '{drawn}' and index = 5`, 'ballots', 'ballots', { index: 5 }],
    [`delete from ballots where draw_id = '{drawn}' and index = 0`, 'ballots', 'ballots', { index: 0 }],
    [
      `insert into ballots select draw_id, 6, id, user_id, player, submitted_at from ballots where draw_id = '{drawn}' and index = 5`,
      'ballot_checkpoints',
      'checkpoints',
      { size: 7 },
    ],

    [`update ballot_logs set size = 7 where draw_id = '{drawn}'`, 'ballot_logs', 'log'],
    [`update ballot_logs set frontier = frontier || '\\x00' where draw_id = '{drawn}'`, 'ballot_logs', 'log'],
    [`update ballot_logs set last_submitted_at = null where draw_id = '{drawn}'`, 'ballot_logs', 'log'],
    [`update ballot_logs set sealed_at = null where draw_id = '{drawn}'`, 'ballot_logs', 'log'],
    [`update ballot_logs set closes_at = closes_at + interval '1 day' where draw_id = '{large}'`, 'ballot_logs', 'log'],
    [`delete from ballot_logs where draw_id = '{drawn}'`, 'ballot_logs', 'log'],
    [`insert into ballot_logs (draw_id, size, frontier) values (gen_random_uuid(), 0, '')`, 'ballot_logs', 'belongs'],

    [
      `update ballot_subtrees set hash = decode(repeat('00', 32), 'hex') where level = 1 and index = 3`,
      'ballot_subtrees',
      'subtrees',
      { level: 1, index: 3 },
    ],
    [`update ballot_subtrees set index = 1 where level = 2`, 'ballot_subtrees', 'subtrees', { level: 2, index: 0 }],
    [`delete from ballot_subtrees where level = 2`, 'ballot_subtrees', 'subtrees', { level: 2, index: 0 }],
    [
      `insert into ballot_subtrees select draw_id, 3, index, hash from ballot_subtrees where level = 2`,
      'ballot_subtrees',
      'subtrees',
      { level: 3 },
    ],

    [
      `update ballot_checkpoints set note = replace(note, 'lottery', 'lotterx') where draw_id = '{drawn}' and size = 4`,
      'ballot_checkpoints',
      'checkpoints',
      { size: '4' },
    ],
    [
      `update ballot_checkpoints set note = overlay(note placing 'AAAA' from length(note) - 12) where draw_id = '{drawn}' and size = 4`,
      'ballot_checkpoints',
      'checkpoints',
      { size: '4' },
    ],
    [
      `update ballot_checkpoints set note = (select note from ballot_checkpoints where draw_id = '{drawn}' and size = 3) where draw_id = '{drawn}' and size = 4`,
      'ballot_checkpoints',
      'checkpoints',
      { size: '4' },
    ],
    [
      `update ballot_checkpoints set size = 9 where draw_id = '{drawn}' and size = 6`,
      'ballot_checkpoints',
      'checkpoints',
      { size: '9' },
    ],
    [
      `delete from ballot_checkpoints where draw_id = '{drawn}' and size = 6`,
      'ballot_checkpoints',
      'checkpoints',
      { size: 6 },
    ],
    [
      `delete from ballot_checkpoints where draw_id = '{drawn}' and size = 0`,
      'ballot_checkpoints',
      'checkpoints',
      { size: 0 },
    ],

    [`update draws set name = 'daily 2000-01-01' where id = '{drawn}'`, 'draws', 'open'],
    [`update draws set opens_at = opens_at - interval '1 second' where id = '{drawn}'`, 'draws', 'open'],
    [`update draws set closes_at = closes_at + interval '1 second' where id = '{drawn}'`, 'draws', 'open'],
    [`update draws set full_size = 3 where id = '{pool}'`, 'draws', 'open'],
    [`update draws set winners = 2 where id = '{drawn}'`, 'draws', 'open'],
    [`update draws set open_round = open_round + 1 where id = '{beacon}'`, 'draws', 'open'],
    [`update draws set open_note = replace(open_note, 'winners 1', 'winners 2') where id = '{drawn}'`, 'draws', 'open'],
    [`update draws set seal_note = replace(seal_note, 'size 6', 'size 5') where id = '{drawn}'`, 'draws', 'seal'],
    [`update draws set sealed_at = sealed_at + interval '1 second' where id = '{drawn}'`, 'draws', 'seal'],
    [`update draws set trigger = 'schedule' where id = '{drawn}'`, 'draws', 'seal'],
    [`update draws set exclusions = '' where id = '{drawn}'`, 'draws', 'seal'],
    [`update draws set seal_round = seal_round + 1 where id = '{waiting}'`, 'draws', 'seal'],
    [
      `update draws set draw_note = replace(draw_note, 'assurance C', 'assurance A') where id = '{drawn}'`,
      'draws',
      'draw',
    ],
    [`update draws set winner_indexes = '{5}' where id = '{drawn}'`, 'draws', 'draw'],
    [`update draws set drawn_at = drawn_at + interval '1 second' where id = '{drawn}'`, 'draws', 'draw'],
    [`update draws set beacon_signature = set_byte(beacon_signature, 5, 1) where id = '{beacon}'`, 'draws', 'draw'],
    [
      `update draws set draw_note = null, drawn_at = null, winner_indexes = null where id = '{drawn}'`,
      'lotteries',
      'lottery',
      { date: '{date}' },
    ],

    [
      `update draw_secrets set secret = set_byte(secret, 0, 1 # get_byte(secret, 0)) where draw_id = '{drawn}'`,
      'draw_secrets',
      'commitment',
    ],
    [`delete from draw_secrets where draw_id = '{waiting}'`, 'draw_secrets', 'commitment'],
    [`update beacon_chains set period_seconds = period_seconds + 1`, 'beacon_chains', 'chain'],
    [
      `update beacon_chains set public_key = set_byte(public_key, 9, 255 - get_byte(public_key, 9))`,
      'beacon_chains',
      'chain',
    ],

    [`update lotteries set state = 'sealed' where draw_id = '{drawn}'`, 'lotteries', 'lottery'],
    [`update lotteries set state = 'drawn' where date = '{empty}'`, 'lotteries', 'lottery', { date: '{empty}' }],
    [
      `update lotteries set date = '1999-12-31' where draw_id = '{drawn}'`,
      'lotteries',
      'lottery',
      { date: '1999-12-31' },
    ],
    [
      `insert into lotteries values ('1999-12-31', gen_random_uuid(), 'open')`,
      'lotteries',
      'belongs',
      { date: '1999-12-31' },
    ],

    [`update pools set state = 'void', winner_index = null where id = '{pool}'`, 'pools', 'pool', { id: '{pool}' }],
    [`update pools set pot_minor = pot_minor + 1 where id = '{pool}'`, 'pools', 'pot', { id: '{pool}' }],
    [`update pools set game_id = gen_random_uuid() where id = '{pool}'`, 'pools', 'pool', { id: '{pool}' }],
    [`update pools set winner_index = 1 - winner_index where id = '{pool}'`, 'pools', 'pool', { id: '{pool}' }],
    [`update pools set payout_share_bp = 8999 where id = '{pool}'`, 'pool_awards', 'award'],
    [
      `update pools set decided_at = decided_at + interval '3 seconds' where id = '{sealed pool}'`,
      'pools',
      'pool',
      { id: '{sealed pool}' },
    ],
    [
      `update pools set entries = 0 where state = 'open' and game_id = (select game_id from pools where id = '{pool}')`,
      'pools',
      'pool',
    ],
    [
      `update pool_entries set stake_minor = stake_minor + 1 where pool_id = '{pool}' and index = 1`,
      'pool_entries',
      'pot',
      { pool_id: '{pool}' },
    ],
    [
      `delete from pool_entries where pool_id = '{pool}' and index = 1`,
      'pool_entries',
      'entries',
      { pool_id: '{pool}', index: 1 },
    ],
    [`insert into pool_entries values ('{drawn}', 0, 1, 'forged')`, 'pool_entries', 'entries', { pool_id: '{drawn}' }],
    [`update pool_players set salt = decode(repeat('cd', 32), 'hex')`, 'ballots', 'player', { index: '0' }],
    [`update pool_awards set win_sum_minor = 0 where pool_id = '{pool}'`, 'pool_awards', 'award'],
    [`update pool_awards set player_id = gen_random_uuid() where pool_id = '{pool}'`, 'pool_awards', 'award'],
    [`delete from pool_awards where pool_id = '{pool}'`, 'pools', 'award', { id: '{pool}' }],
    [`update pool_games set size = 5 where payout_share_bp = 9000 and size = 2`, 'pool_games', 'audit'],

    [`update journal set size = size + 1`, 'journal', 'journal'],
    [`update journal set frontier = set_byte(frontier, 3, 255 - get_byte(frontier, 3))`, 'journal', 'journal'],
    [
      `update journal_entries set statement = statement || 'x' where index = 7`,
      'journal_entries',
      'journal',
      { index: '7' },
    ],
    [
      `update journal_entries set statement = (select statement from journal_entries where index = 3) where index = 4`,
      'journal_entries',
      'journal',
      { index: '4' },
    ],
    [`delete from journal_entries where index = 9`, 'journal_entries', 'journal', { index: 9 }],
    [
      `delete from journal_entries where index = (select max(index) from journal_entries)`,
      'journal_entries',
      'journal',
    ],
    [
      `update journal_hashes set hash = decode(repeat('00', 32), 'hex') where level = 0 and index = 11`,
      'journal_hashes',
      'journal',
      { level: 0, index: '11' },
    ],
    [
      `update journal_hashes set hash = decode(repeat('00', 32), 'hex') where level = 1`,
      'journal_hashes',
      'journal',
      { level: 1, index: 0 },
    ],
    [`delete from journal_hashes where level = 1`, 'journal_hashes', 'journal', { level: 1, index: 0 }],
    [
      `update journal_checkpoints set note = replace(note, 'journal', 'journax') where size = 2`,
      'journal_checkpoints',
      'journal',
      { size: '2' },
    ],
    [
      `delete from journal_checkpoints where size = (select max(size) from journal_checkpoints)`,
      'journal_checkpoints',
      'journal',
    ],

    [
      `update ballot_idempotency_keys set ballot_id = gen_random_uuid() where user_id = '{player}'`,
      'ballot_idempotency_keys',
      'keys',
      { user_id: '{player}' },
    ],
    [
      `update ballot_idempotency_keys set user_id = gen_random_uuid() where user_id = '{player}'`,
      'ballot_idempotency_keys',
      'keys',
    ],
    [
      `update users set player_salt = decode(repeat('ef', 32), 'hex') where id = '{player}'`,
      'ballots',
      'player',
      { index: '1' },
    ],
    [`update users set banned_at = null, ban_reason = null where banned_at is not null`, 'users', 'audit'],
    [
      `update audit_entries set at = at + interval '1 second' where action = 'lottery.closed'`,
      'audit_entries',
      'audit',
    ],
    [
      `update audit_entries set subject = '1999-12-31' where action = 'lottery.opened' and subject = '{date}'`,
      'lotteries',
      'audit',
      { date: '{date}' },
    ],
    [
      `delete from audit_entries where action = 'lottery.closed' and subject = '{date}'`,
      'lotteries',
      'audit',
      { date: '{date}' },
    ],
  ];

  it.each(edits)('finds `%s`', async (sql, named, step, key = {}) => {
    const table = /^(?:update|delete from|insert into) (\w+)/.exec(sql)?.[1] ?? '';
    await meddle(database.dataSource, `create table saved as table ${table}`);
    try {
      await meddle(database.dataSource, fill(sql));
      const { fault } = await verify();
      const found = { step: fault?.step, table: fault?.row.table, key: asTexts(fault?.row.key ?? {}) };
      expect(found).toEqual({ step, table: named, key: expect.objectContaining(asTexts(key)) });
      expect(fault?.reason).toMatch(/\w/);
    } finally {
      await meddle(
        database.dataSource,
        `delete from ${table}; insert into ${table} select * from saved; drop table saved`,
      );
    }
  });

  it('names the draw, and reads nothing behind the first fault', async () => {
    await meddle(database.dataSource, 'create table saved as table ballot_logs');
    await meddle(database.dataSource, fill(`update ballot_logs set sealed_at = null where draw_id = '{drawn}'`));
    const { fault, tally } = await verify();
    await meddle(
      database.dataSource,
      'delete from ballot_logs; insert into ballot_logs select * from saved; drop table saved',
    );
    expect(fault?.subject).toBe(fill('lottery {date} (draw {drawn})'));
    expect(tally.counts.pools).toBe(0);
  });

  it('checks the days that are asked for', async () => {
    const range = (from: string | null, to: string | null) =>
      verifyAll({ url: database.url, key, range: { from, to } });
    const { fault, tally } = await range(names['date'] as string, names['date'] as string);
    expect([fault, tally.counts.lotteries, tally.counts.ballots]).toEqual([null, 1, 6]);
    const none = await range('1990-01-01', '1990-12-31');
    expect([none.fault, none.tally.counts.draws]).toEqual([null, 0]);
    expect(none.tally.counts.journalEntries).toBeGreaterThan(16);
  });

  it('believes no other key, and no chain that it was not told of', async () => {
    const [name, , point] = key.split('+');
    const stranger = `${name}+00000000+${point}`;
    expect((await verifyAll({ url: database.url, key: stranger })).fault).toMatchObject({
      step: 'open',
      row: { table: 'draws' },
    });
    expect((await verifyAll({ url: database.url, key })).fault).toMatchObject({
      step: 'chain',
      row: { table: 'beacon_chains' },
    });
  });

  // Nothing is put back: it is the last.
  it('finds the statements that a journal has lost that was set back as a whole', async () => {
    const [kept] = await database.dataSource.query<{ size: string }[]>(
      'select size from journal_checkpoints order by size desc offset 1 limit 1',
    );
    const size = Number(kept?.size);
    const entries = await database.dataSource.query<{ statement: string }[]>(
      'select statement from journal_entries where index < $1 order by index',
      [size],
    );
    const { frontier } = Frontier.empty.append(entries.map(({ statement }) => leafHash(statement)));
    await meddle(database.dataSource, `delete from journal_entries where index >= ${size}`);
    await meddle(database.dataSource, `delete from journal_hashes where (index + 1) * 16 ^ level > ${size}`);
    await meddle(database.dataSource, `delete from journal_checkpoints where size > ${size}`);
    await meddle(database.dataSource, 'update journal set size = $1, frontier = $2', [size, frontier.toBytes()]);
    expect((await verify()).fault).toMatchObject({ step: 'journal', row: { table: 'draws' }, subject: null });
  });
});

// First, because what is loaded below asks for it.
import { remembering } from '../support/remembering';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import { Snapshot } from '../../src/verification/infrastructure/snapshot';
import { submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { addPlayers } from '../support/players';
import type { TestApp } from '../support/test-app';
import type { TestDatabase } from '../support/test-database';
import { verifyAll } from '../support/verify-all';
import { BALLOTS, playDatabase, PlayedDatabase, POOLS } from './played-database';
import { ROW_EDITS } from './row-edits';

// Signatures take most of the time, and most of them are the same in each run.
jest.mock('../../verifier/core/signed-note.mjs', () =>
  remembering(jest.requireActual<{ openNote: unknown }>('../../verifier/core/signed-note.mjs'), 'openNote'),
);
jest.mock('../../verifier/core/beacon.mjs', () =>
  remembering(
    jest.requireActual<{ checkBeaconSignature: unknown }>('../../verifier/core/beacon.mjs'),
    'checkBeaconSignature',
  ),
);

describe('verify:all', () => {
  let played: PlayedDatabase;
  let database: TestDatabase;
  let plain: TestApp;
  let key: string;

  beforeAll(async () => {
    played = await playDatabase();
    ({ database, plain, key } = played);
  }, 120_000);

  afterAll(async () => {
    await database.drop();
    await played.beacon.stop();
  });

  const verify = () => verifyAll({ url: database.url, key, chain: JSON.parse(played.beacon.chain.infoJson) as object });

  const asTexts = (key: Readonly<Record<string, string | number>>) =>
    Object.fromEntries(Object.entries(key).map(([column, value]) => [column, fill(String(value))]));

  /** `{drawn}` and the like are filled in. */
  const fill = (sql: string) => sql.replaceAll(/\{([a-z ]+)\}/g, (_, name: string) => played.names[name] as string);

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
    for (const app of [played.bound, plain]) await app.close();
  });

  it.each(ROW_EDITS)('finds `%s`', async (sql, named, step, key = {}) => {
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
    const { fault, tally } = await range(played.names['date'] as string, played.names['date'] as string);
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

// First, because what is loaded below asks for it.
import { remembering } from '../support/remembering';
import { Client, DatabaseError } from 'pg';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';
import type { Tally } from '../../src/verification/application/tally';
import type { Fault } from '../../src/verification/domain/fault';
import { NOT_CHECKED } from '../../src/verification/domain/not-checked';
import { Snapshot } from '../../src/verification/infrastructure/snapshot';
import { submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { addPlayers } from '../support/players';
import type { TestApp } from '../support/test-app';
import type { TestDatabase } from '../support/test-database';
import { rounds, spread } from '../support/rounds';
import { verifyAll, verifyWithin } from '../support/verify-all';
import { editsOf, everyColumn } from './column-edits';
import { BALLOTS, POOLS } from './played-database';
import { ROW_EDITS } from './row-edits';
import { OLD, StockedDatabase, stockDatabase } from './stocked-database';

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

/** So many rows are edited, each in many ways. */
const ROWS = 4;
/** Columns in which no edit alone gets by the constraints, with the rows that there are. */
const REFUSED = [
  ...['audit.single', 'journal.single', 'outbox_events.position', 'pool_awards.status', 'wallet_log.single'],
  ...['ballot_archive_files.kind', 'pools.state', 'webhook_deliveries.status'],
];

/** Whether it is said that a change of this column may go unnoticed. */
const isNamed = (table: string, column: string): boolean =>
  NOT_CHECKED.some(({ columns }) => columns[table] === '*' || columns[table]?.includes(column));

describe('verify:all', () => {
  let played: StockedDatabase;
  let database: TestDatabase;
  let plain: TestApp;
  let key: string;

  beforeAll(async () => {
    played = await stockDatabase();
    ({ database, plain, key } = played);
  }, 120_000);

  afterAll(async () => {
    await database.drop();
    await played.beacon.stop();
  });

  const means = () => ({
    url: database.url,
    key,
    chain: JSON.parse(played.beacon.chain.infoJson) as object,
    archiveDir: played.archiveDir,
  });
  const verify = () => verifyAll(means());

  const asTexts = (key: Readonly<Record<string, string | number>>) =>
    Object.fromEntries(Object.entries(key).map(([column, value]) => [column, fill(String(value))]));

  /** `{drawn}` and the like are filled in. */
  const fill = (sql: string) => sql.replaceAll(/\{([a-z ]+)\}/g, (_, name: string) => played.names[name] as string);

  it('finds nothing wrong with what the service stores', async () => {
    const { fault, tally } = await verify();
    expect(fault).toBeNull();
    expect(tally.counts).toMatchObject({
      lotteries: expect.any(Number),
      pools: POOLS + 1 + 2 + OLD.pools,
      ballots: 6 + BALLOTS + 2 + 2 * POOLS + 1 + 10 + OLD.ballots,
      entries: 2 * POOLS + 1 + 10 + OLD.entries,
      keys: 6,
      subtrees: 20,
      walletEntries: 37,
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

  describe('in a transaction', () => {
    let client: Client;

    beforeAll(async () => {
      client = await clientOf(database.url);
      await client.query('begin isolation level repeatable read');
    });

    afterAll(() => client.end());

    /** What verify:all finds after an edit, which is taken back. */
    const after = async (edit: string): Promise<{ fault: Fault | null; tally: Tally }> => {
      await client.query('savepoint before');
      try {
        await client.query('set local session_replication_role = replica');
        const { rowCount } = await client.query(edit);
        if (rowCount === 0) throw new Error(`nothing was done by ${edit}`);
        await client.query('set local session_replication_role = origin');
        return await verifyWithin(client, means());
      } finally {
        await client.query('rollback to savepoint before');
      }
    };

    it.each(ROW_EDITS)('finds `%s`', async (sql, named, step, key = {}) => {
      const { fault } = await after(fill(sql));
      const found = { step: fault?.step, table: fault?.row.table, key: asTexts(fault?.row.key ?? {}) };
      expect(found).toEqual({ step, table: named, key: expect.objectContaining(asTexts(key)) });
      expect(fault?.reason).toMatch(/\w/);
    });

    it('names the draw, and reads nothing behind the first fault', async () => {
      const { fault, tally } = await after(fill(`update ballot_logs set sealed_at = null where draw_id = '{drawn}'`));
      expect(fault?.subject).toBe(fill('lottery {date} (draw {drawn})'));
      expect(tally.counts.pools).toBeLessThanOrEqual(OLD.pools);
    });

    it('finds what is done to any column, or says that it cannot', async () => {
      const columns = await everyColumn(client);
      const [missed, untried]: [string[], string[]] = [[], []];
      for (const column of spread(columns, rounds({ few: 30, all: columns.length }))) {
        let tried = 0;
        for (const edit of (await editsOf(client, column, ROWS)).flat()) {
          if (tried === rounds({ few: 1, all: Infinity })) break;
          const outcome = await after(edit).catch(refusalOf);
          if (outcome === null) continue;
          tried++;
          if (outcome.fault === null) missed.push(`${column.table}.${column.name}: ${edit}`);
        }
        if (tried === 0) untried.push(`${column.table}.${column.name}`);
      }
      const unsaid = missed.filter((one) => !isNamed(...(one.split(/[.:]/, 2) as [string, string])));
      expect(unsaid).toEqual([]);
      expect(untried.filter((column) => !REFUSED.includes(column))).toEqual([]);
    }, 900_000);

    it('says that it cannot check columns that there are', async () => {
      const columns = await everyColumn(client);
      const has = (table: string, name?: string) =>
        columns.some((column) => column.table === table && (name === undefined || column.name === name));
      const named = NOT_CHECKED.flatMap(({ columns: byTable }) => Object.entries(byTable));
      expect(named.filter(([table, names]) => names === '*' && !has(table))).toEqual([]);
      const wrong = named.flatMap(([table, names]) => (names === '*' ? [] : names.filter((name) => !has(table, name))));
      expect(wrong).toEqual([]);
    });
  });

  it('checks the days that are asked for', async () => {
    const range = (from: string | null, to: string | null) => verifyAll({ ...means(), range: { from, to } });
    const { fault, tally } = await range(played.names['date'] as string, played.names['date'] as string);
    expect([fault, tally.counts.lotteries, tally.counts.ballots]).toEqual([null, 1, 6]);
    const none = await range('1990-01-01', '1990-12-31');
    expect([none.fault, none.tally.counts.draws]).toEqual([null, 0]);
    expect(none.tally.counts.journalEntries).toBeGreaterThan(16);
  });

  it('believes no other key, and no chain that it was not told of', async () => {
    const [name, , point] = key.split('+');
    const stranger = `${name}+00000000+${point}`;
    expect((await verifyAll({ ...means(), key: stranger })).fault).toMatchObject({
      step: 'open',
      row: { table: 'draws' },
    });
    expect((await verifyAll({ url: database.url, key, archiveDir: played.archiveDir })).fault).toMatchObject({
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

async function clientOf(url: string): Promise<Client> {
  const asText = { getTypeParser: () => (text: string) => text };
  const options = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c bytea_output=hex';
  const client = new Client({ connectionString: url, types: asText, options });
  await client.connect();
  return client;
}

/** Null for an edit that the database refuses; a file that is not there ends verify:all with code 2, and is named. */
function refusalOf(error: Error): null {
  const isRefused = error instanceof DatabaseError || /^nothing was done|^ENOENT: .*-archive-/.test(error.message);
  if (!isRefused) throw error;
  return null;
}

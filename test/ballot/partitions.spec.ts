import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { LogAppending, LogOpening } from '../../src/ballot/ballot.api';
import { migrate } from '../../src/data-source';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { submit } from '../support/lottery-client';
import { setClock } from '../support/old-month';
import { addPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

const drawOf = (instant: string): string => v7({ msecs: Date.parse(instant) });

describe('the months of ballots', () => {
  let app: TestApp;

  beforeAll(async () => {
    const database = await createTestDatabase();
    await database.setClock(new Date('2030-03-31T23:00:00Z'));
    app = await startTestApp({}, database);
  });

  afterAll(async () => {
    await app.close();
    await app.database.drop();
  });

  const partitionsOf = async (drawIds: readonly string[]): Promise<string[]> => {
    const rows = await app.database.dataSource.query<{ name: string }[]>(
      `select distinct on (draw_id) tableoid::regclass::text as name from ballots where draw_id = any($1) order by draw_id`,
      [drawIds],
    );
    return rows.map(({ name }) => name);
  };

  /** One statement for all draws. */
  const enter = (drawIds: readonly string[]): Promise<unknown> => {
    const [work, opening, appending] = [UnitOfWork, LogOpening, LogAppending].map((port) =>
      app.app.get<never>(port as never, { strict: false }),
    ) as unknown as [UnitOfWork, LogOpening, LogAppending];
    return work.run(async () => {
      await opening.open(drawIds.map((drawId) => ({ drawId, opensAt: new Date(0), closesAt: null })));
      const entrants = () => Array.from({ length: 3 }, () => ({ userId: randomUUID(), salt: Buffer.alloc(32) }));
      return appending.append(new Map(drawIds.map((drawId) => [drawId, entrants()])));
    });
  };

  const names = async (): Promise<string[]> => {
    const rows = await app.database.dataSource.query<{ name: string }[]>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'ballots'::regclass order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('are there ahead: this one and the next two', async () => {
    expect(await names()).toEqual(expect.arrayContaining(['ballots_2030_03', 'ballots_2030_04', 'ballots_2030_05']));
    await setClock(app, '2030-04-01T00:00:01Z');
    expect(await names()).toContain('ballots_2030_06');
  });

  it('are there when the service starts, before the first draw of a month is opened', async () => {
    const database = await createTestDatabase();
    await database.setClock(new Date('2031-07-31T23:59:00Z'));
    const other = await startTestApp({}, database);
    try {
      await submit(other, 'today', await addPlayer(other)).expect(201);
      const rows = await database.dataSource.query('select distinct tableoid::regclass::text as name from ballots');
      expect(rows).toEqual([{ name: 'ballots_2031_07' }]);
    } finally {
      await other.close();
      await database.drop();
    }
  });

  it('take the ballots of their draws, of several months in one statement, to the millisecond', async () => {
    const draws = ['2030-03-31T23:59:59.999Z', '2030-04-01T00:00:00.000Z', '2030-05-31T23:59:59.999Z'].map(drawOf);
    await enter(draws);
    expect(await partitionsOf(draws)).toEqual(['ballots_2030_03', 'ballots_2030_04', 'ballots_2030_05']);
  });

  it('leave to ballots_default what is of a clock gone wrong or of no clock at all, and do not lose it', async () => {
    const draws = [drawOf('2029-01-01T00:00:00Z'), drawOf('2044-01-01T00:00:00Z'), randomUUID()];
    await enter(draws);
    expect(new Set(await partitionsOf(draws))).toEqual(new Set(['ballots_default']));
    const [row] = await app.database.dataSource.query<[{ count: string }]>(
      'select count(*) from ballots where draw_id = any($1)',
      [draws],
    );
    expect(Number(row.count)).toBe(9);
  });

  it('are made once by any number of replicas, and not far from now', async () => {
    const make = (month: string) => app.database.dataSource.query('select ensure_ballot_partition($1)', [month]);
    const made = await Promise.all(Array.from({ length: 6 }, () => make('2030-11-15')));
    const made2 = made as { ensure_ballot_partition: string | null }[][];
    expect(made2.flatMap(([row]) => row?.ensure_ballot_partition ?? [])).toEqual(['ballots_2030_11']);
    await expect(make('2044-01-01')).rejects.toThrow('too far from now');
    await expect(make('2029-12-31')).rejects.toThrow('too far from now');
  });

  it('are not made where their ballots lie in ballots_default already: that fails, and those stay readable', async () => {
    const draw = drawOf('2030-12-24T00:00:00Z');
    await enter([draw]);
    await expect(app.database.dataSource.query(`select ensure_ballot_partition('2030-12-01')`)).rejects.toThrow(
      /default partition/,
    );
    expect(await names()).not.toContain('ballots_2030_12');
    expect(await partitionsOf([draw])).toEqual(['ballots_default']);
  });

  it('are found without reading whole tables, by draw and by id', async () => {
    const { dataSource } = app.database;
    const plans = await Promise.all(
      [
        `select * from ballots where draw_id = '${drawOf('2030-04-01T00:00:00Z')}' and index = 1`,
        `select * from ballots where id = '${v7()}'`,
      ].map((sql) => dataSource.query<{ 'QUERY PLAN': string }[]>(`explain ${sql}`)),
    );
    const [byDraw = '', byId = ''] = plans.map((rows) => rows.map((row) => row['QUERY PLAN']).join('\n'));
    // The planner knows the one partition.
    expect(byDraw.match(/on ballots_\w+/g)).toEqual(['on ballots_2030_04']);
    expect(byId).not.toContain('Seq Scan');
  });
});

describe('ballots of before there were months', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase(null);
    await migrate(database.url);
    await goBack();
  });

  /** To before the partitions. */
  const goBack = async (): Promise<void> => {
    const { dataSource } = database;
    for (let name = ''; name !== 'PartitionBallotsByMonth1763700012000';) {
      [{ name }] = await dataSource.query<[{ name: string }]>('select name from migrations order by id desc limit 1');
      await dataSource.undoLastMigration();
    }
  };

  afterEach(() => database.drop());

  const insert = (draws: readonly string[]): Promise<unknown> =>
    database.dataSource.query(
      `insert into ballots select draw, index, gen_random_uuid(), gen_random_uuid(), decode(repeat('00', 16), 'hex'), now()
       from unnest($1::uuid[]) as draw cross join generate_series(0, 9) as index`,
      [draws],
    );

  const content = (): Promise<unknown> => database.dataSource.query('select * from ballots order by draw_id, index');

  it('become one partition as they are, and go back', async () => {
    const now = Date.now();
    await insert([now - 90 * 86_400_000, now - 1_000, now].map((msecs) => v7({ msecs })));
    const before = await content();
    const size = async (): Promise<string> => {
      const [row] = await database.dataSource.query<[{ file: string }]>(
        `select relfilenode as file from pg_class where relname like 'ballots%' and relkind = 'r' and reltuples <> 0
         and relname not like '%default' order by pg_relation_size(oid) desc limit 1`,
      );
      return row.file;
    };
    const file = await size();
    await migrate(database.url);
    expect(await content()).toEqual(before);
    // Not copied.
    expect(await size()).toBe(file);
    const rows = await database.dataSource.query<{ name: string; ballots: string }[]>(
      'select tableoid::regclass::text as name, count(*) as ballots from ballots group by 1',
    );
    expect(rows).toEqual([{ name: expect.stringMatching(/^ballots_until_\d{4}_\d\d$/) as string, ballots: '30' }]);
    // Open draws go on in it, later months in their own.
    await insert([v7()]);
    await goBack();
    expect(await content()).toHaveLength(40);
    const kinds = await database.dataSource.query(`select relkind from pg_class where relname = 'ballots'`);
    expect(kinds).toEqual([{ relkind: 'r' }]);
  });

  it('are kept in ballots_default where their draw claims the far future', async () => {
    await insert([v7({ msecs: Date.now() + 500 * 86_400_000 }), v7()]);
    const before = await content();
    await migrate(database.url);
    expect(await content()).toEqual(before);
    expect(await database.dataSource.query('select count(*)::int as strays from ballots_default')).toEqual([
      { strays: 10 },
    ]);
  });

  it('do not go back where some are archived', async () => {
    await migrate(database.url);
    await database.dataSource.query(
      `update ballot_partitions set folder = 'x', left_out = '{}', ballots = 0, archived_at = now() where name = (select min(name) from ballot_partitions)`,
    );
    await expect(goBack()).rejects.toThrow('nobody finds them');
  });
});

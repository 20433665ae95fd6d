import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATIONS } from '../migrations/migrations';
import { schemaDrift } from '../scripts/schema-drift';
import { createDataSource, migrate } from '../src/data-source';
import { Ballot, playerOf } from '../src/ballot/domain/ballot';
import { Frontier, leafHash } from '../src/shared/domain/merkle-tree';
import { createTestDatabase, TestDatabase } from './support/test-database';

describe('the list of migrations', () => {
  it('has every file of the folder, oldest first', async () => {
    const files = (await readdir(join(__dirname, '../migrations'))).filter((file) => /^\d+-/.test(file)).sort();
    const timestamps = MIGRATIONS.map(({ name }) => /\d+$/.exec(name)?.[0]);
    expect(timestamps).toEqual(files.map((file) => /^\d+/.exec(file)?.[0]));
  });
});

describe('the migrations', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase(null);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  it('build from nothing what the schemas describe', async () => {
    const ran = await migrate(database.url);
    expect(ran).toHaveLength(database.dataSource.migrations.length);
    expect(await schemaDrift(database.url)).toEqual([]);
  });

  it('are missed by the comparison when one of them is left out', async () => {
    await migrate(database.url);
    await downTo('CreatePoolAwards1763700010300');
    expect(await schemaDrift(database.url)).not.toEqual([]);
  });

  it('go down to nothing and up again', async () => {
    await migrate(database.url);
    const built = await objects();
    for (let count = database.dataSource.migrations.length; count > 0; count--) {
      await database.dataSource.undoLastMigration();
    }
    expect(await objects()).toEqual(['table migrations']);

    await migrate(database.url);
    expect(await objects()).toEqual(built);
  });

  it('do not go down where that would change what was promised in public', async () => {
    await migrate(database.url);
    await database.dataSource.query('update wallet_log set size = 1');
    await expect(downTo('CreateLedger1764500090000')).rejects.toThrow('what people own cannot be dropped');
    await database.dataSource.query('update wallet_log set size = 0');
    await database.dataSource.query('update journal set size = 1');
    await expect(downTo('CreateJournal1763700006000')).rejects.toThrow('strangers hold checkpoints of it');
    await database.dataSource.query('update journal set size = 0');
    await downTo('CreateJournal1763700006000');
    await database.dataSource.query(
      `insert into beacon_chains values ('\\x${'01'.repeat(32)}', '\\x${'02'.repeat(96)}', 0, 3, 'x')`,
    );
    await database.dataSource.query(
      `insert into draws (id, name, opens_at, closes_at, winners, open_note, beacon_chain, open_round)
       select gen_random_uuid(), 'bound', now(), now(), 1, 'note', hash, 7 from beacon_chains`,
    );
    await expect(downTo('BindDrawsToBeacons1763700005000')).rejects.toThrow('bound to a beacon');
  });

  it('compute the subtrees of logs that were there before they were kept by sixteen', async () => {
    await migrate(database.url);
    const { dataSource } = database;
    const drawId = randomUUID();
    const ballots = Array.from({ length: 4_100 }, (_, i) => {
      const submittedAt = new Date(Date.UTC(2026, 0, 1) + 7_919 * i);
      return new Ballot(drawId, i, randomUUID(), randomUUID(), playerOf(Buffer.alloc(32, i), drawId), submittedAt);
    });
    const { completed } = Frontier.empty.append(ballots.map(({ line }) => leafHash(line)));
    await dataSource.query(
      `insert into ballots (draw_id, index, id, user_id, player, submitted_at)
       select $1, index, id, user_id, decode(player, 'hex'), at
       from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[]) as t (index, id, user_id, player, at)`,
      [
        drawId,
        ...(['index', 'id', 'userId', 'player', 'submittedAt'] as const).map((key) => ballots.map((one) => one[key])),
      ],
    );
    const leaves = ballots.slice(0, 40).map(({ line }) => leafHash(line));
    await dataSource.query(
      `insert into journal_hashes (level, index, hash)
       select 0, place - 1, decode(hash, 'hex') from unnest($1::text[]) with ordinality as t (hash, place)`,
      [leaves.map((hash) => hash.toString('hex'))],
    );
    await downTo('KeepSubtreesOf16Leaves1763700010350');
    await migrate(database.url);

    const stored = async (table: string) => {
      const rows = await dataSource.query<{ level: number; index: string; hash: Buffer }[]>(
        `select level, index, hash from ${table} where level > 0 order by level, index`,
      );
      return rows.map(({ index, ...row }) => ({ ...row, index: Number(index) }));
    };
    const inOrder = completed.toSorted((a, b) => a.level - b.level || a.index - b.index);
    expect(await stored('ballot_subtrees')).toEqual(inOrder);
    expect(await stored('journal_hashes')).toEqual(Frontier.empty.append(leaves).completed);

    await downTo('KeepSubtreesOf16Leaves1763700010350');
    const by256 = inOrder.filter(({ level }) => level === 2).map((one) => ({ ...one, level: 1 }));
    expect(await stored('ballot_subtrees')).toEqual(by256);
  });

  const downTo = async (name: string) => {
    while ((await applied()) !== name) await database.dataSource.undoLastMigration();
    await database.dataSource.undoLastMigration();
  };

  const applied = async () => {
    const [row] = await database.dataSource.query<{ name: string }[]>(
      'select name from migrations order by id desc limit 1',
    );
    return row?.name;
  };

  it('run once when several processes start at the same time', async () => {
    const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));
    expect(ran.flat()).toHaveLength(database.dataSource.migrations.length);
  });

  it('fail in that race without the lock: the test above does race', async () => {
    jest.spyOn(console, 'log').mockImplementation();
    const unlocked = async () => {
      const dataSource = await createDataSource({ url: database.url, poolSize: 2 }).initialize();
      return dataSource.runMigrations().finally(() => dataSource.destroy());
    };
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(unlocked));
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
  });

  async function objects(): Promise<string[]> {
    const rows = await database.dataSource.query<{ name: string }[]>(`
      select 'table ' || table_name as name from information_schema.tables where table_schema = 'public'
      union all
      select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
        from information_schema.columns where table_schema = 'public' and table_name <> 'migrations'
      union all
      select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations'
      union all
      select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and conrelid <> 'migrations'::regclass
      union all
      select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all
      select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
      order by 1`);
    return rows.map(({ name }) => name);
  }
});

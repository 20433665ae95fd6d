import { schemaDrift } from '../scripts/schema-drift';
import { createDataSource, migrate } from '../src/data-source';
import { createTestDatabase, TestDatabase } from './support/test-database';

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
    await database.dataSource.undoLastMigration();
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
    const downTo = async (name: string) => {
      while ((await applied()) !== name) await database.dataSource.undoLastMigration();
      await database.dataSource.undoLastMigration();
    };
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

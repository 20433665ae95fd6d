import { execFile } from 'node:child_process';
import { stockDatabase, StockedDatabase } from '../verification/stocked-database';
import { buildService } from '../support/service-process';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { verifyAll } from '../support/verify-all';

interface Run {
  readonly code: number;
  readonly output: string;
}

/** Everything that a database can hold, from one to another. */
describe('npm run export', () => {
  let played: StockedDatabase;
  let target: TestDatabase;

  beforeAll(async () => {
    await buildService();
    played = await stockDatabase();
    target = await createTestDatabase(null);
  }, 120_000);

  afterAll(async () => {
    await target.drop();
    await played.beacon.stop();
    await played.database.drop();
  });

  const run = (...args: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], DATABASE_URL: played.database.url };
      execFile(process.execPath, ['dist/src/programs/export.js', ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
      });
    });

  /** What each table holds, in any order. */
  async function contents({ dataSource }: TestDatabase): Promise<Record<string, string>> {
    const tables = await dataSource.query<{ name: string }[]>(`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
    const held: Record<string, string> = {};
    for (const { name } of tables.filter(({ name: table }) => table !== 'migrations')) {
      const [row] = await dataSource.query<[{ digest: string }]>(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as digest from ${name} as t`,
      );
      held[name] = row.digest;
    }
    return held;
  }

  it.each([
    ['nothing', [], '--to must be a postgres:// URL'],
    ['a malformed URL', ['--to', 'postgres://u:s3cr/et@h/d'], '--to must be a postgres:// URL'],
    ['an unknown option', ['--from', 'x'], "'--from'"],
  ])('refuses %s', async (_, args, says) => {
    const { code, output } = await run(...args);
    expect([code, output]).toEqual([2, expect.stringContaining(says)]);
    expect(output).not.toContain('s3cr');
  });

  it('refuses to go while the service runs', async () => {
    expect(await run('--to', target.url)).toMatchObject({
      code: 2,
      output: expect.stringContaining('stop the service'),
    });
    for (const app of [played.plain, played.bound]) await app.close();
    await played.database.dataSource.destroy();
  });

  it('refuses a database that holds something', async () => {
    const held = await createTestDatabase();
    expect(await run('--to', held.url)).toMatchObject({ code: 2, output: expect.stringContaining('not empty') });
    await held.drop();
  });

  it('takes everything along, and verify:all holds there', async () => {
    const { code, output } = await run('--to', target.url);
    expect([code, output]).toEqual([0, expect.stringContaining('npm run verify:all')]);
    await played.database.dataSource.initialize();
    expect(await contents(target)).toEqual(await contents(played.database));
    const { fault } = await verifyAll({
      ...{ url: target.url, key: played.key, archiveDir: played.archiveDir },
      chain: JSON.parse(played.beacon.chain.infoJson) as object,
    });
    expect(fault).toBeNull();
  });
});

import { Pool } from 'pg';
import { timeoutClients } from '../../../src/platform/database/timeout-client';
import { prepared } from '../../../src/platform/database/statements';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

describe('a prepared statement', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.url, max: 1, Client: timeoutClients() });
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('is parsed once by each connection, and others are parsed each time', async () => {
    const [often, seldom] = [prepared('select $1::int as often'), 'select $1::int as seldom'];
    for (const n of [1, 2, 3]) {
      expect((await pool.query(often, [n])).rows).toEqual([{ often: n }]);
      expect((await pool.query(seldom, [n])).rows).toEqual([{ seldom: n }]);
    }
    const { rows } = await pool.query(
      'select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements',
    );
    expect(rows).toEqual([{ statement: often, runs: 3 }]);
  });

  it('has one name however often it is marked, and no other has it', async () => {
    const [one, same, other] = [prepared('select 1 as n'), prepared('select 1 as n'), prepared('select 2 as n')];
    const answers = [one, same, other, one].map(async (text) => (await pool.query<{ n: number }>(text)).rows[0]?.n);
    expect(await Promise.all(answers)).toEqual([1, 1, 2, 1]);
  });
});

// First, because what is loaded below asks for it.
import { remembering } from '../support/remembering';
import { Client } from 'pg';
import { appendFileSync } from 'node:fs';
import { verifyWithin } from '../support/verify-all';
import { Column, editsOf, everyColumn } from './edits';
import { StockedDatabase, stockDatabase } from './stocked-database';

jest.mock('../../verifier/core/signed-note.mjs', () =>
  remembering(jest.requireActual<{ openNote: unknown }>('../../verifier/core/signed-note.mjs'), 'openNote'),
);
jest.mock('../../verifier/core/beacon.mjs', () =>
  remembering(
    jest.requireActual<{ checkBeaconSignature: unknown }>('../../verifier/core/beacon.mjs'),
    'checkBeaconSignature',
  ),
);
jest.setTimeout(900_000);

describe('walk', () => {
  let stocked: StockedDatabase;
  let client: Client;

  beforeAll(async () => {
    stocked = await stockDatabase();
    for (const app of [stocked.bound, stocked.plain]) await app.close();
    client = new Client({
      connectionString: stocked.database.url,
      types: { getTypeParser: () => (text: string) => text },
      options: '-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex',
    });
    await client.connect();
    await client.query('begin isolation level repeatable read');
  });
  afterAll(async () => {
    await client.end();
    await stocked.database.drop();
    await stocked.beacon.stop();
  });

  const means = () => ({
    url: stocked.database.url,
    key: stocked.key,
    chain: JSON.parse(stocked.beacon.chain.infoJson) as object,
    archiveDir: stocked.archiveDir,
  });

  it('walks', async () => {
    const t0 = Date.now();
    const first = await verifyWithin(client, means());
    console.log(first.fault, first.tally.counts, Date.now() - t0);
    const columns: Column[] = await everyColumn(client);
    const out: string[] = [];
    for (const column of columns) {
      const rows = await editsOf(client, column, Number(process.env['ROWS'] ?? 2));
      if (rows.length === 0) out.push(`${column.table}.${column.name}: NO ROWS`);
      for (const edits of rows)
        for (const { where, value } of edits) {
          await client.query('savepoint before');
          try {
            await client.query('set local session_replication_role = replica');
            const done = await client.query(
              `update "${column.table}" set "${column.name}" = ${value} where ${where} and "${column.name}" is distinct from (${value})`,
            );
            if (done.rowCount !== 1) {
              out.push(`${column.table}.${column.name} ${value}: NOTHING DONE`);
              continue;
            }
            const { fault } = await verifyWithin(client, means());
            out.push(
              `${column.table}.${column.name} [${value}]: ${fault ? `found ${fault.step} ${fault.row.table} ${JSON.stringify(fault.row.key)} ${fault.reason}` : 'MISSED'}`,
            );
          } catch (error) {
            out.push(`${column.table}.${column.name} ${value}: REFUSED ${(error as Error).message}`);
          } finally {
            await client.query('rollback to savepoint before');
          }
        }
    }
    appendFileSync('/tmp/walk.txt', out.join('\n') + `\n${Date.now() - t0} ms\n`);
  });
});

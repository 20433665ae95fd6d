import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pooler } from '../support/pooler';
import { buildService } from '../support/service-process';
import { createTestDatabase, TestDatabase } from '../support/test-database';

const CONFIGURATION_REFUSED = 78;

interface Ended {
  readonly code: number | string | null | undefined;
  readonly output: string;
}

let folder: string;

function start(environment: Record<string, string>): Promise<Ended> {
  const env = { PATH: process.env['PATH'], PORT: '0', ORIGIN: 'lottery.test', DATA_DIR: folder, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/src/main.js'], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ code: error?.code, output: stdout + stderr });
    });
  });
}

describe('a start with a database that cannot be used', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    await buildService();
    folder = await mkdtemp(join(tmpdir(), 'refused-start-'));
    database = await createTestDatabase();
  }, 120_000);

  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('is refused with a name and a reason, without a password', async () => {
    const { code, output } = await start({ DATABASE_URL: 'postgres://u:s3cr/et@h/d' });
    expect(code).toBe(CONFIGURATION_REFUSED);
    expect(output).toMatch(/ {2}- DATABASE_URL must be a postgres:\/\/ URL/);
    expect(output).not.toMatch(/s3cr|\n +at /);
  });

  it.each(['PORT', 'METRICS_PORT'])('is refused where %s is taken, before anything is made', async (setting) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const data = join(folder, 'untouched');
    const { code, output } = await start({
      HOST: '127.0.0.1',
      METRICS_HOST: '127.0.0.1',
      [setting]: String(port),
      DATA_DIR: data,
    });
    expect([code, output]).toEqual([1, expect.stringContaining(`: ${setting} ${port} cannot be used`)]);
    expect(output).not.toMatch(/\n +at /);
    expect(existsSync(data)).toBe(false);
    other.close();
  });

  it('is refused in a database of another encoding, without a stack', async () => {
    const name = `encoding_${randomBytes(6).toString('hex')}`;
    await database.dataSource.query(`create database ${name} encoding LATIN1 template template0 locale 'C'`);
    const { code, output } = await start({ DATABASE_URL: database.url.replace(/[^/]+$/, name) });
    expect([code, output]).toEqual([CONFIGURATION_REFUSED, expect.stringContaining('server_encoding is LATIN1')]);
    expect(output).not.toMatch(/\n +at /);
    await database.dataSource.query(`drop database ${name} with (force)`);
  });

  it('is refused behind a pooler in transaction mode', async () => {
    const pooler = await Pooler.start('transaction', database.url);
    const { code, output } = await start({ DATABASE_URL: pooler.url });
    expect([code, output]).toEqual([CONFIGURATION_REFUSED, expect.stringContaining('use session mode')]);
    await pooler.stop();
  });
});

import { execFile } from 'node:child_process';
import { close, openFreshLottery, submit } from '../support/lottery-client';
import { meddle } from '../support/meddle';
import { addPlayers } from '../support/players';
import { buildService } from '../support/service-process';
import { startTestApp, TestApp } from '../support/test-app';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('npm run verify:all', () => {
  let app: TestApp;
  let date: string;

  beforeAll(async () => {
    await buildService();
    app = await startTestApp();
    date = await openFreshLottery(app);
    for (const player of await addPlayers(app, 3)) await submit(app, date, player).expect(201);
    await close(app, date, '&early=true').expect(200);
  }, 120_000);

  afterAll(() => app.close());

  const run = (args: readonly string[], environment: Record<string, string> = {}): Promise<Run> =>
    new Promise((resolve) => {
      const { DATABASE_URL, SIGNING_KEY, ORIGIN } = app.config;
      const env = { PATH: process.env['PATH'], DATABASE_URL, SIGNING_KEY, ORIGIN, ...environment };
      execFile(process.execPath, ['dist/src/programs/verify-all.js', ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      });
    });

  it('counts what holds, says what it cannot know, and ends with 0', async () => {
    const { code, stdout, stderr } = await run([]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ +3 {2}ballots$/m);
    expect(stdout).toMatch(/^ +[\d,]+ {2}rows in \d+\.\d s, [\d,]+ rows\/s$/m);
    expect(stdout).toMatch(/^NOT CHECKED users\.username, .*who people are/m);
    expect(stdout.trimEnd()).toMatch(/CHECKED everything else holds\.$/);
  });

  it('takes a verifier key in place of the secret one, and several', async () => {
    const key = (await app.request().get('/verifier-key')).text.trim();
    const other = 'other+6d5e1f0a+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh';
    expect(await run(['--key', key, '--key', other], { SIGNING_KEY: '' })).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints one JSON object', async () => {
    const { code, stdout } = await run(['--json', '--from', date, '--to', date]);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect([code, report]).toMatchObject([
      0,
      { valid: true, fault: null, checked: { lotteries: 1, ballots: 3, draws: 1 }, rowsPerSecond: expect.any(Number) },
    ]);
  });

  it('names what the migrations do not make, and ends with 1', async () => {
    await app.database.dataSource.query('alter table pool_entries disable trigger pool_entries_append_only');
    const { code, stdout } = await run([]);
    await app.database.dataSource.query('alter table pool_entries enable trigger pool_entries_append_only');
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n {2}step {4}schema\n {2}row {5}pool_entries: trigger pool_entries_append_only\n/);
  });

  it('names the first fault, and ends with 1', async () => {
    const { dataSource } = app.database;
    await meddle(dataSource, 'update ballots set id = gen_random_uuid() where index = 1');
    const { code, stdout } = await run([]);
    expect(code).toBe(1);
    expect(stdout).toContain(`\nFAILED lottery ${date} (draw `);
    expect(stdout).toMatch(
      /\n {2}step {4}root\n {2}row {5}ballots: draw_id [0-9a-f-]{36}, index 1\n {2}reason {2}the signed/,
    );
    const { stdout: json } = await run(['--json']);
    expect(JSON.parse(json)).toMatchObject({
      valid: false,
      fault: { subject: expect.stringContaining(date), step: 'root', table: 'ballots', key: { index: 1 } },
    });
  });

  it.each([
    ['a day that is none', ['--from', '2026-02-30x'], {}, 'is no day'],
    ['an option that there is not', ['--everything'], {}, '--everything'],
    ['a key that is none', ['--key', 'x'], {}, 'not a verifier key'],
    ['a chain that cannot be read', ['--chain', '/nowhere'], {}, '/nowhere'],
    ['no key', [], { SIGNING_KEY: '', DATA_DIR: '/nowhere' }, 'no key is known'],
    ['a database that is not there', [], { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' }, 'ECONNREFUSED'],
  ])('ends with 2 for %s', async (_, args, environment, message) => {
    const { code, stdout, stderr } = await run(args, environment);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help'], { DATABASE_URL: 'nonsense' });
    expect([code, stdout]).toEqual([0, expect.stringContaining('Exit codes: 0  everything')]);
  });
});

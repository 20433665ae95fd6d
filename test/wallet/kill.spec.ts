import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { rounds, spread } from '../support/rounds';
import { buildService } from '../support/service-process';
import { startTestApp, TestApp } from '../support/test-app';
import { balance, faultsOf, gift, post, richPlayers } from './ledger-stage';

const CHILD = join(__dirname, 'posting.child.cjs');
const GIFTS = 20;

interface Gift {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

describe('kill -9 while money is on its way', () => {
  let app: TestApp;

  beforeAll(async () => {
    await buildService();
    app = await startTestApp();
  }, 120_000);

  afterAll(() => app.close());

  /** What it has printed: the ids that it has acknowledged before it died, if it did. */
  async function postIn(gifts: readonly Gift[], statement: number, moment: string): Promise<string[]> {
    const child = spawn(process.execPath, [CHILD, JSON.stringify(gifts), String(statement), moment], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        ORIGIN: 'lottery.test',
        ROLES: 'api',
        DATABASE_URL: app.database.url,
        SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
        JWT_SECRET: 'a test key for tokens, forty characters!',
        INTERNAL_CLOSE_TOKEN: 'f00dfeedf00dfeedf00dfeedf00dfeed',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe(statement === 0 ? null : 'SIGKILL');
    return output.split('\n').filter((line) => line !== '');
  }

  async function newGifts(): Promise<Gift[]> {
    const [ann, bob] = (await richPlayers(app, 2, 100n)) as [string, string];
    return Array.from({ length: GIFTS }, () => ({ id: randomUUID(), from: ann, to: bob }));
  }

  async function killAt(statement: number, moment: string): Promise<void> {
    const gifts = await newGifts();
    const acknowledged = await postIn(gifts, statement, moment);
    const answers = await post(app, ...gifts.map(({ id, from, to }) => [gift(from, to, 1n, id)]));
    const replayed = gifts.filter((_, i) => answers[i] === 'replayed').map(({ id }) => id);
    expect(answers.filter((answer) => answer !== 'ok' && answer !== 'replayed')).toEqual([]);
    expect(acknowledged.filter((id) => !replayed.includes(id))).toEqual([]);
    expect(await balance(app, gifts[0]!.from)).toEqual([BigInt(100 - GIFTS), 0n]);
    expect(await faultsOf(app.database.dataSource)).toEqual([]);
  }

  it('moves each gift once, and keeps what was acknowledged, before and after any statement', async () => {
    const statements = Number((await postIn(await newGifts(), 0, 'never')).at(-1));
    // Of two batches.
    expect(statements).toBeGreaterThanOrEqual(8);
    const kills = Array.from({ length: statements }, (_, i) => i + 1).flatMap((statement) => {
      return [[statement, 'before'] as const, [statement, 'after'] as const];
    });
    for (const [statement, moment] of spread(kills, rounds({ few: 3, all: kills.length })))
      await killAt(statement, moment);
  }, 240_000);
});

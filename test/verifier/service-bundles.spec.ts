import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reconciler } from '../../src/lottery/infrastructure/reconciler';
import { PoolReconciler } from '../../src/pool/infrastructure/pool-reconciler';
import { Clock } from '../../src/shared/application/clock';
import { BeaconEnvironment, startBeacon } from '../support/beacon-environment';
import { close, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayers, adminBearer, TestPlayer } from '../support/players';
import { announce, poolsOf, setRules, stakeOn, StakeReceipt, stakesOn, take } from '../support/pool-client';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { startTestApp, TestApp } from '../support/test-app';

const HAS_PYTHON = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;
const VERIFIERS: [string, string, string[]][] = [
  ['verify.mjs', process.execPath, ['verifier/verify.mjs']],
  ...(HAS_PYTHON ? [['verify.py', 'python3', ['-B', 'verifier/verify.py']] satisfies [string, string, string[]]] : []),
];

/** The last lines of an answer tell the level and who won. */
interface Run {
  readonly code: number;
  readonly stdout: string;
}

describe.each(VERIFIERS)('%s on what the service hands out', (_, program, script) => {
  let database: TestDatabase;
  let beacon: BeaconEnvironment;
  let plain: TestApp;
  let precommitted: TestApp;
  let folder: string;
  let key: string;

  beforeAll(async () => {
    beacon = await startBeacon();
    database = await createTestDatabase();
    plain = await startTestApp({}, database);
    precommitted = await startTestApp(beacon.config, database);
    folder = await mkdtemp(join(tmpdir(), 'service-bundles-'));
    key = (await plain.request().get('/verifier-key')).text.trim();
    await writeFile(join(folder, 'chain.json'), beacon.chain.infoJson);
  }, 60_000);

  afterAll(async () => {
    await precommitted.close();
    await plain.close();
    await database.drop();
    await beacon.stop();
    await rm(folder, { recursive: true });
  });

  const run = (args: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      const given = [...script, ...args, '--key', key, '--chain', join(folder, 'chain.json')];
      execFile(program, given, (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }));
    });

  const save = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  /** What anybody can download of a day or a pool, as files. */
  const download = async (name: string, of = 'lotteries'): Promise<string[]> => {
    const [bundle, list] = await Promise.all(
      ['bundle', 'ballots.txt'].map((path) => plain.request().get(`/${of}/${name}/${path}`).expect(200)),
    );
    return [await save('bundle.json', bundle?.text ?? ''), await save('ballots.txt', list?.text ?? '')];
  };

  const lottery = async (
    app: TestApp,
    ballots: number,
  ): Promise<{ date: string; players: TestPlayer[]; receipts: Receipt[] }> => {
    const date = await openFreshLottery(app);
    const players = await addPlayers(app, ballots);
    const receipts = [];
    for (const player of players) receipts.push((await submit(app, date, player).expect(201)).body as Receipt);
    return { date, players, receipts };
  };

  const ban = async (players: readonly TestPlayer[]) => {
    const admin = await adminBearer(plain);
    for (const { id } of players) {
      await plain.request().post(`/users/${id}/ban`).set('authorization', admin).send({}).expect(204);
    }
  };

  it('accepts a draw without a beacon, its exclusions, and a player who asks for their own ballot', async () => {
    const { date, players, receipts } = await lottery(plain, 20);
    await ban(players.slice(0, 10));
    await close(plain, date, '&early=true').expect(200);
    const [bundle = '', list = ''] = await download(date);
    const { body: winner } = await plain.request().get(`/lotteries/${date}/winner`).expect(200);
    const whole = await run([bundle, list]);
    expect(whole.stdout).toContain(
      `Winner 1: ballot ${winner.ballotId}, player ${winner.player}, index ${winner.index}\n`,
    );
    expect(whole.stdout).toContain('\nAssurance C: ');
    expect(whole).toMatchObject({ code: 0, stdout: expect.not.stringContaining('FAILED') });

    const mine = receipts[13] as Receipt;
    const receipt = await save('receipt.json', JSON.stringify(mine));
    const { text } = await plain.request().get(`/ballots/${mine.id}/proof`).expect(200);
    for (const evidence of [[list], ['--proof', await save('proof.json', text)]]) {
      const { code, stdout } = await run([bundle, ...evidence, '--receipt', receipt]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('CHECKED your ballot is in the draw\n')]);
    }
    const forged = await save(
      'forged.json',
      JSON.stringify({ ...mine, line: mine.line.replace(mine.player, '0'.repeat(32)) }),
    );
    expect(await run([bundle, list, '--receipt', forged])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('FAILED your ballot is in the draw: '),
    });
  });

  it('takes each of the ballots that one request made, with their one checkpoint, for a receipt', async () => {
    const { date, players } = await lottery(plain, 2);
    const { body } = await submit(plain, date, players[0] as TestPlayer)
      .send({ count: 5 })
      .expect(201);
    const { items, checkpoint } = body as { items: Omit<Receipt, 'checkpoint'>[]; checkpoint: string };
    await submit(plain, date, players[1] as TestPlayer).expect(201);
    await close(plain, date, '&early=true').expect(200);
    const [bundle = '', list = ''] = await download(date);
    expect(items.map(({ index }) => index)).toEqual([2, 3, 4, 5, 6]);
    for (const one of [items[0], items[4]]) {
      const receipt = await save('receipt.json', JSON.stringify({ ...one, checkpoint }));
      const { code, stdout } = await run([bundle, list, '--receipt', receipt]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('CHECKED your ballot is in the draw\n')]);
    }
  });

  it('accepts void draws: without ballots, and with ballots of banned players only', async () => {
    const empty = await openFreshLottery(plain);
    const { date: banned, players } = await lottery(plain, 3);
    await ban(players);
    for (const date of [empty, banned]) {
      await close(plain, date, '&early=true').expect(200);
      const { code, stdout } = await run(await download(date));
      expect([code, stdout]).toEqual([0, expect.stringContaining('The draw is void: no ballot could win.\n')]);
    }
  });

  it('accepts draws with a beacon at both levels, sealed by hand and at midnight, and while they wait for it', async () => {
    const { date: byHand } = await lottery(precommitted, 5);
    await close(precommitted, byHand, '&early=true').expect(200);
    const waiting = await run(await download(byHand));
    expect(waiting).toEqual({ code: 3, stdout: expect.stringContaining('The draw is not drawn yet.\n') });

    const { date: byClock } = await lottery(precommitted, 5);
    for (const secondsLater of [1, 70]) {
      await database.setClock(new Date(Date.parse(`${byClock}T24:00:00Z`) + 1_000 * secondsLater));
      await precommitted.app.get(Clock).synchronise();
      await precommitted.app.get(Reconciler, { strict: false }).tick();
    }
    for (const [date, level] of [
      [byHand, 'B'],
      [byClock, 'A'],
    ] as const) {
      const { code, stdout } = await run(await download(date));
      expect([code, stdout]).toEqual([0, expect.stringContaining(`\nAssurance ${level}: `)]);
      expect(stdout).toContain('CHECKED the beacon signature is valid\n');
    }
    await database.setClockOffset(0);
  });

  it('accepts stake pools: drawn when full, with banned players, and void', async () => {
    const gameId = randomUUID();
    const players = await addPlayers(plain, 4);
    await ban(players);
    await setRules(plain, gameId, { size: 4, payoutShare: 9_000 });
    const banned = players.map(({ id }) => stakeOn(gameId, 5n, id));
    await take(plain, [...banned.slice(0, 3), stakeOn(gameId), ...banned.slice(3), ...stakesOn(gameId, 3)]);
    await take(
      plain,
      players.map(({ id }) => stakeOn(gameId, 5n, id)),
    );
    const [one, two, nobody, open] = await poolsOf(plain, gameId);
    for (const pool of [one, two]) {
      const { code, stdout } = await run(await download(pool!.id, 'pools'));
      expect([code, stdout]).toEqual([0, expect.stringContaining('\nAssurance C: ')]);
      const { id, player, index } = pool!.winner!;
      expect(stdout).toContain(`Winner 1: ballot ${id}, player ${player}, index ${index}\n`);
    }
    const { code, stdout } = await run(await download(nobody!.id, 'pools'));
    expect([code, stdout]).toEqual([0, expect.stringContaining('The draw is void: no ballot could win.\n')]);
    await plain.request().get(`/pools/${open?.id}/bundle`).expect(404);
  });

  it('finds the stake of whoever kept its receipt in the pool', async () => {
    const gameId = randomUUID();
    const stakes = stakesOn(gameId, 10);
    const receipts: StakeReceipt[] = [];
    for (const stake of stakes) receipts.push((await announce(plain, stake).expect(201)).body as StakeReceipt);
    const [bundle = '', list = ''] = await download(receipts[0]!.poolId, 'pools');
    for (const mine of [receipts[3]!, receipts[9]!]) {
      const { code, stdout } = await run([bundle, list, '--receipt', await save('receipt.json', JSON.stringify(mine))]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('CHECKED your ballot is in the draw\n')]);
    }
  });

  it('accepts stake pools whose beacon round is fixed by the seal, before and after it has come', async () => {
    const gameId = randomUUID();
    await take(precommitted, stakesOn(gameId, 20));
    const [first, second] = await poolsOf(plain, gameId);
    const waiting = await run(await download(first!.id, 'pools'));
    expect(waiting).toEqual({ code: 3, stdout: expect.stringContaining('The draw is not drawn yet.\n') });
    await database.setClockOffset(120_000);
    await precommitted.app.get(Clock).synchronise();
    await precommitted.app.get(PoolReconciler, { strict: false }).tick();
    for (const pool of [first, second]) {
      const { code, stdout } = await run(await download(pool!.id, 'pools'));
      expect([code, stdout]).toEqual([0, expect.stringContaining('\nAssurance B: ')]);
      expect(stdout).toContain('CHECKED the beacon signature is valid\n');
    }
    await database.setClockOffset(0);
  });
});

import { BallotLogs } from '../../src/ballot/application/ballot-logs';
import { NoteSigner } from '../../src/shared/application/note-signer';
import { BallotLog } from '../../src/ballot/domain/ballot-log';
import { Frontier } from '../../src/shared/domain/merkle-tree';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { close, drawIdOf, LotteryBody, openFreshLottery, Receipt, submit } from '../support/lottery-client';
import { addPlayers, TestPlayer } from '../support/players';
import { rounds } from '../support/rounds';
import { fieldsOf, rebuildLog } from '../support/sealed-tree';
import { startTestApp, TestApp } from '../support/test-app';

const ROUNDS = rounds({ few: 40, all: 300 });
/** The planted bug shows within a few. */
const ROUNDS_WITH_THE_BUG = 300;
const SUBMITTERS = 32;
const CLOSERS = 3;

describe(`close a lottery against ${SUBMITTERS} submitters`, () => {
  let app: TestApp;
  let replica: TestApp;
  let players: TestPlayer[];
  let taken = 0;
  let refused = 0;

  beforeAll(async () => {
    app = await startTestApp();
    replica = await startTestApp({}, app.database);
    players = await addPlayers(app, SUBMITTERS);
  });

  afterAll(async () => {
    await replica.close();
    await app.close();
  });

  /** Plays one round and says what is wrong with its outcome. */
  async function playRound(round: number): Promise<string[]> {
    const date = await openFreshLottery(app);
    const pause = (most: number) => new Promise((done) => setTimeout(done, Math.random() * most));
    const submitting = players.map(async (player, i) => {
      await pause(15);
      return submit(i % 2 ? app : replica, date, player);
    });
    const closing = Array.from({ length: CLOSERS }, async (_, i) => {
      await pause(15);
      return close(i % 2 ? app : replica, date, '&early=true');
    });
    const [answers, closings] = await Promise.all([Promise.all(submitting), Promise.all(closing)]);

    const { lines, root } = await rebuildLog(app.database.dataSource, await drawIdOf(app, date));
    const receipts = answers.filter(({ status }) => status === 201).map(({ body }) => body as Receipt);
    const results = closings.map(({ body }) => body as LotteryBody);
    taken += receipts.length;
    refused += answers.length - receipts.length;
    const seals = new Set(results.map(({ notes }) => notes.seal));
    const seal = fieldsOf(results[0]?.notes.seal ?? '', app.app.get(NoteSigner).verifierKey);
    const faults = [
      [closings.every(({ status }) => status === 200), 'a closing failed'],
      [answers.every(({ status }) => status === 201 || status === 409), 'a submission was neither taken nor refused'],
      [receipts.every(({ line, index }) => lines[index] === line), 'an acknowledged ballot is not at its place'],
      [receipts.length === lines.length, 'a refused ballot is in the log'],
      [Number(seal['size']) === lines.length, 'the sealed size is not that of the log'],
      [seal['root'] === root, 'the sealed root is not that of the log'],
      [seals.size === 1, 'two seals were published'],
      [new Set(results.map(({ winner }) => winner?.ballotId)).size === 1, 'two winners were published'],
    ] as const;
    return faults.filter(([holds]) => !holds).map(([, fault]) => `round ${round}: ${fault}`);
  }

  it(`keeps every acknowledged ballot in the sealed tree and refuses every other, ${ROUNDS} rounds`, async () => {
    const faults: string[] = [];
    for (let round = 0; round < ROUNDS; round++) faults.push(...(await playRound(round)));
    expect(faults).toEqual([]);
    // It was a race: many came before the seal, and many after it.
    expect(Math.min(taken, refused)).toBeGreaterThan(ROUNDS);
  }, 300_000);

  it('goes red with a writer that checks first and inserts later, without the row lock', async () => {
    const planted = [app, replica].map(({ app: nest }) => {
      const work = nest.get(TypeOrmUnitOfWork, { strict: false });
      return jest.spyOn(nest.get(BallotLogs, { strict: false }), 'lock').mockImplementation(async ([drawId = '']) => {
        const [row] = await work.writer.query<[{ size: string; frontier: Buffer; sealedAt: Date | null; now: Date }]>(
          `select size, frontier, sealed_at as "sealedAt", database_time() as now from ballot_logs where draw_id = $1`,
          [drawId],
        );
        const frontier = Frontier.fromBytes(Number(row.size), row.frontier);
        return { logs: [new BallotLog(drawId, null, frontier, null, row.sealedAt)], now: row.now };
      });
    });
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const faults: string[] = [];
    const isTorn = (fault: string) => fault.includes('sealed') || fault.includes('in the log');
    for (let round = 0; round < ROUNDS_WITH_THE_BUG && !faults.some(isTorn); round++)
      faults.push(...(await playRound(round)));
    planted.forEach((lock) => lock.mockRestore());
    jest.restoreAllMocks();
    expect(faults.filter(isTorn)).not.toEqual([]);
  }, 300_000);
});

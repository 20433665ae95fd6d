import { AppendBallots } from '../../src/ballot/application/append-ballots';
import { Ballots } from '../../src/ballot/ballot.api';
import { BothVerifiers } from '../verifier/both-verifiers';
import { failureOf } from '../verifier/verify-draw';
import { close, drawIdOf, LotteryBody, openFreshLottery } from '../support/lottery-client';
import { addPlayers, adminBearer, TestPlayer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { verifyAll } from '../support/verify-all';

let mockVersion = 2;
jest.mock('../../src/draw/domain/protocol-version', () => ({
  ...jest.requireActual<object>('../../src/draw/domain/protocol-version'),
  get LATEST_VERSION() {
    return mockVersion;
  },
}));

/** Luck names the other ballot among 256 of so many once in 40 times: then the next lottery shows it. */
const MANY = 10_000;
const FEW = 600;

describe('a lottery of which a banned player has all ballots but one', () => {
  let app: TestApp;
  let verifiers: BothVerifiers;
  let key: string;

  beforeAll(async () => {
    app = await startTestApp();
    verifiers = await BothVerifiers.start();
    key = (await app.request().get('/verifier-key')).text.trim();
  }, 60_000);

  afterAll(async () => {
    await verifiers.stop();
    await app.close();
  });

  const flood = async (date: string, ballots: number): Promise<TestPlayer> => {
    const [flooder, honest] = (await addPlayers(app, 2)) as [TestPlayer, TestPlayer];
    const drawId = await drawIdOf(app, date);
    const append = app.app.get(AppendBallots, { strict: false });
    const cast = ({ id: userId }: TestPlayer, count: number) =>
      append.execute(
        drawId,
        Array.from({ length: count }, () => ({ drawId, userId, idempotencyKey: null, count: 1 })),
      );
    await cast(flooder, ballots / 2);
    await cast(honest, 1);
    await cast(flooder, ballots / 2);
    const admin = await adminBearer(app);
    await app.request().post(`/users/${flooder.id}/ban`).set('authorization', admin).send({}).expect(204);
    return honest;
  };

  const published = async (date: string) => ({
    bundle: (await app.request().get(`/lotteries/${date}/bundle`).expect(200)).text,
    ballots: (await app.request().get(`/lotteries/${date}/ballots.txt`).expect(200)).text,
    key,
  });

  it('is drawn by rank, and what it answers stays small', async () => {
    const { date, honest, answer } = await rankedLottery();
    const { state, winner, notes, assurance } = answer.body as LotteryBody;
    expect([state, winner?.userId, winner?.index]).toEqual(['drawn', honest.id, MANY / 2]);
    expect(notes.seal).toContain(`size ${MANY + 1}\n`);
    expect(notes.seal).toContain('\neligible 1\n');
    expect(answer.text.length).toBeLessThan(25_000);
    expect(assurance.sentence).toMatch(/; the winner's place can be checked with the list of ballots only\.$/);
    const files = await published(date);
    expect(files.bundle.length).toBeLessThan(400_000);
    const report = await verifiers.verify(files);
    expect(failureOf(report)).toBeNull();
    expect(report.winners).toEqual([expect.objectContaining({ index: MANY / 2 })]);
    expect((await verifyAll({ url: app.database.url, key })).fault).toBeNull();
  });

  /** Its log is read once. */
  const rankedLottery = async () => {
    const players = jest.spyOn(app.app.get(Ballots, { strict: false }), 'players');
    for (;;) {
      const date = await openFreshLottery(app);
      const honest = await flood(date, MANY);
      const answer = await close(app, date, '&early=true').expect(200);
      const isRanked = (answer.body as LotteryBody).notes.draw?.includes('\nranked ');
      expect(players).toHaveBeenCalledTimes(isRanked ? 1 : 0);
      if (isRanked) return { date, honest, answer };
    }
  };

  it('names every candidate if it was opened in the first version, and still says so', async () => {
    mockVersion = 1;
    const date = await openFreshLottery(app);
    mockVersion = 2;
    const honest = await flood(date, FEW);
    const { winner, notes } = (await close(app, date, '&early=true').expect(200)).body as LotteryBody;
    expect(winner?.userId).toBe(honest.id);
    for (const [note, kind] of [
      [notes.open, 'open'],
      [notes.seal, 'seal'],
      [notes.draw, 'draw'],
    ] as const) {
      if (note !== null) expect(note.split('\n')[0]).toBe(`lottery-draw/v1/${kind}`);
    }
    const report = await verifiers.verify(await published(date));
    expect(failureOf(report)).toBeNull();
    expect(report.winners).toHaveLength(1);
    expect((await verifyAll({ url: app.database.url, key })).fault).toBeNull();
  });
});

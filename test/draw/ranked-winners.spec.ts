import { DrawWinners } from '../../src/draw/application/draw-winners';
import { FindWinners } from '../../src/draw/application/find-winners';
import { GatherBeacon } from '../../src/draw/application/gather-beacon';
import { MakeStatement } from '../../src/draw/application/make-statement';
import { FakeBallots } from '../ballot/fakes';
import { FakeClock, FakeSigner, FakeUnitOfWork } from '../shared/fakes';
import { aDraw, FakeBeacon, FakeDraws, FakeJournal, sealed, SECRET } from './fakes';

let draws: FakeDraws;
let ballots: FakeBallots;
let work: FakeUnitOfWork;
let winners: DrawWinners;

beforeEach(() => {
  draws = new FakeDraws();
  ballots = new FakeBallots();
  const journal = new FakeJournal();
  work = new FakeUnitOfWork([draws, journal]);
  const gather = new GatherBeacon(draws, new FakeBeacon(), work);
  const clock = new FakeClock(new Date('2026-11-22T00:02:00.000Z'));
  winners = new DrawWinners(
    draws,
    clock,
    gather,
    new MakeStatement(journal, new FakeSigner()),
    new FindWinners(ballots),
  );
});

interface Flood {
  readonly size: number;
  /** Who has a ballot at an index; all others are the flooder's. */
  readonly players: Readonly<Record<number, string>>;
  readonly winners?: number;
  readonly isBanned?: boolean;
  readonly version?: 1 | 2;
}

async function seal({ size, players, winners: wanted = 1, isBanned = true, version = 2 }: Flood): Promise<void> {
  const rows = Array.from({ length: size }, (_, i) => players[i] ?? 'flooder');
  rows.forEach((player) => ballots.cast('flood', player));
  const flooder = ballots.of('flood').find(({ userId }) => userId === 'flooder');
  const exclusions = isBanned && flooder ? [flooder.player] : [];
  const eligible = isBanned ? Object.keys(players).length : size;
  const tail = 'the note\n\n— lottery.test key 1\n';
  const draw = aDraw('flood', { winners: wanted, note: `lottery-draw/v${version}/open\n${tail}` });
  const note = `lottery-draw/v${version}/seal\neligible ${eligible}\n${tail}`;
  await draws.add([{ draw: sealed(draw, { exclusions, note }), secret: SECRET }]);
}

const placesOf = async (drawIds: readonly string[]) =>
  (await winners.draw(drawIds)).map(({ winnerIndexes }) => winnerIndexes);

const linesOf = async (word: string) => {
  const [draw] = await draws.get(['flood']);
  return draw?.result?.note.split('\n').filter((line) => line.startsWith(`${word} `)) ?? [];
};

describe('winners by rank', () => {
  it('decide where 256 candidates could not win', async () => {
    await seal({ size: 3_000, players: { 1_234: 'ann' } });
    expect(await placesOf(['flood'])).toEqual([[1_234]]);
    expect(await linesOf('candidate')).toHaveLength(256);
    expect(await linesOf('ranked')).toEqual([expect.stringMatching(/^ranked \d+ 1 0 1234 ballot-1234-of-flood$/)]);
    expect((await draws.get(['flood']))[0]?.hasRanks).toBe(true);
  });

  it('are each of another player, and the ballots of earlier winners count no more', async () => {
    await seal({ size: 2_500, players: { 11: 'ann', 601: 'bob', 2_301: 'ann' }, winners: 3 });
    const [indexes = []] = await placesOf(['flood']);
    const found = indexes.map((index) => ballots.of('flood')[index]?.userId);
    expect(new Set(found)).toEqual(new Set(['ann', 'bob']));
    const ranked = (await linesOf('ranked')).map((line) => line.split(' ').map(Number));
    expect(ranked.map(([, , remaining]) => remaining)).toEqual([3, found[0] === 'ann' ? 1 : 2]);
    const [[, first = 0] = [], [, second = 0] = []] = ranked;
    expect(second).toBeGreaterThan(first);
  });

  it('follow candidates who have won already', async () => {
    await seal({ size: 2_000, players: { 3: 'ann', 1_999: 'bob' }, winners: 3, isBanned: false });
    const [indexes = []] = await placesOf(['flood']);
    expect(new Set(indexes.map((index) => ballots.of('flood')[index]?.userId))).toEqual(
      new Set(['flooder', 'ann', 'bob']),
    );
    expect(await linesOf('candidate')).toHaveLength(257);
    expect(await linesOf('ranked')).toHaveLength(2);
  });

  it('are looked for before the unit of work that stores them', async () => {
    await seal({ size: 2_000, players: { 42: 'ann' } });
    const running: boolean[] = [];
    const players = ballots.players.bind(ballots);
    jest.spyOn(ballots, 'players').mockImplementation((drawId, size) => {
      running.push(work.isRunning);
      return players(drawId, size);
    });
    expect(await winners.prepare(['flood'])).toEqual(['flood']);
    expect(await work.run(() => placesOf(['flood']))).toEqual([[42]]);
    expect(running).toEqual([false]);
  });
});

describe('a draw of the first version', () => {
  it('names every candidate, however many cannot win', async () => {
    await seal({ size: 3_000, players: { 1_234: 'ann' }, version: 1 });
    expect(await placesOf(['flood'])).toEqual([[1_234]]);
    const candidates = await linesOf('candidate');
    expect(candidates.length).toBeGreaterThan(256);
    expect(candidates.at(-1)).toMatch(/ 1234 \S+ winner$/);
    expect(await linesOf('ranked')).toEqual([]);
  });

  it('lets others have their turn while few blocks name a new ballot', async () => {
    await seal({ size: 6_000, players: {}, version: 1 });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    jest.spyOn(ballots, 'at').mockImplementation(async (places) => {
      await new Promise(setImmediate);
      return places.map(({ index }) => ballots.of('flood')[index]!);
    });
    expect(await placesOf(['flood'])).toEqual([[]]);
    clearInterval(timer);
    // Some 55,000 blocks, 8,192 at a time.
    expect(turns).toBeGreaterThan(4);
  });
});

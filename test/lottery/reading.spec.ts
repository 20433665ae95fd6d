import { TreeSizeInvalid } from '../../src/ballot/domain/errors';
import type { Bundle } from '../../src/draw/draw.api';
import { Calendar } from '../../src/lottery/application/calendar';
import { ProveLotteries } from '../../src/lottery/application/prove-lotteries';
import { ReadLotteries } from '../../src/lottery/application/read-lotteries';
import { LotteryNotDrawn, LotteryNotFound, LotteryNotSealed, LotteryVoid } from '../../src/lottery/domain/errors';
import { LotteryDate } from '../../src/lottery/domain/lottery-date';
import { FakeBallots, FakeProofs } from '../ballot/fakes';
import { aDraw, FakeDrawBundles, FakeDraws, sealed, SECRET } from '../draw/fakes';
import { FakeClock } from '../shared/fakes';
import { FakePlayers } from '../user/fakes';
import { aLottery, FakeLotteries } from './fakes';

const [DRAWN, VOID, SEALED, OPEN, NONE] = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-23'].map(
  (day) => LotteryDate.parse(day),
) as [LotteryDate, LotteryDate, LotteryDate, LotteryDate, LotteryDate];
const drawOf = (date: LotteryDate) => `draw of ${date.toString()}`;

let lotteries: FakeLotteries;
let ballots: FakeBallots;
let bundles: FakeDrawBundles;
let read: ReadLotteries;
let prove: ProveLotteries;

beforeEach(async () => {
  const calendar = new Calendar(new FakeClock(new Date('2026-11-21T12:00:00.000Z')));
  lotteries = new FakeLotteries();
  ballots = new FakeBallots();
  bundles = new FakeDrawBundles();
  const draws = new FakeDraws();
  read = new ReadLotteries(lotteries, draws, ballots, new FakePlayers(), calendar);
  prove = new ProveLotteries(lotteries, bundles, new FakeProofs(ballots), calendar);
  const result = { drawnAt: new Date(), winnerIndexes: [1], note: 'the draw note\n\n— lottery.test key 1\n' };
  const all = [
    [DRAWN, 'drawn', sealed(aDraw(drawOf(DRAWN))).drawnAs(result)],
    [VOID, 'void', sealed(aDraw(drawOf(VOID)))],
    [SEALED, 'sealed', sealed(aDraw(drawOf(SEALED)))],
    [OPEN, 'open', aDraw(drawOf(OPEN))],
  ] as const;
  for (const [date, state, draw] of all) {
    await lotteries.add(aLottery(date.toString(), state));
    await draws.add([{ draw, secret: SECRET }]);
    if (draw.seal) bundles.sealed.set(draw.id, { open: draw.opening.note } as Bundle);
    for (const player of ['alice', 'bob']) ballots.cast(draw.id, player);
  }
});

const days = (items: readonly { lottery: { date: LotteryDate } }[]) => items.map(({ lottery }) => String(lottery.date));

describe('read lotteries', () => {
  it('lists them newest first, with their draws and the number of their ballots', async () => {
    const { items, nextCursor } = await read.page(null, { cursor: null, limit: 3 });
    expect(days(items)).toEqual(['2026-11-21', '2026-11-20', '2026-11-19']);
    expect(items[0]).toMatchObject({ draw: { id: drawOf(OPEN) }, ballots: 2 });
    expect(days((await read.page(null, { cursor: nextCursor, limit: 3 })).items)).toEqual(['2026-11-18']);
  });

  it('lists those of a state', async () => {
    expect(days((await read.page('sealed', { cursor: null, limit: 10 })).items)).toEqual(['2026-11-20']);
  });

  it('tells who won by the name that they show in public', async () => {
    const winner = { ballot: ballots.of(drawOf(DRAWN))[1], name: 'the name of bob' };
    expect(await read.find(DRAWN)).toMatchObject({ lottery: { state: 'drawn' }, ballots: 2, winner });
    expect(await read.winner(DRAWN)).toEqual({ date: DRAWN, winner });
  });

  it('finds the lottery of the day that it is', async () => {
    const { lottery, winner } = await read.find('today');
    expect([lottery.date.toString(), winner]).toEqual(['2026-11-21', null]);
  });

  it('refuses a winner where there is none yet, or never will be', async () => {
    await expect(read.winner('today')).rejects.toThrow(LotteryNotDrawn);
    await expect(read.winner(SEALED)).rejects.toThrow(LotteryNotDrawn);
    await expect(read.winner(VOID)).rejects.toThrow(LotteryVoid);
  });

  it('refuses a day that has none', async () => {
    await expect(read.find(NONE)).rejects.toThrow(LotteryNotFound);
    await expect(read.winner(NONE)).rejects.toThrow(LotteryNotFound);
    await expect(read.ballotsOf(NONE, { cursor: null, limit: 10 })).rejects.toThrow(LotteryNotFound);
  });

  it('lists the ballots of a day in the order of its log', async () => {
    const { date, ballots: page } = await read.ballotsOf('today', { cursor: null, limit: 1 });
    expect([date.toString(), page.items.map(({ userId }) => userId)]).toEqual(['2026-11-21', ['alice']]);
    const next = await read.ballotsOf(OPEN, { cursor: page.nextCursor, limit: 1 });
    expect(next.ballots.items.map(({ userId }) => userId)).toEqual(['bob']);
  });

  it('lists the ballots of a person with their days', async () => {
    const { items } = await read.ballotsOfUser('bob', { cursor: null, limit: 2 });
    expect(items.map(({ ballot, date }) => `${ballot.userId} ${date.toString()}`)).toEqual([
      'bob 2026-11-21',
      'bob 2026-11-20',
    ]);
  });
});

describe('prove lotteries', () => {
  it('bundles a draw for good once it is drawn or void', async () => {
    expect(await prove.bundle(DRAWN)).toEqual({ bundle: bundles.sealed.get(drawOf(DRAWN)), final: true });
    expect(await prove.bundle(VOID)).toMatchObject({ final: true });
    expect(await prove.bundle(SEALED)).toMatchObject({ final: false });
  });

  it('is never final for today, which is another day tomorrow', async () => {
    await lotteries.storeState(aLottery(OPEN.toString(), 'drawn'));
    bundles.sealed.set(drawOf(OPEN), {} as Bundle);
    expect(await prove.bundle('today')).toMatchObject({ final: false });
    expect(await prove.list('today')).toMatchObject({ final: false });
    expect(await prove.bundle(OPEN)).toMatchObject({ final: true });
  });

  it('refuses a bundle before the seal', async () => {
    await expect(prove.bundle('today')).rejects.toThrow(LotteryNotSealed);
  });

  it('lists all ballots with the checkpoint that they hash to, for good once it is sealed', async () => {
    const { checkpoint, lines, final } = await prove.list(SEALED);
    const read: string[] = [];
    for await (const line of lines) read.push(line);
    expect([checkpoint, final]).toEqual([`checkpoint 2 of ${drawOf(SEALED)}`, true]);
    expect(read).toEqual(ballots.of(drawOf(SEALED)).map(({ line }) => `${line}\n`));
    expect(await prove.list(OPEN)).toMatchObject({ final: false });
  });

  it('gives the checkpoint, and the proof that the log only grew', async () => {
    expect(await prove.checkpoint('today')).toBe(`checkpoint 2 of ${drawOf(OPEN)}`);
    expect(await prove.consistency(OPEN, 1, 2)).toEqual([Buffer.from([1, 2])]);
    await expect(prove.consistency(OPEN, 1, 3)).rejects.toThrow(TreeSizeInvalid);
  });

  it.each([
    ['bundle', () => prove.bundle(NONE)],
    ['list', () => prove.list(NONE)],
    ['checkpoint', () => prove.checkpoint(NONE)],
    ['consistency', () => prove.consistency(NONE, 1, 2)],
  ] as const)('refuses the %s of a day that has none', async (_, ask) => {
    await expect(ask()).rejects.toThrow(LotteryNotFound);
  });
});

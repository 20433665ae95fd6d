import { MakeStatement } from '../../src/draw/application/make-statement';
import { OpenDraw } from '../../src/draw/application/open-draw';
import { LATEST_VERSION } from '../../src/draw/domain/protocol-version';
import { commitment } from '../../src/draw/domain/statements';
import { FakeLogOpening } from '../ballot/fakes';
import { FakeClock, FakeRandomness, FakeSigner, FakeUnitOfWork } from '../shared/fakes';
import { CHAIN, CLOSES_AT, FakeBeacon, FakeDraws, FakeJournal } from './fakes';

const daily = { drawId: 'a draw', name: 'daily 2026-11-21', closes: CLOSES_AT, winners: 1 };
const pool = { drawId: 'a pool', name: 'a pool', closes: { whenFull: 10 }, winners: 2 };

describe('open a draw', () => {
  let clock: FakeClock;
  let draws: FakeDraws;
  let logs: FakeLogOpening;
  let journal: FakeJournal;
  let beacon: FakeBeacon;
  let work: FakeUnitOfWork;
  let open: OpenDraw;

  beforeEach(() => {
    clock = new FakeClock();
    draws = new FakeDraws();
    logs = new FakeLogOpening();
    journal = new FakeJournal();
    beacon = new FakeBeacon();
    work = new FakeUnitOfWork([draws, logs, journal]);
    const statements = new MakeStatement(journal, new FakeSigner());
    open = new OpenDraw(draws, logs, new FakeRandomness(), clock, beacon, statements);
  });

  const openingOf = async (drawId: string) => (await draws.get([drawId]))[0]!.opening;
  const lastLine = (note: string) => note.split('\n').at(7);

  it('keeps its terms from the time of the database on', async () => {
    await open.open([daily, pool]);
    expect(await openingOf('a draw')).toMatchObject({
      name: daily.name,
      closes: CLOSES_AT,
      winners: 1,
      opensAt: clock.now(),
      beacon: null,
    });
    expect(await openingOf('a pool')).toMatchObject({ closes: { whenFull: 10 }, winners: 2 });
  });

  it('signs them, and the commitment to a secret, before the first ballot', async () => {
    await open.open([daily]);
    const { secret } = (await draws.committed(['a draw']))[0]!;
    expect(secret).toHaveLength(32);
    expect((await openingOf('a draw')).note).toBe(
      [
        'lottery-draw/v2/open',
        'draw a draw',
        'name daily 2026-11-21',
        'opens 2026-11-21T12:00:00.000Z',
        'closes 2026-11-22T00:00:00.000Z',
        'winners 1',
        `commitment ${commitment(secret, LATEST_VERSION)}`,
        'beacon none',
        '',
        '— lottery.test key 1',
        '',
      ].join('\n'),
    );
  });

  it('commits each draw to a secret of its own', async () => {
    await open.open([daily, pool]);
    const secrets = (await draws.committed(['a draw', 'a pool'])).map(({ secret }) => secret.toString('hex'));
    expect(new Set(secrets).size).toBe(2);
  });

  it('enters the open notes in the journal, in their order', async () => {
    await open.open([daily, pool]);
    const statements = (await journal.entries(0, 10)).map(({ statement }) => statement.split('\n')[1]);
    expect(statements).toEqual(['draw a draw', 'draw a pool']);
  });

  it('starts the logs: one that closes at its time, one that closes when it is full', async () => {
    await open.open([daily, pool]);
    expect(logs.rows).toEqual([
      { drawId: 'a draw', opensAt: clock.time, closesAt: CLOSES_AT },
      { drawId: 'a pool', opensAt: clock.time, closesAt: null },
    ]);
  });

  it('binds a draw that closes at an instant to the first round a minute later', async () => {
    beacon.chain = CHAIN;
    await open.open([daily]);
    const round = CHAIN.firstRoundAtOrAfter(new Date('2026-11-22T00:01:00.000Z'));
    const { note } = await openingOf('a draw');
    expect(lastLine(note)).toBe(`beacon ${CHAIN.hash} ${round}`);
    expect(await draws.get(['a draw'])).toMatchObject([{ opening: { beacon: { chain: CHAIN } } }]);
  });

  it('leaves the round of a draw that closes when it is full to its seal', async () => {
    beacon.chain = CHAIN;
    await open.open([pool]);
    expect(lastLine((await openingOf('a pool')).note)).toBe(`beacon ${CHAIN.hash} after-seal`);
  });

  it('does nothing where there is nothing to open', async () => {
    await open.open([]);
    expect(await journal.size()).toBe(0);
  });

  it('leaves neither statement nor draw behind when the log cannot be opened', async () => {
    jest.spyOn(logs, 'open').mockRejectedValueOnce(new Error('no log'));
    await expect(work.run(() => open.open([daily]))).rejects.toThrow('no log');
    expect([draws.rows.size, await journal.size()]).toEqual([0, 0]);
  });
});

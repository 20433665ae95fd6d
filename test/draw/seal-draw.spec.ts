import { MakeStatement } from '../../src/draw/application/make-statement';
import { SealDraw } from '../../src/draw/application/seal-draw';
import { SealTooSlow } from '../../src/draw/domain/errors';
import { FakeBallots, FakeLogSealing } from '../ballot/fakes';
import { FakeClock, FakeSigner, FakeUnitOfWork } from '../shared/fakes';
import { aDraw, CHAIN, FakeDraws, FakeJournal, SECRET } from './fakes';

const OPEN_ROUND = CHAIN.firstRoundAtOrAfter(new Date('2026-11-22T00:01:00.000Z'));

describe('seal a draw', () => {
  let clock: FakeClock;
  let draws: FakeDraws;
  let ballots: FakeBallots;
  let logs: FakeLogSealing;
  let journal: FakeJournal;
  let work: FakeUnitOfWork;
  let seal: SealDraw;

  beforeEach(async () => {
    clock = new FakeClock(new Date('2026-11-22T00:00:01.000Z'));
    draws = new FakeDraws();
    ballots = new FakeBallots();
    logs = new FakeLogSealing(ballots);
    journal = new FakeJournal();
    work = new FakeUnitOfWork([draws, logs, journal]);
    const statements = new MakeStatement(journal, new FakeSigner('key 2', new FakeSigner('key 1')));
    seal = new SealDraw(draws, logs, statements, clock);
    await draws.add([
      { draw: aDraw('plain'), secret: SECRET },
      { draw: aDraw('empty'), secret: SECRET },
      { draw: aDraw('bound', { beacon: { chain: CHAIN, round: OPEN_ROUND } }), secret: SECRET },
      { draw: aDraw('pool', { closes: { whenFull: 2 } }), secret: SECRET },
      { draw: aDraw('bound pool', { closes: { whenFull: 2 }, beacon: { chain: CHAIN, round: null } }), secret: SECRET },
    ]);
    for (const drawId of ['plain', 'bound', 'pool', 'bound pool']) {
      ballots.cast(drawId, 'alice');
      ballots.cast(drawId, 'bob');
    }
  });

  const sealOf = async (drawId: string) => (await draws.get([drawId]))[0]!.seal;

  it('tells which ballots are final, who cannot win, and what decides', async () => {
    logs.banned = ['bob'];
    expect(await seal.seal(['plain'], 'schedule')).toEqual([
      { sealedAt: clock.now(), winnable: true, decidedAt: null },
    ]);
    const { note, exclusions } = (await sealOf('plain'))!;
    expect(exclusions).toEqual([ballots.of('plain')[1]!.player]);
    expect(note.split('\n')).toEqual([
      'lottery-draw/v2/seal',
      'draw plain',
      expect.stringMatching(/^open [0-9a-f]{64}$/),
      'sealed 2026-11-22T00:00:01.000Z',
      'trigger schedule',
      'size 2',
      expect.stringMatching(/^root \S{43}=$/),
      expect.stringMatching(/^excluded 1 [0-9a-f]{64}$/),
      'eligible 1',
      'beacon none',
      '',
      '— lottery.test key 1',
      '',
    ]);
  });

  it('keeps to the version of the open note', async () => {
    await draws.add([
      { draw: aDraw('old', { note: 'lottery-draw/v1/open\n\n— lottery.test key 1\n' }), secret: SECRET },
    ]);
    await seal.seal(['old'], 'schedule');
    expect((await sealOf('old'))?.note.split('\n')[0]).toBe('lottery-draw/v1/seal');
    expect((await sealOf('old'))?.note).not.toContain('eligible');
  });

  it('signs with the key of the open note, whichever is the current one', async () => {
    await draws.add([
      { draw: aDraw('new', { note: 'lottery-draw/v2/open\n\n— lottery.test key 2\n' }), secret: SECRET },
    ]);
    await seal.seal(['plain', 'new'], 'manual');
    expect((await sealOf('plain'))?.note).toMatch(/ key 1\n$/);
    expect((await sealOf('new'))?.note).toMatch(/ key 2\n$/);
  });

  it('answers for each draw in the order asked for, and enters them in the journal so', async () => {
    const sealed = await seal.seal(['empty', 'plain'], 'schedule');
    expect(sealed.map(({ winnable }) => winnable)).toEqual([false, true]);
    const statements = (await journal.entries(0, 10)).map(({ statement }) => statement.split('\n')[1]);
    expect(statements).toEqual(['draw empty', 'draw plain']);
  });

  it('keeps to the round of the open note on schedule', async () => {
    const [sealed] = await seal.seal(['bound'], 'schedule');
    expect(sealed?.decidedAt).toEqual(new Date('2026-11-22T00:01:00.000Z'));
    expect((await sealOf('bound'))?.round).toBe(OPEN_ROUND);
  });

  it('takes a later round when it is sealed too late for that of the open note', async () => {
    clock.time = logs.sealedAt = new Date('2026-11-22T00:00:50.001Z');
    const [sealed] = await seal.seal(['bound'], 'schedule');
    expect(sealed?.decidedAt).toEqual(new Date('2026-11-22T00:02:00.000Z'));
  });

  it('takes a round a minute after an early closing, and after the last ballot of a pool', async () => {
    clock.time = logs.sealedAt = new Date('2026-11-21T20:00:00.000Z');
    const decidedAt = new Date('2026-11-21T20:01:00.000Z');
    expect(await seal.seal(['bound'], 'manual')).toMatchObject([{ decidedAt }]);
    expect(await seal.seal(['bound pool'], 'full')).toMatchObject([{ decidedAt }]);
  });

  it('refuses when its round has come too close meanwhile, and changes nothing', async () => {
    clock.time = new Date('2026-11-22T00:00:55.001Z');
    await expect(work.run(() => seal.seal(['plain', 'bound'], 'schedule'))).rejects.toThrow(SealTooSlow);
    expect([await sealOf('plain'), await sealOf('bound'), await journal.size()]).toEqual([null, null, 0]);
    clock.time = new Date('2026-11-22T00:00:55.000Z');
    await expect(seal.seal(['bound'], 'schedule')).resolves.toHaveLength(1);
  });

  it('refuses a second seal', async () => {
    await seal.seal(['plain'], 'schedule');
    const first = await sealOf('plain');
    await expect(work.run(() => seal.seal(['plain'], 'manual'))).rejects.toThrow('is sealed once');
    expect(await sealOf('plain')).toEqual(first);
    expect(await journal.size()).toBe(1);
  });

  it.each([
    ['plain', 'full'],
    ['pool', 'schedule'],
    ['pool', 'manual'],
  ] as const)('refuses to seal %s for another reason than its open note gives: %s', async (drawId, trigger) => {
    await expect(work.run(() => seal.seal([drawId], trigger))).rejects.toThrow('for the reason');
    expect(await sealOf(drawId)).toBeNull();
  });

  it('refuses a pool as full that is not', async () => {
    await draws.add([{ draw: aDraw('half', { closes: { whenFull: 4 } }), secret: SECRET }]);
    ballots.cast('half', 'alice');
    await expect(work.run(() => seal.seal(['half'], 'full'))).rejects.toThrow('for the reason');
  });

  it('does nothing where there is nothing to seal', async () => {
    expect(await seal.seal([], 'full')).toEqual([]);
    expect(await journal.size()).toBe(0);
  });
});

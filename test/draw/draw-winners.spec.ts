import { DrawWinners } from '../../src/draw/application/draw-winners';
import { FindWinners } from '../../src/draw/application/find-winners';
import { GatherBeacon } from '../../src/draw/application/gather-beacon';
import { MakeStatement } from '../../src/draw/application/make-statement';
import { drawKey, namedIndexes } from '../../src/draw/domain/candidates';
import type { Draw } from '../../src/draw/domain/draw';
import { noteBody } from '../../src/shared/domain/signed-note';
import { FakeBallots } from '../ballot/fakes';
import { FakeClock, FakeSigner, FakeUnitOfWork } from '../shared/fakes';
import { aDraw, CHAIN, CLOSES_AT, FakeBeacon, FakeDraws, FakeJournal, sealed, SECRET } from './fakes';

const SIGNATURE = Buffer.alloc(48, 9);
const ROUND = 1_000_000;
const BALLOTS = 40;

let clock: FakeClock;
let draws: FakeDraws;
let ballots: FakeBallots;
let beacon: FakeBeacon;
let journal: FakeJournal;
let work: FakeUnitOfWork;
let gather: GatherBeacon;
let winners: DrawWinners;

beforeEach(() => {
  clock = new FakeClock(new Date('2026-11-22T00:02:00.000Z'));
  draws = new FakeDraws();
  ballots = new FakeBallots();
  beacon = new FakeBeacon();
  journal = new FakeJournal();
  work = new FakeUnitOfWork([draws, journal]);
  gather = new GatherBeacon(draws, beacon, work);
  winners = new DrawWinners(
    draws,
    clock,
    gather,
    new MakeStatement(journal, new FakeSigner()),
    new FindWinners(ballots),
  );
});

const add = async (draw: Draw, players = BALLOTS) => {
  await draws.add([{ draw, secret: SECRET }]);
  for (let i = 0; i < BALLOTS; i++) ballots.cast(draw.id, `player ${i % players}`);
};

const bound = (id: string, round = ROUND) => sealed(aDraw(id, { beacon: { chain: CHAIN, round: null } }), { round });

const get = async (drawId: string) => (await draws.get([drawId]))[0]!;

const placesOf = async (drawIds: readonly string[]) =>
  (await winners.draw(drawIds)).map(({ winnerIndexes }) => winnerIndexes);

/** The indexes that the draw's key names, in their order. */
const namedIn = async (drawId: string, beaconSignature: Buffer | null = null): Promise<number[]> => {
  const { opening, seal } = await get(drawId);
  const key = drawKey(SECRET, noteBody(opening.note), noteBody(seal!.note), beaconSignature);
  return [...namedIndexes(key, BALLOTS)].map(({ index }) => index);
};

describe('draw winners', () => {
  it('finds the ballot that secret, notes and beacon name first', async () => {
    await add(sealed(aDraw('plain')));
    expect(await placesOf(['plain'])).toEqual([(await namedIn('plain')).slice(0, 1)]);
    await add(bound('bound'));
    await draws.storeBeaconSignature(['bound'], SIGNATURE);
    expect(await placesOf(['bound'])).toEqual([(await namedIn('bound', SIGNATURE)).slice(0, 1)]);
  });

  it('finds several, each of another player, first prize first', async () => {
    await add(sealed(aDraw('three', { winners: 3 })), 4);
    const [found = []] = await placesOf(['three']);
    const named = await namedIn('three');
    const players = new Set<number>();
    const expected = named.filter((index) => players.size < 3 && !players.has(index % 4) && players.add(index % 4));
    expect(found).toEqual(expected);
  });

  it('passes over who is excluded, however many they are', async () => {
    const draw = aDraw('banned');
    await add(draw);
    const last = (await namedInAnyOrder(draw)).at(-1)!;
    const exclusions = ballots
      .of('banned')
      .filter(({ index }) => index !== last)
      .map(({ player }) => player)
      .sort();
    await draws.storeSeals([sealed(draw, { exclusions })]);
    expect(await placesOf(['banned'])).toEqual([[last]]);
  });

  it('gives what there is where fewer can win than are wanted', async () => {
    await add(sealed(aDraw('few', { winners: 9 })), 2);
    expect((await placesOf(['few']))[0]).toHaveLength(2);
  });

  it('signs who was named and what became of them, the secret and the level', async () => {
    await add(sealed(aDraw('plain')));
    const [[index] = []] = await placesOf(['plain']);
    const { result } = await get('plain');
    expect(result).toMatchObject({ drawnAt: clock.now(), winnerIndexes: [index] });
    expect(result?.note.split('\n')).toEqual([
      'lottery-draw/v2/draw',
      'draw plain',
      expect.stringMatching(/^seal [0-9a-f]{64}$/),
      `secret ${SECRET.toString('hex')}`,
      'beacon-signature none',
      expect.stringMatching(new RegExp(`^candidate \\d+ ${index} ballot-${index}-of-plain winner$`)),
      'drawn 2026-11-22T00:02:00.000Z',
      'assurance C',
      '',
      '— lottery.test key 1',
      '',
    ]);
    expect((await journal.entries(0, 10)).map(({ statement }) => statement)).toEqual([noteBody(result!.note)]);
  });

  it('answers in the order asked for, whichever needs more candidates', async () => {
    for (const id of ['one', 'two']) await add(sealed(aDraw(id, { winners: id === 'two' ? 5 : 1 })));
    const [two, one] = await placesOf(['two', 'one']);
    expect([one?.length, two?.length]).toEqual([1, 5]);
    for (const id of ['one', 'two']) {
      const named = (await get(id)).result!.note.match(/^candidate .*$/gm)?.map((line) => line.split(' ')) ?? [];
      expect(named).not.toEqual([]);
      expect(named.map(([, , , ballotId]) => ballotId)).toEqual(named.map(([, , index]) => `ballot-${index}-of-${id}`));
    }
  });

  it('is never drawn before its seal, whatever the clock says', async () => {
    clock.time = new Date(CLOSES_AT.getTime() - 1);
    await add(sealed(aDraw('plain')));
    await placesOf(['plain']);
    expect((await get('plain')).result?.drawnAt).toEqual(CLOSES_AT);
  });

  it('refuses a draw that is not sealed, and one whose beacon is not known', async () => {
    await add(aDraw('open'));
    await expect(work.run(() => winners.draw(['open']))).rejects.toThrow('is sealed before it is drawn');
    await add(bound('bound'));
    await expect(work.run(() => winners.draw(['bound']))).rejects.toThrow('waits for its beacon');
    expect((await get('bound')).result).toBeNull();
    expect(await journal.size()).toBe(0);
  });

  it('refuses a second drawing', async () => {
    await add(sealed(aDraw('plain')));
    await placesOf(['plain']);
    const first = await get('plain');
    await expect(work.run(() => winners.draw(['plain']))).rejects.toThrow('is drawn once');
    expect(await get('plain')).toEqual(first);
    expect(await journal.size()).toBe(1);
  });

  it('does nothing where there is nothing to draw', async () => {
    expect(await placesOf([])).toEqual([]);
    expect(await journal.size()).toBe(0);
  });

  const namedInAnyOrder = async (draw: Draw): Promise<number[]> => {
    const { opening, seal } = sealed(draw);
    const key = drawKey(SECRET, noteBody(opening.note), noteBody(seal!.note), null);
    return [...namedIndexes(key, ballots.of(draw.id).length)].map(({ index }) => index);
  };
});

describe('prepare draws', () => {
  beforeEach(async () => {
    await add(sealed(aDraw('plain')));
    await add(bound('first'));
    await add(bound('second'));
    await add(bound('later', ROUND + 1));
  });

  const all = ['plain', 'first', 'second', 'later'];

  it('has all randomness of a draw without a beacon', async () => {
    expect(await winners.prepare(['plain'])).toEqual(['plain']);
    expect(beacon.asked).toEqual([]);
  });

  it('leaves those waiting whose round nobody has given', async () => {
    expect(await winners.prepare(all)).toEqual(['plain']);
    expect((await get('first')).beaconSignature).toBeNull();
  });

  it('asks once for each round, and stores the answer for all draws that wait for it', async () => {
    beacon.signatures.set(ROUND, SIGNATURE);
    expect(await winners.prepare(all)).toEqual(['plain', 'first', 'second']);
    expect(beacon.asked).toEqual([ROUND, ROUND + 1]);
    expect((await get('second')).beaconSignature).toEqual(SIGNATURE);
    expect((await get('later')).beaconSignature).toBeNull();
  });

  it('asks no more for what is known', async () => {
    beacon.signatures.set(ROUND, SIGNATURE);
    await winners.prepare(['first']);
    beacon.asked.length = 0;
    expect(await winners.prepare(['first'])).toEqual(['first']);
    expect(beacon.asked).toEqual([]);
  });

  it('asks the network outside of any unit of work', async () => {
    const running: boolean[] = [];
    jest.spyOn(beacon, 'signatureOf').mockImplementation(async () => {
      running.push(work.isRunning);
      return SIGNATURE;
    });
    await winners.prepare(['first']);
    expect(running).toEqual([false]);
  });

  it('stores what the earlier rounds said though a later one cannot be stored', async () => {
    beacon.signatures.set(ROUND, SIGNATURE).set(ROUND + 1, SIGNATURE);
    const store = draws.storeBeaconSignature.bind(draws);
    jest.spyOn(draws, 'storeBeaconSignature').mockImplementation(async (ids, signature) => {
      if (ids.includes('later')) throw new Error('the database is away');
      await store(ids, signature);
    });
    await expect(winners.prepare(all)).rejects.toThrow('the database is away');
    expect((await get('first')).beaconSignature).toEqual(SIGNATURE);
  });
});

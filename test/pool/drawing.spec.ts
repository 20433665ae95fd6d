import { DrawPools } from '../../src/pool/application/draw-pools';
import { PoolRules } from '../../src/pool/domain/pool-rules';
import { aStake, uuid } from './fakes';
import { PoolStage } from './pool-stage';

const ROUND_AT = new Date('2026-11-21T12:01:00.000Z');
const MAX_FAILURES = 20;

describe('draw sealed pools', () => {
  let stage: PoolStage;
  let draw: DrawPools;
  let stop: AbortController;

  beforeEach(async () => {
    stage = new PoolStage();
    stage.sealing.decidedAt = ROUND_AT;
    await stage.book.store(new PoolRules(uuid('game', 1), 2, 9_000));
    const { work, pools, drawing, award, outbox, clock } = stage;
    draw = new DrawPools(work, pools, drawing, award, outbox, clock);
    stop = new AbortController();
  });

  /** So many pools of two stakes each. */
  const fill = async (count: number): Promise<string[]> => {
    const first = stage.entries.rows.length;
    await stage.stakes.take(Array.from({ length: 2 * count }, (_, i) => aStake(first + i + 1)));
    stage.outbox.rows = [];
    return stage.pools
      .all()
      .filter(({ state }) => state === 'sealed')
      .map(({ id }) => id);
  };

  const pass = (heldBack: readonly string[] = []) => draw.execute(heldBack, stop.signal);
  const drawn = () => stage.states().filter((state) => state.startsWith('drawn')).length;

  it('leaves them alone before the round of the beacon comes', async () => {
    await fill(2);
    stage.clock.time = new Date(ROUND_AT.getTime() - 1);
    expect(await pass()).toMatchObject({ drawn: 0, failures: [] });
    expect(stage.announced()).toEqual([]);
  });

  it('draws and pays all whose round has come, and announces it', async () => {
    const [first, second] = await fill(2);
    stage.clock.time = ROUND_AT;
    expect(await pass()).toMatchObject({ drawn: 2, failures: [] });
    expect(await stage.pools.awardOf(first!)).toMatchObject({ userId: uuid('player', 2), winSumMinor: 2n });
    expect(stage.outbox.rows.map(({ type, aggregateId }) => [type, aggregateId])).toEqual([
      ['pool.drawn', first],
      ['pool.awarded', first],
      ['pool.drawn', second],
      ['pool.awarded', second],
    ]);
    expect(await pass()).toMatchObject({ drawn: 0, failures: [] });
  });

  it('draws more than fit into one transaction', async () => {
    await fill(501);
    stage.clock.time = ROUND_AT;
    expect(await pass()).toMatchObject({ drawn: 501 });
  });

  it('waits for a beacon that does not answer, and draws the others', async () => {
    const [first] = await fill(3);
    stage.clock.time = ROUND_AT;
    stage.drawing.waiting.add(first!);
    expect(await pass()).toMatchObject({ drawn: 2, failures: [] });
    stage.drawing.waiting.clear();
    expect(await pass()).toMatchObject({ drawn: 1 });
  });

  it('singles out one that cannot be drawn, and draws the others', async () => {
    const ids = await fill(8);
    stage.clock.time = ROUND_AT;
    stage.drawing.faults.set(ids[5]!, new Error('broken'));
    const { failures } = await pass();
    expect(drawn()).toBe(7);
    expect(failures.at(-1)).toMatchObject({ poolIds: [ids[5]], error: new Error('broken') });
    expect(stage.announced()).toHaveLength(14);
  });

  it('leaves out those that are held back', async () => {
    const ids = await fill(3);
    stage.clock.time = ROUND_AT;
    stage.drawing.faults.set(ids[0]!, new Error('broken'));
    expect(await pass([ids[0]!])).toMatchObject({ drawn: 2, failures: [] });
  });

  it('gives up while nothing succeeds: that is an outage', async () => {
    await fill(100);
    stage.clock.time = ROUND_AT;
    jest.spyOn(stage.drawing, 'draw').mockRejectedValue(new Error('the database is away'));
    expect((await pass()).failures).toHaveLength(MAX_FAILURES);
    expect(stage.announced()).toEqual([]);
  });

  it('stops when it is told to', async () => {
    await fill(3);
    stage.clock.time = ROUND_AT;
    stop.abort();
    expect(await pass()).toMatchObject({ drawn: 0, failures: [] });
  });

  it('asks for the randomness outside of any unit of work', async () => {
    await fill(1);
    stage.clock.time = ROUND_AT;
    const running: boolean[] = [];
    jest.spyOn(stage.drawing, 'prepare').mockImplementation(async (ids) => {
      running.push(stage.work.isRunning);
      return ids;
    });
    await pass();
    expect(running).toEqual([false]);
  });

  it('leaves those alone that somebody else has drawn meanwhile', async () => {
    await fill(2);
    stage.clock.time = ROUND_AT;
    jest.spyOn(stage.drawing, 'prepare').mockImplementationOnce(async (ids) => {
      await pass();
      return ids;
    });
    expect(await pass()).toMatchObject({ drawn: 0, failures: [] });
    expect(stage.announced()).toHaveLength(4);
  });

  it.each([
    ['the award cannot be stored', () => jest.spyOn(stage.pools, 'addAwards')],
    ['it cannot be announced', () => jest.spyOn(stage.outbox, 'add')],
  ])('keeps a pool sealed when %s', async (_, spy) => {
    const [id] = await fill(1);
    stage.clock.time = ROUND_AT;
    spy().mockRejectedValueOnce(new Error('the database is away'));
    expect((await pass()).failures).toHaveLength(1);
    expect([stage.states()[0], await stage.pools.awardOf(id!), stage.announced()]).toEqual(['sealed 2/2', null, []]);
    expect(await pass()).toMatchObject({ drawn: 1 });
  });
});

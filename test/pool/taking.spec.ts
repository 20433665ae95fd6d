import { DRAWN_AT, OPENS_AT, SEALED_AT } from '../draw/fakes';
import { Pool } from '../../src/pool/domain/pool';
import { PoolRules } from '../../src/pool/domain/pool-rules';
import { MAX_STAKES_AT_ONCE } from '../../src/pool/pool.api';
import { aStake, uuid } from './fakes';
import { PoolStage } from './pool-stage';

const GAME = uuid('game', 1);

describe('take stakes', () => {
  let stage: PoolStage;

  beforeEach(async () => {
    stage = new PoolStage();
    await stage.book.store(new PoolRules(GAME, 3, 9_000));
  });

  const take = (...numbers: number[]) => stage.stakes.take(numbers.map((number) => aStake(number)));

  it('enters each in the open pool of its game, in their order', async () => {
    await take(2, 1);
    expect(stage.states()).toEqual(['open 2/3']);
    const [pool] = stage.pools.all() as [Pool];
    expect(pool.facts).toMatchObject({ gameId: GAME, payoutShareBp: 9_000, potMinor: 3n });
    expect(stage.entries.rows).toEqual([
      { poolId: pool.id, index: 0, stakeMinor: 2n, messageId: 'message 2' },
      { poolId: pool.id, index: 1, stakeMinor: 1n, messageId: 'message 1' },
    ]);
  });

  it('acknowledges each with its pool, its place and a checkpoint', async () => {
    const receipts = await take(1, 2);
    const [pool] = stage.pools.all();
    expect([...receipts.keys()]).toEqual(['message 1', 'message 2']);
    expect(receipts.get('message 2')).toEqual({
      pool,
      entry: stage.entries.rows[1],
      ballot: stage.ballots.of(pool!.id)[1],
      checkpoint: `checkpoint 2 of ${pool!.id}`,
    });
  });

  it('opens a draw of one winner for a new pool, and announces it', async () => {
    await take(1);
    const [{ id }] = stage.pools.all() as [Pool];
    const draw = { drawId: id, name: `stake pool of game ${GAME}`, closes: { whenFull: 3 }, winners: 1 };
    expect(stage.opening.rows).toEqual([draw]);
    const payload = { poolId: id, gameId: GAME, time: OPENS_AT.toISOString(), size: 3, payoutShare: 9_000 };
    expect(stage.outbox.rows).toEqual([{ type: 'pool.opened', aggregateId: id, payload, occurredAt: OPENS_AT }]);
    await take(2);
    expect(stage.opening.rows).toHaveLength(1);
  });

  it('seals, draws and pays a pool that is full, and opens the next, all at once', async () => {
    const receipts = await take(1, 2, 3);
    expect(stage.states()).toEqual(['drawn 3/3', 'open 0/3']);
    const [pool, next] = stage.pools.all() as [Pool, Pool];
    expect(stage.sealing.rows.get(pool.id)).toBe('full');
    const facts = { poolId: pool.id, gameId: GAME };
    const [opened, sealed, drawn] = [OPENS_AT, SEALED_AT, DRAWN_AT].map((at) => ({ ...facts, time: at.toISOString() }));
    const award = await stage.pools.awardOf(pool.id);
    expect(award).toMatchObject({
      userId: uuid('player', 3),
      winSumMinor: 5n,
      potMinor: 6n,
      status: 'played_out',
      awardedAt: DRAWN_AT,
    });
    expect(stage.outbox.rows).toEqual([
      {
        type: 'pool.opened',
        aggregateId: pool.id,
        payload: { ...opened, size: 3, payoutShare: 9_000 },
        occurredAt: OPENS_AT,
      },
      {
        type: 'pool.opened',
        aggregateId: next.id,
        payload: { ...opened, poolId: next.id, size: 3, payoutShare: 9_000 },
        occurredAt: OPENS_AT,
      },
      { type: 'pool.sealed', aggregateId: pool.id, payload: { ...sealed, pot: '6' }, occurredAt: SEALED_AT },
      { type: 'pool.drawn', aggregateId: pool.id, payload: { ...drawn, winnerIndex: 2 }, occurredAt: DRAWN_AT },
      {
        type: 'pool.awarded',
        aggregateId: pool.id,
        isLast: true,
        occurredAt: DRAWN_AT,
        payload: {
          ...drawn,
          awardId: award?.id,
          playerId: uuid('player', 3),
          winSum: '5',
          pot: '6',
          status: 'played_out',
          verify: `/pools/${pool.id}/bundle`,
        },
      },
    ]);
    expect(receipts.get('message 1')?.pool.state).toBe('drawn');
  });

  it('fills as many pools as there are stakes for', async () => {
    await take(1, 2, 3, 4, 5, 6, 7);
    expect(stage.states()).toEqual(['drawn 3/3', 'drawn 3/3', 'open 1/3']);
    expect(stage.entries.rows.map(({ index }) => index)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  it('leaves a pool sealed until the beacon decides', async () => {
    stage.sealing.decidedAt = new Date('2026-11-21T12:01:00.000Z');
    await take(1, 2, 3);
    expect(stage.states()).toEqual(['sealed 3/3', 'open 0/3']);
    expect(stage.pools.all()[0]?.facts.decidedAt).toEqual(stage.sealing.decidedAt);
    expect(stage.announced()).toEqual(['pool.opened', 'pool.opened', 'pool.sealed']);
  });

  it('ends a pool void where none of its players may win: the pot stays with the house', async () => {
    await take(1);
    stage.sealing.hopeless.add(stage.pools.all()[0]!.id);
    await take(2, 3);
    expect(stage.states()).toEqual(['void 3/3', 'open 0/3']);
    expect(stage.outbox.rows.at(-1)).toMatchObject({ type: 'pool.voided', payload: { pot: '6' }, isLast: true });
    expect(stage.drawing.rows.size).toBe(0);
  });

  it('keeps games apart, one that nobody has staked on with the usual rules', async () => {
    await stage.stakes.take([aStake(1), aStake(2, { gameId: uuid('game', 2) }), aStake(3)]);
    expect(stage.pools.all().map(({ facts }) => [facts.gameId, facts.size, facts.potMinor])).toEqual([
      [GAME, 3, 4n],
      [uuid('game', 2), 10, 2n],
    ]);
  });

  it('takes new rules for the next pool: one that is open keeps its own', async () => {
    await take(1);
    await stage.book.store(new PoolRules(GAME, 2, 5_000));
    await take(2, 3);
    expect(stage.states()).toEqual(['drawn 3/3', 'open 0/2']);
  });

  it('makes no second entry of a message that comes again, alone or among others', async () => {
    await take(1);
    expect(await take(1)).toEqual(new Map());
    expect([...(await take(1, 2)).keys()]).toEqual(['message 2']);
    expect(stage.entries.rows).toHaveLength(2);
  });

  it('takes the first of two messages with the same id', async () => {
    const receipts = await stage.stakes.take([aStake(1), aStake(2, { messageId: 'message 1' })]);
    expect([...receipts.values()].map(({ entry }) => entry.stakeMinor)).toEqual([1n]);
    expect(stage.entries.rows).toHaveLength(1);
  });

  it('makes no second entry of a message that the inbox has forgotten, and enters the others', async () => {
    await take(1);
    stage.inbox.rows = new Set();
    expect([...(await take(1, 2)).keys()]).toEqual(['message 2']);
    expect(stage.entries.rows.map(({ messageId }) => messageId)).toEqual(['message 1', 'message 2']);
    expect(stage.states()).toEqual(['open 2/3']);
  });

  it('does nothing where there is nothing to take', async () => {
    expect(await take()).toEqual(new Map());
    expect([stage.pools.all(), stage.outbox.rows]).toEqual([[], []]);
  });

  it.each([
    ['no player', { userId: 'somebody' }],
    ['no game', { gameId: 'roulette' }],
    ['no sum', { stakeMinor: 0n }],
    ['no message', { messageId: '' }],
  ])('refuses a stake that has %s, and takes none of those beside it', async (_, fields) => {
    await expect(stage.stakes.take([aStake(1), aStake(2, fields)])).rejects.toThrow('a stake');
    expect(stage.entries.rows).toEqual([]);
  });

  it('refuses more than it can hold', async () => {
    const many = Array.from({ length: MAX_STAKES_AT_ONCE + 1 }, () => aStake(1));
    await expect(stage.stakes.take(many)).rejects.toThrow('at most');
  });

  it.each([
    ['the draw cannot be opened', () => jest.spyOn(stage.opening, 'open')],
    ['the pool cannot be sealed', () => jest.spyOn(stage.sealing, 'seal')],
    ['the pool cannot be drawn', () => jest.spyOn(stage.drawing, 'draw')],
    ['the award cannot be stored', () => jest.spyOn(stage.pools, 'addAwards')],
    ['it cannot be announced', () => jest.spyOn(stage.outbox, 'add')],
  ])('keeps nothing when %s, and takes all of it the next time', async (_, spy) => {
    spy().mockRejectedValueOnce(new Error('the database is away'));
    await expect(take(1, 2, 3)).rejects.toThrow('the database is away');
    expect([stage.pools.all(), stage.entries.rows, stage.outbox.rows, stage.inbox.rows.size]).toEqual([[], [], [], 0]);
    expect((await take(1, 2, 3)).size).toBe(3);
  });
});

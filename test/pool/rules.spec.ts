import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { fill } from '../../src/pool/domain/filling';
import { MAX_STAKE_MINOR, winSumOf } from '../../src/pool/domain/money';
import { Pool } from '../../src/pool/domain/pool';
import { MAX_POOL_SIZE, PoolRules } from '../../src/pool/domain/pool-rules';
import { readStakeMessage } from '../../src/pool/domain/stake-message';
import { InvalidInput } from '../../src/shared/domain/invalid-input';
import { stakeOn } from '../support/pool-client';

const MAX_BIGINT_COLUMN = 2n ** 63n - 1n;
const gameId = randomUUID();

describe('the win sum', () => {
  it.each([
    [0n, 9_000, 0n],
    [1n, 9_000, 0n],
    [9n, 9_000, 8n],
    [10n, 9_000, 9n],
    [55n, 9_000, 49n],
    [12_345n, 9_999, 12_343n],
    [100n, 0, 0n],
    [101n, 10_000, 101n],
  ])('of a pot of %d with %d basis points is %d', (pot, share, winSum) => {
    expect(winSumOf(pot, share)).toBe(winSum);
  });

  it('is never more than its share and less than one unit below it, also in the largest pool', () => {
    const pot = fc.bigInt({ min: 0n, max: MAX_STAKE_MINOR * BigInt(MAX_POOL_SIZE) });
    fc.assert(
      fc.property(pot, fc.integer({ min: 0, max: 10_000 }), (potMinor, share) => {
        const winSum = winSumOf(potMinor, share);
        const exact = potMinor * BigInt(share);
        expect(winSum * 10_000n <= exact && exact < (winSum + 1n) * 10_000n).toBe(true);
        expect(winSum <= potMinor && potMinor <= MAX_BIGINT_COLUMN).toBe(true);
      }),
    );
  });
});

describe('filling pools', () => {
  it('keeps the order, loses nothing, leaves exactly one pool open, and changes no rules of an open pool', () => {
    const size = fc.integer({ min: 2, max: 12 });
    fc.assert(
      fc.property(size, size, fc.nat(11), fc.nat(60), (oldSize, newSize, before, count) => {
        const old = Pool.open('old', new PoolRules(gameId, oldSize, 5_000)).take(
          Array.from({ length: before % oldSize }, () => 1n),
        );
        const stakes = Array.from({ length: count }, (_, i) => stakeOn(gameId, BigInt(i + 1)));
        let ids = 0;
        const table = { rules: new PoolRules(gameId, newSize, 9_000), open: old };
        const filled = fill(table, stakes, () => `new ${ids++}`);
        expect(filled.flatMap((one) => one.stakes)).toEqual(stakes);
        expect(filled.map(({ pool }) => pool.room > 0)).toEqual(filled.map((_, i) => i === filled.length - 1));
        expect(filled.map(({ isNew }) => isNew)).toEqual(filled.map((_, i) => i > 0));
        expect(filled.map(({ pool }) => pool.facts.size)).toEqual(filled.map((_, i) => (i === 0 ? oldSize : newSize)));
        const pots = filled.reduce((sum, { pool }) => sum + pool.facts.potMinor, 0n);
        expect(pots).toBe(old.facts.potMinor + stakes.reduce((sum, { stakeMinor }) => sum + stakeMinor, 0n));
      }),
    );
  });

  it('opens the first pool of a game', () => {
    const filled = fill({ rules: new PoolRules(gameId, 2, 9_000), open: null }, [stakeOn(gameId)], randomUUID);
    expect(filled.map(({ isNew, pool }) => [isNew, pool.state, pool.room])).toEqual([[true, 'open', 1]]);
  });
});

describe('a pool', () => {
  const full = () => Pool.open('p', new PoolRules(gameId, 2, 9_000)).take([1n, 2n]);

  it('goes from open to sealed to drawn, or to void, and never back', () => {
    const [drawn, annulled] = [full().sealUntil(null).drawAs(1), full().annul()];
    expect([0, 1].map((index) => drawn.statusOf(index))).toEqual(['finished', 'winner']);
    for (const end of [drawn, annulled]) {
      expect(() => end.sealUntil(null)).toThrow('does not go');
      expect(() => end.drawAs(0)).toThrow('does not go');
      expect(() => end.annul()).toThrow('does not go');
      expect(() => end.take([1n])).toThrow('has room');
    }
    expect(() => full().drawAs(0)).toThrow('does not go');
  });

  it('takes no more than its size, and is not sealed with less', () => {
    expect(() => full().take([1n])).toThrow('has room');
    expect(() => Pool.open('p', new PoolRules(gameId, 2, 9_000)).sealUntil(null)).toThrow('is full');
  });

  it.each([
    [1, 9_000],
    [10_001, 9_000],
    [2.5, 9_000],
    [10, -1],
    [10, 10_001],
    [10, 0.5],
  ])('is not opened with size %d and share %d', (size, share) => {
    expect(() => new PoolRules(gameId, size, share)).toThrow('broken invariant');
  });
});

describe('the message of a stake', () => {
  const [playerId, game] = [randomUUID(), randomUUID()];
  const message = (stake: unknown, rest: object = {}) => ({
    message: { eventType: 'player.stakeCreated' },
    game: { playerId, gameId: game, stake, ...rest },
  });

  it.each([
    ['1234', 1234n],
    [1234, 1234n],
    ['1', 1n],
    [MAX_STAKE_MINOR.toString(), MAX_STAKE_MINOR],
    [Number(MAX_STAKE_MINOR), MAX_STAKE_MINOR],
  ])('is read with the stake %j', (stake, stakeMinor) => {
    expect(readStakeMessage(message(stake, { currency: 'EUR' }))).toEqual({
      userId: playerId,
      gameId: game,
      stakeMinor,
    });
  });

  it.each([
    0,
    '0',
    -5,
    '-5',
    1.5,
    '1.5',
    '',
    ' 1',
    '1 ',
    '007',
    '1e3',
    '0x10',
    '１２',
    true,
    null,
    undefined,
    {},
    ['1'],
  ])('is refused with the stake %j', (stake) => {
    expect(() => readStakeMessage(message(stake))).toThrow(InvalidInput);
  });

  it.each([(MAX_STAKE_MINOR + 1n).toString(), '9'.repeat(30), 2 ** 53, NaN, Infinity])(
    'is refused with more than can be counted: %j',
    (stake) => {
      expect(() => readStakeMessage(message(stake))).toThrow('stake must be a whole number');
    },
  );

  it('reads ids in either case and keeps them in lower case', () => {
    const read = readStakeMessage(message(1, { playerId: playerId.toUpperCase() }));
    expect(read).toMatchObject({ userId: playerId });
  });

  it('tells another event type from a malformed message, whatever else it holds', () => {
    expect(readStakeMessage({ message: { eventType: 'player.left' } })).toEqual({ otherType: 'player.left' });
    for (const value of [null, 7, 'text', [], {}, { message: null }, { message: {} }, { message: { eventType: 7 } }]) {
      expect(() => readStakeMessage(value)).toThrow('eventType must be a text');
    }
  });

  it('names every fault with its place', () => {
    try {
      readStakeMessage({ message: { eventType: 'player.stakeCreated' }, game: { playerId: 'me', stake: 0 } });
      throw new Error('it was read');
    } catch (error) {
      const pointers = (error as InvalidInput).errors.map((fault) => 'pointer' in fault && fault.pointer);
      expect(pointers).toEqual(['/game/playerId', '/game/gameId', '/game/stake']);
    }
  });
});

import fc from 'fast-check';
import { BeaconChain, MIN_SEAL_LEAD_MS, QUICKNET } from '../../src/draw/domain/beacon-chain';
import { chainFromInfo } from '../../src/draw/domain/chain-info';
import { TestChain } from '../support/test-chain';
import vectors from '../vectors/drand-quicknet.json';

const DAY_MS = 86_400_000;
const seconds = (count: number) => count * 1_000;
const at = (text: string) => new Date(text);
const plus = (instant: Date, ms: number) => new Date(instant.getTime() + ms);

describe('the rounds of a beacon chain', () => {
  const genesis = at('2023-08-23T15:09:27.000Z');

  it.each([
    ['1970-01-01T00:00:00.000Z', 1],
    ['2023-08-23T15:09:26.999Z', 1],
    ['2023-08-23T15:09:27.000Z', 1],
    ['2023-08-23T15:09:27.001Z', 2],
    ['2023-08-23T15:09:30.000Z', 2],
    ['2023-08-23T15:09:30.001Z', 3],
    ['2026-11-22T00:00:00.000Z', 34_167_412],
  ])('at %s the next of quicknet is %d', (instant, round) => {
    expect(QUICKNET.firstRoundAtOrAfter(at(instant))).toBe(round);
  });

  it('come one period after another from the genesis on', () => {
    expect(QUICKNET.timeOf(1)).toEqual(genesis);
    expect(QUICKNET.timeOf(1_000)).toEqual(plus(genesis, seconds(2_997)));
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('have no number %d', (round) => {
    expect(() => QUICKNET.timeOf(round)).toThrow('whole number from 1');
  });

  it('are not asked for an instant that is none', () => {
    expect(() => QUICKNET.firstRoundAtOrAfter(new Date(Number.NaN))).toThrow('instant is valid');
  });

  it('include every midnight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 19_593, max: 2_000_000 }), (day) => {
        const midnight = new Date(day * DAY_MS);
        expect(QUICKNET.timeOf(QUICKNET.firstRoundAtOrAfter(midnight))).toEqual(midnight);
      }),
    );
  });

  it('are exact to the millisecond for any chain and any instant', () => {
    fc.assert(
      fc.property(chains(), instants(), (chain, instant) => {
        const round = chain.firstRoundAtOrAfter(instant);
        expect(chain.timeOf(round) >= instant).toBe(true);
        if (round > 1) expect(chain.timeOf(round - 1) < instant).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the round that a draw is bound to', () => {
  it('comes 60 s after the closing, exactly where closing is at midnight', () => {
    const midnight = at('2026-11-22T00:00:00.000Z');
    expect(QUICKNET.timeOf(QUICKNET.roundForClosing(midnight))).toEqual(plus(midnight, seconds(60)));
    expect(QUICKNET.timeOf(QUICKNET.roundForClosing(plus(midnight, 1)))).toEqual(plus(midnight, seconds(63)));
  });

  const closesAt = at('2026-11-22T00:00:00.000Z');
  const openRound = QUICKNET.roundForClosing(closesAt);
  const roundAt = QUICKNET.timeOf(openRound);

  it.each([
    ['on time', 'schedule', plus(closesAt, 200), true],
    ['10 s before the round', 'schedule', plus(roundAt, -10_000), true],
    ['9.999 s before the round', 'schedule', plus(roundAt, -9_999), false],
    ['at the round', 'schedule', roundAt, false],
    ['after days of downtime', 'schedule', plus(roundAt, 5 * DAY_MS), false],
    ['by hand, hours early', 'manual', plus(closesAt, -seconds(7_200)), false],
    ['by hand, just before the round', 'manual', plus(roundAt, -10_000), false],
    ['when full', 'full', plus(closesAt, -seconds(7_200)), false],
  ] as const)('is that of the open note only for a seal in time: %s', (_, trigger, sealedAt, isOpenRound) => {
    const round = QUICKNET.roundForSeal({ trigger, sealedAt, openRound });
    if (isOpenRound) expect(round).toBe(openRound);
    else expect(round).toBe(QUICKNET.firstRoundAtOrAfter(plus(sealedAt, seconds(60))));
  });

  it('is the seal’s own where the open note fixed none', () => {
    const round = QUICKNET.roundForSeal({ trigger: 'schedule', sealedAt: closesAt, openRound: null });
    expect(QUICKNET.timeOf(round)).toEqual(plus(closesAt, seconds(60)));
  });

  it('could never be known when sealing', () => {
    fc.assert(neverKnown(QUICKNET), { numRuns: 2_000 });
  });

  it('planted bug: a late seal that keeps the round of the open note is found out', () => {
    const planted = Object.assign(Object.create(QUICKNET) as BeaconChain, {
      roundForSeal: ({ openRound, sealedAt }: Parameters<BeaconChain['roundForSeal']>[0]) =>
        openRound ?? QUICKNET.roundForClosing(sealedAt),
    });
    expect(fc.check(neverKnown(planted), { numRuns: 2_000 }).failed).toBe(true);
  });

  function neverKnown(chain: BeaconChain) {
    const nearClosing = fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS });
    const nearRound = fc.integer({ min: 40_000, max: 70_000 });
    return fc.property(
      instants(),
      fc.oneof(nearClosing, nearRound),
      fc.constantFrom('schedule', 'manual', 'full'),
      fc.boolean(),
      (closes, offset, trigger, isFixed) => {
        const sealedAt = plus(closes, offset);
        const openRound = isFixed ? chain.roundForClosing(closes) : null;
        const round = chain.roundForSeal({ trigger, sealedAt, openRound });
        const leadMs = chain.timeOf(round).getTime() - sealedAt.getTime();
        const isOpenRound = trigger === 'schedule' && round === openRound;
        expect(leadMs).toBeGreaterThanOrEqual(isOpenRound ? MIN_SEAL_LEAD_MS : seconds(60));
      },
    );
  }
});

describe('a chain from its /info', () => {
  const { public_key, period, genesis_time, hash, groupHash, beaconID, scheme } = vectors.quicknet;
  const info = { public_key, period, genesis_time, hash, groupHash, schemeID: scheme, metadata: { beaconID } };

  it('is quicknet for what quicknet says', () => {
    expect(chainFromInfo(info)).toEqual(QUICKNET);
  });

  it('is one of our own for tests', () => {
    expect(new TestChain().chain.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(new TestChain({ seed: 'one' }).chain.hash).not.toBe(new TestChain({ seed: 'two' }).chain.hash);
  });

  it('is the same for all ways to name the default network', () => {
    const { chain, infoJson } = new TestChain({ beaconID: 'default' });
    const described = JSON.parse(infoJson) as Record<string, unknown>;
    for (const metadata of [{ beaconID: 'default' }, { beaconID: '' }, {}, undefined]) {
      expect(chainFromInfo({ ...described, metadata })).toEqual(chain);
    }
  });

  it.each([
    ['no object', null, 'must be a JSON object'],
    ['another scheme', { ...info, schemeID: 'pedersen-bls-chained' }, 'schemeID must be bls-unchained-g1-rfc9380'],
    ['no scheme', { ...info, schemeID: undefined }, 'schemeID'],
    ['another key', { ...info, public_key: public_key.replace('8', '9') }, 'hash is not that of the other fields'],
    ['a short key', { ...info, public_key: public_key.slice(2) }, 'public_key must be 192 lower-case hex digits'],
    ['an upper-case key', { ...info, public_key: public_key.toUpperCase() }, 'public_key'],
    ['another period', { ...info, period: 30 }, 'hash is not that'],
    ['a period of 0', { ...info, period: 0 }, 'period must be a whole number from 1'],
    ['a period as text', { ...info, period: '3' }, 'period'],
    ['another genesis', { ...info, genesis_time: genesis_time - 1 }, 'hash is not that'],
    ['half a second', { ...info, genesis_time: genesis_time + 0.5 }, 'genesis_time'],
    ['another hash', { ...info, hash: groupHash }, 'hash is not that'],
    ['no hash', { ...info, hash: undefined }, 'hash must be 64 lower-case hex digits'],
    ['no group', { ...info, groupHash: undefined }, 'groupHash'],
    ['another name', { ...info, metadata: { beaconID: 'fastnet' } }, 'hash is not that'],
    ['no name', { ...info, metadata: undefined }, 'hash is not that'],
    ['the default name', { ...info, metadata: { beaconID: 'default' } }, 'hash is not that'],
    ['a name that is no text', { ...info, metadata: { beaconID: 7 } }, 'metadata.beaconID'],
  ])('is refused with %s', (_, given, reason) => {
    expect(() => chainFromInfo(given)).toThrow(reason);
  });
});

function chains(): fc.Arbitrary<BeaconChain> {
  return fc
    .record({ genesis: fc.integer({ min: 0, max: 4_000_000_000 }), period: fc.integer({ min: 1, max: 100_000 }) })
    .map(({ genesis, period }) => new BeaconChain(QUICKNET.hash, QUICKNET.publicKey, genesis, period));
}

/** Anywhere between 1970 and 9999, whole seconds and milliseconds beside them more often than chance gives. */
function instants(): fc.Arbitrary<Date> {
  return fc
    .record({ second: fc.integer({ min: 0, max: 253_000_000_000 }), ms: fc.constantFrom(-1, 0, 1, 500) })
    .map(({ second, ms }) => new Date(seconds(second) + ms));
}

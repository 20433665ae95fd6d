import { Logger } from '@nestjs/common';
import { QUICKNET } from '../../src/draw/domain/beacon-chain';
import { DrandBeacon, DrandLimits } from '../../src/draw/infrastructure/drand-beacon';
import { SignatureChecks } from '../../src/draw/infrastructure/signature-checks';
import { RELAY_FAULTS, RelayFaultName, TestRelay } from '../support/drand-relay';
import { pause } from '../support/pause';
import { TestChain } from '../support/test-chain';
import vectors from '../vectors/drand-quicknet.json';

const QUICK: DrandLimits = {
  relayTimeoutMs: 10_000,
  patienceMs: 100,
  firstPauseMs: 1,
  longestPauseMs: 2,
  longestRoundPauseMs: 2,
};
/** With these nobody is asked before the one asked first has failed. */
const PATIENT: DrandLimits = { ...QUICK, patienceMs: 10_000 };
/** For relays that let us wait. */
const SHORT = { relayTimeoutMs: 400 };
const SLOW_FAULTS: readonly RelayFaultName[] = ['silent', 'silent body', 'slow drip'];
const ROUND = 1_000;

/** What the warning says of each. */
const REASONS: Record<RelayFaultName, string> = {
  silent: 'no whole answer within 400 ms',
  'silent body': 'no whole answer within 400 ms',
  'slow drip': 'no whole answer within 400 ms',
  reset: 'it cannot be reached (',
  redirect: 'it cannot be reached (unexpected redirect)',
  'not found': 'it answered with status 404',
  'server error': 'it answered with status 500',
  'too many requests': 'it answered with status 429',
  'no content': 'it answered with status 204',
  'huge body': 'its answer has more than 4096 bytes',
  'not JSON': 'its answer is not JSON',
  'not an object': 'its answer is not a JSON object',
  'wrong round': 'its answer is for another round',
  'round as text': 'its answer is for another round',
  'signature of another round': 'its signature is not that of the round',
  'flipped bit': 'its signature is not that of the round',
  'another chain': 'its signature is not that of the round',
  'upper-case hex': 'its signature is not 96 lower-case hex digits',
  'a byte too many': 'its signature is not 96 lower-case hex digits',
  infinity: 'its signature is not that of the round',
};

describe('the drand beacon', () => {
  const test = new TestChain();
  const genuine = test.sign(ROUND);
  const checks = new SignatureChecks();
  let now: Date;
  let relays: TestRelay[];
  let warnings: string[];
  let errors: string[];

  beforeEach(async () => {
    now = test.chain.timeOf(ROUND);
    relays = await Promise.all([1, 2].map(() => TestRelay.start({ chain: test, now: () => now })));
    [warnings, errors] = [[], []];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: string) => warnings.push(message));
    jest.spyOn(Logger.prototype, 'error').mockImplementation((message: string) => errors.push(message));
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(relays.map((relay) => relay.stop()));
  });

  afterAll(() => checks.end());

  function beaconOf(limits: Partial<DrandLimits>, given: readonly TestRelay[] = relays): DrandBeacon {
    const relayUrls = given.map(({ url }) => url);
    const clock = { now: () => now };
    return new DrandBeacon({ chain: test.chain, relayUrls, clock, limits, checks });
  }

  async function askUntilThere(beacon: DrandBeacon): Promise<Buffer> {
    for (;;) {
      const signature = await beacon.signatureOf(test.chain, ROUND);
      if (signature) return signature;
      await pause(10);
    }
  }

  const requests = () => relays.map((relay) => relay.requests.length);

  describe('with relays that work', () => {
    it('gives the signature of the round, and asks one of them only', async () => {
      expect(await beaconOf(PATIENT).signatureOf(test.chain, ROUND)).toEqual(genuine);
      expect(relays[0]?.requests).toEqual([`/${test.chain.hash}/public/${ROUND}`]);
      expect(requests()).toEqual([1, 0]);
      expect([warnings, errors]).toEqual([[], []]);
    });

    it('gives the recorded rounds of quicknet, for a draw that was opened with it', async () => {
      now = new Date();
      const [beacon, last] = [beaconOf(PATIENT), vectors.beacons.at(-1)!];
      const signature = await beacon.signatureOf(QUICKNET, last.round);
      expect(signature?.toString('hex')).toBe(last.signature);
    });

    it('asks nobody before the time of the round', async () => {
      const beacon = beaconOf(PATIENT);
      now = new Date(test.chain.timeOf(ROUND).getTime() - 1);
      expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
      expect(requests()).toEqual([0, 0]);
      now = test.chain.timeOf(ROUND);
      expect(await beacon.signatureOf(test.chain, ROUND)).toEqual(genuine);
    });

    it('asks once for all who want the same round at the same time', async () => {
      const beacon = beaconOf(PATIENT);
      const signatures = await Promise.all(Array.from({ length: 20 }, () => beacon.signatureOf(test.chain, ROUND)));
      expect(signatures).toEqual(Array(20).fill(genuine));
      expect(requests()).toEqual([1, 0]);
    });
  });

  describe.each(RELAY_FAULTS)('with a relay whose fault is: %s', (fault) => {
    const timeout = SLOW_FAULTS.includes(fault) ? SHORT : {};

    it('gives nothing, names the relay and counts', async () => {
      const [relay] = relays as [TestRelay, TestRelay];
      const beacon = beaconOf({ ...QUICK, ...timeout }, [relay]);
      relay.fault = fault;
      for (const count of [1, 2]) {
        expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
        // A line a minute.
        expect(warnings).toHaveLength(1);
        expect(warnings[0]).toContain(`Relay ${relay.host}, round ${ROUND}: ${REASONS[fault]}`);
        expect(warnings[0]).toContain('(failure 1 of this relay)');
        expect(relay.requests).toHaveLength(count);
        await pause(10);
      }
      expect(errors).toEqual([]);
      relay.fault = null;
      expect(await askUntilThere(beacon)).toEqual(genuine);
    });

    it('asks the next one, and that one first from then on', async () => {
      const [relay] = relays as [TestRelay, TestRelay];
      const beacon = beaconOf({ ...PATIENT, ...timeout });
      relay.fault = fault;
      expect(await beacon.signatureOf(test.chain, ROUND)).toEqual(genuine);
      expect(warnings.map((warning) => warning.includes(relay.host))).toEqual([true]);
      expect(await beacon.signatureOf(test.chain, ROUND)).toEqual(genuine);
      expect(requests()).toEqual([1, 2]);
    });
  });

  it('does not wait long for a silent relay: the next is asked beside it', async () => {
    relays[0]!.fault = 'silent';
    const beacon = beaconOf(QUICK);
    expect(await beacon.signatureOf(test.chain, ROUND)).toEqual(genuine);
    expect(requests()).toEqual([1, 1]);
    // It is cut off because it is not needed any more: that is not its failure.
    const before = performance.now();
    while (relays[0]?.hungUp === 0 && performance.now() - before < 5_000) await pause(5);
    expect(relays[0]?.hungUp).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('takes the answer of a relay that is slow, where the others fail meanwhile', async () => {
    const [slow, broken] = relays as [TestRelay, TestRelay];
    slow.fault = 'slow drip';
    broken.fault = 'not found';
    expect(await beaconOf(QUICK).signatureOf(test.chain, ROUND)).toEqual(genuine);
    expect(warnings.map((warning) => warning.includes(broken.host))).toEqual([true]);
  });

  it('logs nothing that a relay sent and nothing of its address but the host', async () => {
    const [relay] = relays as [TestRelay, TestRelay];
    relay.fault = 'not JSON';
    const { chain } = test;
    const limits = QUICK;
    const relayUrls = [`${relay.url}/path-with-a-key`, `http://user:hunter2@${relay.host}`];
    const beacon = new DrandBeacon({ chain, relayUrls, clock: { now: () => now }, limits, checks });
    expect(await beacon.signatureOf(chain, ROUND)).toBeNull();
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).not.toMatch(/secret words|path-with-a-key|user|hunter2/);
  });

  describe('while all relays fail', () => {
    it('pauses longer and longer, up to a cap', async () => {
      const beacon = beaconOf({ ...QUICK, firstPauseMs: 100, longestPauseMs: 200 }, relays.slice(0, 1));
      const [relay] = relays as [TestRelay, TestRelay];
      relay.fault = 'server error';
      const asked: number[] = [];
      while (asked.length < 5) {
        await beacon.signatureOf(test.chain, ROUND);
        if (relay.requests.length > asked.length) asked.push(performance.now());
        await pause(5);
      }
      const pauses = asked.slice(1).map((at, i) => at - asked[i]!);
      [100, 200, 200, 200].forEach((pauseMs, i) => {
        expect(pauses[i]).toBeGreaterThanOrEqual(pauseMs);
      });
      // Without the cap it would be 800 ms.
      expect(pauses[3]).toBeLessThan(700);
    });

    it('leaves them alone for all rounds and chains, since it is they that fail', async () => {
      const beacon = beaconOf({ ...PATIENT, firstPauseMs: 60_000, longestPauseMs: 60_000 });
      relays.forEach((relay) => (relay.fault = 'server error'));
      for (let round = ROUND - 50; round <= ROUND; round++) await beacon.signatureOf(test.chain, round);
      expect(await beacon.signatureOf(QUICKNET, 1)).toBeNull();
      expect(requests()).toEqual([1, 1]);
      expect(warnings).toHaveLength(2);
    });

    it('asks the others of them meanwhile', async () => {
      const beacon = beaconOf({ ...PATIENT, firstPauseMs: 60_000, longestPauseMs: 60_000 });
      relays[0]!.fault = 'server error';
      for (const round of [ROUND, ROUND - 1]) {
        expect(await beacon.signatureOf(test.chain, round)).toEqual(test.sign(round));
      }
      expect(requests()).toEqual([1, 2]);
    });

    it.each(['60', new Date(Date.now() + 60_000).toUTCString()])('hears Retry-After: %s', async (retryAfter) => {
      const [relay] = relays as [TestRelay, TestRelay];
      const beacon = beaconOf(QUICK, [relay]);
      relay.fault = 'too many requests';
      relay.retryAfter = retryAfter;
      for (let i = 0; i < 20; i++) {
        expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
        await pause(5);
      }
      expect(relay.requests).toHaveLength(1);
    });

    it('leaves other rounds and other chains alone where a round is missing', async () => {
      const beacon = beaconOf({ ...PATIENT, firstPauseMs: 60_000, longestRoundPauseMs: 60_000 });
      relays.forEach((relay) => (relay.fault = 'not found'));
      expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
      relays.forEach((relay) => (relay.fault = null));
      expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
      expect(await beacon.signatureOf(test.chain, ROUND - 1)).toEqual(test.sign(ROUND - 1));
      expect(await beacon.signatureOf(QUICKNET, 1)).not.toBeNull();
      expect(requests()).toEqual([3, 1]);
    });

    it('goes on within 10 s of their return', async () => {
      const beacon = beaconOf({});
      relays.forEach((relay) => (relay.fault = 'reset'));
      const until = performance.now() + 1_500;
      while (performance.now() < until) {
        expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
        await pause(50);
      }
      relays.forEach((relay) => (relay.fault = null));
      const back = performance.now();
      expect(await askUntilThere(beacon)).toEqual(genuine);
      expect(performance.now() - back).toBeLessThan(10_000);
      expect(warnings).toHaveLength(2);
    });
  });

  describe('ends', () => {
    it('at once, also with a question under way', async () => {
      const beacon = beaconOf(PATIENT);
      const own = jest.spyOn(checks, 'end').mockResolvedValue();
      relays[0]!.fault = 'silent';
      const asked = performance.now();
      const signature = beacon.signatureOf(test.chain, ROUND);
      while (requests()[0] === 0) await pause(5);
      await beacon.onModuleDestroy();
      expect(await signature).toBeNull();
      expect(performance.now() - asked).toBeLessThan(5_000);
      expect(own).toHaveBeenCalled();
      expect(await beacon.signatureOf(test.chain, ROUND)).toBeNull();
      expect(requests()).toEqual([1, 0]);
      expect([warnings, errors]).toEqual([[], []]);
    });
  });

  it('says so where a signature could not be checked, and blames no relay', async () => {
    jest.spyOn(checks, 'isGenuine').mockRejectedValueOnce(new Error('planted'));
    expect(await beaconOf(QUICK, relays.slice(0, 1)).signatureOf(test.chain, ROUND)).toBeNull();
    expect(errors).toEqual([`The signature of round ${ROUND} could not be checked.`]);
    expect(warnings).toEqual([]);
  });
});

import fc from 'fast-check';
import { ClockFilter, ClockSample } from '../../../src/platform/database/clock-filter';

/** What doubles lose of an instant of today in milliseconds. */
const ROUNDING_MS = 0.002;
const KEPT = 8;
const SECOND = 1_000;

/** A reading that was asked for at this local instant, and how long question and answer took. */
interface Asked {
  readonly atMs: number;
  readonly thereMs: number;
  readonly backMs: number;
}

const delayMs = fc.double({ min: 0, max: 100, noNaN: true });
const offsetMs = fc.double({ min: -2e12, max: 2e12, noNaN: true });
const onePerSecond = fc
  .array(fc.record({ thereMs: delayMs, backMs: delayMs }), { minLength: 1, maxLength: 30 })
  .map((delays) => delays.map((one, i): Asked => ({ ...one, atMs: i * SECOND })));
const atAnyTime = fc
  .array(fc.record({ atMs: fc.double({ min: 0, max: 20_000, noNaN: true }), thereMs: delayMs, backMs: delayMs }), {
    minLength: 1,
    maxLength: 100,
  })
  .map((readings) => readings.toSorted((a, b) => arrival(a) - arrival(b)));

const arrival = ({ atMs, thereMs, backMs }: Asked) => atMs + thereMs + backMs;
const roundTrip = ({ thereMs, backMs }: Asked) => thereMs + backMs;

/** The sample that comes of it where the remote clock shows this at this local instant. */
function sampleOf(asked: Asked, remote: (localMs: number) => number): ClockSample {
  return { sentMs: asked.atMs, remoteMs: remote(asked.atMs + asked.thereMs), receivedMs: arrival(asked) };
}

function filterOf(readings: readonly Asked[], remote: (localMs: number) => number): ClockFilter {
  const filter = new ClockFilter();
  for (const asked of readings) filter.add(sampleOf(asked, remote));
  return filter;
}

const ahead = (offset: number) => (localMs: number) => localMs + offset;
const fair = (atMs: number, delay = 1): Asked => ({ atMs, thereMs: delay / 2, backMs: delay / 2 });

describe('the estimate of another clock', () => {
  it('does not exist before the first reading', () => {
    expect(new ClockFilter().offsetMs).toBeNull();
  });

  it('takes the other clock to have been read at the middle of the round trip', () => {
    const filter = new ClockFilter();
    filter.add({ sentMs: 100, remoteMs: 5_000, receivedMs: 130 });
    expect(filter.offsetMs).toBe(5_000 - 115);
  });

  it('is off by at most half of the smallest round trip among the last eight, whatever the delays', () => {
    fc.assert(
      fc.property(onePerSecond, offsetMs, (readings, offset) => {
        const smallest = Math.min(...readings.slice(-KEPT).map(roundTrip));
        const errorMs = Math.abs((filterOf(readings, ahead(offset)).offsetMs as number) - offset);
        expect(errorMs).toBeLessThanOrEqual(smallest / 2 + ROUNDING_MS);
      }),
    );
  });

  it('is as good where any number of readings come in a second, in any order', () => {
    fc.assert(
      fc.property(atAnyTime, offsetMs, (readings, offset) => {
        const newest = Math.max(...readings.map(({ atMs }) => atMs));
        const recent = readings.filter(
          ({ atMs }) => Math.floor(atMs / SECOND) > Math.floor(newest / SECOND) - KEPT / 2,
        );
        const errorMs = Math.abs((filterOf(readings, ahead(offset)).offsetMs as number) - offset);
        expect(errorMs).toBeLessThanOrEqual(Math.min(...recent.map(roundTrip)) / 2 + ROUNDING_MS);
      }),
    );
  });

  it('keeps the good reading of a second in which hundreds of bad ones follow', () => {
    const bad = Array.from({ length: 300 }, (_, i): Asked => ({ atMs: 10 + i, thereMs: 0, backMs: 80 }));
    expect(filterOf([fair(0), ...bad], ahead(7)).offsetMs).toBeCloseTo(7, 6);
  });

  it('never contradicts the newest reading, whatever the clocks do', () => {
    const jump = fc.double({ min: -200, max: 200, noNaN: true });
    fc.assert(
      fc.property(onePerSecond, fc.array(jump, { minLength: 30, maxLength: 30 }), (readings, jumps) => {
        const filter = new ClockFilter();
        let offset = 0;
        readings.forEach((asked, i) => {
          offset += jumps[i] as number;
          const { sentMs, remoteMs, receivedMs } = sampleOf(asked, ahead(offset));
          filter.add({ sentMs, remoteMs, receivedMs });
          expect(filter.offsetMs! + receivedMs).toBeGreaterThanOrEqual(remoteMs - ROUNDING_MS);
          expect(filter.offsetMs! + sentMs).toBeLessThanOrEqual(remoteMs + ROUNDING_MS);
        });
      }),
    );
  });

  it('follows a step that no round trip explains with the first reading after it', () => {
    const far = fc.oneof(
      fc.double({ min: 250, max: 1e11, noNaN: true }),
      fc.double({ min: -1e11, max: -250, noNaN: true }),
    );
    fc.assert(
      fc.property(onePerSecond, far, delayMs, delayMs, (readings, step, thereMs, backMs) => {
        const filter = filterOf(readings, ahead(0));
        const after = { atMs: readings.length * SECOND, thereMs, backMs };
        filter.add(sampleOf(after, ahead(step)));
        expect(Math.abs(filter.offsetMs! - step)).toBeLessThanOrEqual(roundTrip(after) / 2 + ROUNDING_MS);
      }),
    );
  });

  it('follows a step that hides in a long round trip as soon as a short one comes', () => {
    const filter = filterOf([fair(0)], ahead(0));
    filter.add(sampleOf({ atMs: SECOND, thereMs: 40, backMs: 40 }, ahead(20)));
    expect(filter.offsetMs).toBeLessThan(1);
    filter.add(sampleOf(fair(2 * SECOND, 4), ahead(20)));
    expect(filter.offsetMs).toBeCloseTo(20, 6);
  });

  it('follows a step that all round trips could explain after eight readings', () => {
    const filter = filterOf([{ atMs: 0, thereMs: 15, backMs: 15 }], ahead(0));
    for (let i = 1; i <= KEPT; i++) filter.add(sampleOf(fair(i * SECOND, 40), ahead(10)));
    expect(filter.offsetMs).toBeCloseTo(10, 6);
  });

  it('is not thrown back by an answer from before a step that arrives after it', () => {
    const filter = filterOf([fair(0)], ahead(0));
    filter.add(sampleOf(fair(1_010), ahead(60_000)));
    filter.add(sampleOf({ atMs: SECOND, thereMs: 1, backMs: 50 }, ahead(0)));
    expect(filter.offsetMs).toBeCloseTo(60_000, 6);
  });

  it('takes drift for no step: a good reading outlasts bad ones, and the error stays that of both', () => {
    const drift = fc.double({ min: -400e-6, max: 400e-6, noNaN: true });
    fc.assert(
      fc.property(onePerSecond, drift, (readings, ppm) => {
        const remote = (localMs: number) => localMs * (1 + ppm);
        const filter = filterOf(readings, remote);
        const now = arrival(readings.at(-1) as Asked);
        const smallest = Math.min(...readings.slice(-KEPT).map(roundTrip));
        const errorMs = Math.abs(filter.offsetMs! + now - remote(now));
        expect(errorMs).toBeLessThanOrEqual(smallest / 2 + Math.abs(ppm) * (KEPT * SECOND + 200) + ROUNDING_MS);
      }),
    );
  });
});

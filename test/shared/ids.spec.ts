import { UuidV7Ids } from '../../src/platform/randomness/uuid-v7-ids';

const NOON = new Date('2026-11-21T12:00:00.000Z');
const later = (ms: number) => new Date(NOON.getTime() + ms);

describe('ids', () => {
  const ids = new UuidV7Ids();

  it('are UUIDs of version 7 whose time is the given one', () => {
    const id = ids.next(NOON);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(timeOf(id)).toBe(NOON.getTime());
  });

  it('have the present time where none is given', () => {
    const before = Date.now();
    const time = timeOf(ids.next());
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('ascend within a millisecond', () => {
    const made = Array.from({ length: 10_000 }, () => ids.next(NOON));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('ascend within a millisecond also where another came between', () => {
    const made = Array.from({ length: 10_000 }, (_, i) => ids.next(later(i % 3)));
    for (const ms of [0, 1, 2]) {
      const within = made.filter((_, i) => i % 3 === ms);
      expect(within.toSorted()).toEqual(within);
    }
  });

  it('ascend within a millisecond also where the counter would have come to its end', () => {
    const worn = new UuidV7Ids();
    Object.assign(worn, { count: 2 ** 32 - 2 });
    const made = Array.from({ length: 10 }, () => worn.next(NOON));
    expect(made.toSorted()).toEqual(made);
  });

  it('of two processes differ', () => {
    const other = new UuidV7Ids();
    const made = Array.from({ length: 10_000 }, (_, i) => (i % 2 ? ids : other).next(NOON));
    expect(new Set(made).size).toBe(made.length);
  });

  it('of two processes differ also where their counters are the same, by 42 random bits of each id', () => {
    const two = [new UuidV7Ids(), new UuidV7Ids()];
    for (const each of two) Object.assign(each, { count: 7 });
    const tails = two.flatMap((each) => Array.from({ length: 1_000 }, () => each.next(NOON).slice(-10)));
    expect(new Set(tails).size).toBe(2_000);
  });
});

function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

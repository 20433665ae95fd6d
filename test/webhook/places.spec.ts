import { Places } from '../../src/webhook/infrastructure/places';

describe('the places of attempts', () => {
  let places: Places;
  beforeEach(() => (places = new Places()));

  /** Fills all places that these webhooks may have, as if each had deliveries without end. */
  const fill = (webhooks: readonly string[]): Record<string, number> => {
    const taken: Record<string, number> = {};
    for (let isAny = true; isAny;) {
      const busy = new Set(places.busy());
      const next = webhooks.filter((id) => !busy.has(id)).slice(0, places.free);
      for (const id of next) {
        places.take(id);
        taken[id] = (taken[id] ?? 0) + 1;
      }
      isAny = next.length > 0;
    }
    return taken;
  };
  const named = (count: number) => Array.from({ length: count }, (_, i) => `webhook ${i}`);

  it('are four for one webhook', () => {
    expect(fill(['one'])).toEqual({ one: 4 });
  });

  it('are one at least for each of a hundred, whatever the others have taken', () => {
    for (let earlier = 1; earlier < 100; earlier++) {
      places = new Places();
      fill(named(earlier));
      expect([earlier, places.free >= 100 - earlier, places.busy().includes('late')]).toEqual([earlier, true, false]);
    }
    expect(Object.values(fill(named(100))).every((taken) => taken >= 1)).toBe(true);
  });

  it('are 128 at most', () => {
    const taken = fill(named(100));
    expect(Object.values(taken).reduce((sum, one) => sum + one)).toBe(128);
  });

  it('go to those whose turn is longest ago', () => {
    fill(named(100));
    const second = (id: string) => !places.busy().includes(id);
    const turns: string[] = [];
    for (let i = 0; i < 40; i++) {
      // Of those that hold two, one ends; another one has its turn.
      const id = `webhook ${i % 28}`;
      places.giveBack(id);
      const next = named(100).filter(second);
      expect(next).toHaveLength(1);
      turns.push(next[0]!);
      places.take(next[0]!);
    }
    expect(new Set(turns).size).toBe(40);
  });

  it('are free again when an attempt has ended', () => {
    fill(['one']);
    for (let i = 0; i < 4; i++) places.giveBack('one');
    expect([places.free, places.busy()]).toEqual([128, []]);
  });
});

import { keepKey, keptKeys, standingOf } from '../../web/verify/known-keys';

describe('the key from before', () => {
  it('is first seen, then the same, and a change is told with the one that was kept', () => {
    const storage = memory();
    expect(standingOf('a', keptKeys(storage))).toEqual({ kind: 'first' });
    keepKey(storage, 'a', '2026-11-30');
    keepKey(storage, 'a', '2026-12-01');
    expect(standingOf('a', keptKeys(storage))).toEqual({ kind: 'same', since: '2026-11-30' });
    expect(standingOf('b', keptKeys(storage))).toEqual({ kind: 'changed', kept: { key: 'a', since: '2026-11-30' } });
    keepKey(storage, 'b', '2026-12-02');
    expect(keptKeys(storage).map(({ key }) => key)).toEqual(['b', 'a']);
  });

  it('is a change, too, if it is an older one, until that is believed again', () => {
    const storage = memory();
    keepKey(storage, 'a', '2026-11-30');
    keepKey(storage, 'b', '2026-12-02');
    expect(standingOf('a', keptKeys(storage))).toEqual({ kind: 'changed', kept: { key: 'b', since: '2026-12-02' } });
    keepKey(storage, 'a', '2026-12-03');
    expect(standingOf('a', keptKeys(storage))).toEqual({ kind: 'same', since: '2026-11-30' });
    expect(standingOf('b', keptKeys(storage))).toEqual({ kind: 'changed', kept: { key: 'a', since: '2026-11-30' } });
  });

  it('is compared with those of its own name, where there are any', () => {
    const storage = memory();
    keepKey(storage, 'lottery.one+1', '2026-11-30');
    keepKey(storage, 'lottery.two+2', '2026-12-02');
    expect(standingOf('lottery.one+1', keptKeys(storage))).toEqual({ kind: 'same', since: '2026-11-30' });
    expect(standingOf('lottery.one+3', keptKeys(storage))).toMatchObject({ kept: { key: 'lottery.one+1' } });
    expect(standingOf('lottery.six+6', keptKeys(storage))).toMatchObject({ kept: { key: 'lottery.two+2' } });
  });

  it.each(['', '7', 'null', '[null, 3]', '[{"key": 1}]'])('is none where "%s" is stored', (stored) => {
    expect(keptKeys({ ...memory(), getItem: () => stored })).toEqual([]);
  });

  it('is none, and nothing breaks, without a storage or with a full one', () => {
    keepKey(null, 'a', '2026-11-30');
    const full = { getItem: () => null, setItem: () => raise('full') };
    keepKey(full, 'a', '2026-11-30');
    expect(keptKeys(full)).toEqual([]);
  });
});

function raise(message: string): never {
  throw new Error(message);
}

function memory() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
}

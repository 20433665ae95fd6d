import { h, type VNode } from 'preact';
import { useBelievedKeys } from '../../web/verify/believed-keys';
import { CheckAddresses } from '../../web/verify/check-addresses';
import { CheckFiles } from '../../web/verify/check-files';
import { KeyField } from '../../web/verify/key-field';
import { verify as words } from '../../web/words/en/verify';
import { BuiltDraw } from './bundle-builder';
import { shown, type StubNode, StubWorker } from './page-stub';

const reader = { language: 'en', words, verifierLines: {} };
const draw = new BuiltDraw();
const STORED_AS = 'verifier-keys';

let workers: StubWorker[];
let stored: Map<string, string>;
let fetched: jest.SpyInstance;

beforeEach(() => {
  workers = [];
  stored = new Map();
  useStorage((name, value) => void stored.set(name, value));
  fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response(`${draw.key}\n`)));
});

afterEach(() => {
  delete (globalThis as { localStorage?: unknown }).localStorage;
  jest.restoreAllMocks();
});

describe('the key of the service', () => {
  it('is kept, and the page says so', async () => {
    const page = await shown(ofDay());
    expect(page.text).toContain(words.key.first);
    expect(stored.get(STORED_AS)).toContain(draw.key);
  });

  it.each<[string, () => void]>([
    ['there is no storage', () => delete (globalThis as { localStorage?: unknown }).localStorage],
    ['the storage is full', () => useStorage(() => raise('full'))],
    ['the storage forgets', () => useStorage(() => undefined)],
  ])('is not said to be kept where %s', async (_, spoil) => {
    spoil();
    const page = await shown(ofDay());
    expect(page.text).toContain(words.key.notKept);
    expect(page.text).not.toContain(words.key.first);
  });

  it('is shouted about if it is an older one again', async () => {
    stored.set(STORED_AS, JSON.stringify([known('lottery.example+newer'), known(draw.key)]));
    const page = await shown(ofDay());
    expect(page.text).toContain(words.key.changed);
    await button(page, words.key.accept).tell('click');
    expect(page.text).not.toContain(words.key.changed);
    expect((await shown(ofDay())).text).toContain('the same as on January 31, 2026');
  });

  it('is asked for again at the next press, if there was no answer', async () => {
    fetched.mockRejectedValueOnce(new TypeError('no network')).mockResolvedValueOnce(new Response('', { status: 503 }));
    const page = await shown(ofDay());
    expect(page.text).toContain(words.key.noAnswer);
    expect(page.text).not.toContain(words.key.needed);
    await button(page, words.run.check).tell('click');
    expect(page.text).toContain(words.key.needed);
    expect(workers).toHaveLength(0);
    await button(page, words.run.check).tell('click');
    expect(page.text).not.toContain(words.key.noAnswer);
    expect(page.text).not.toContain(words.key.needed);
    expect(workers[0]?.request).toMatchObject({ keys: [draw.key] });
  });

  it('is asked for again by a button of its own', async () => {
    fetched.mockResolvedValueOnce(new Response('\n'));
    const page = await shown(ofDay());
    await button(page, words.key.ask).tell('click');
    expect(page.text).toContain(words.key.first);
    expect(workers).toHaveLength(0);
  });

  it('is waited for, but not for ever', async () => {
    const limit = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    fetched.mockImplementation((_: string, { signal }: RequestInit = {}) => {
      return new Promise((__, fail) => signal?.addEventListener('abort', () => fail(new Error('too late'))));
    });
    const page = await shown(ofDay({ pressed: true }));
    expect(page.text).toContain(words.key.asking);
    limit.abort();
    await shown(ofDay({ pressed: true }), page);
    expect(page.text).not.toContain(words.key.asking);
    expect(page.text).toContain(words.key.noAnswer);
    expect(page.text).toContain(words.key.needed);
    expect(timeout).toHaveBeenCalledWith(10_000);
  });
});

describe('a day that is not chosen', () => {
  it('is asked for, and nothing starts by itself once it is chosen', async () => {
    const page = await shown(ofDay({ date: '' }));
    expect(page.text).not.toContain(words.ofDay.missing);
    await button(page, words.run.check).tell('click');
    expect(page.text).toContain(words.ofDay.missing);
    await shown(ofDay(), page);
    expect(page.text).not.toContain(words.ofDay.missing);
    expect(workers).toHaveLength(0);
  });
});

describe('a key that is typed into the page that is one file', () => {
  let page: StubNode;

  beforeEach(async () => {
    page = await shown(h(OneFile, {}));
    await page.all('textarea')[0]!.tell('input', { currentTarget: { value: draw.key } });
    await page.all('label')[0]!.tell('drop', { dataTransfer: { files: [new File([draw.json], 'bundle.json')] } });
    await page.all('form')[0]!.tell('submit');
  });

  it.each([
    ['a report that fails', { kind: 'report', report: { valid: false, checks: [] }, lines: [], key: draw.key }],
    ['no report', { kind: 'unusable', reason: 'malformed' }],
  ])('is not kept after %s', async (_, answer) => {
    await workers[0]!.answer(answer);
    expect(page.text).toContain(words.key.toKeep);
    expect(stored.size).toBe(0);
  });

  it('is kept after a valid report, whose verdict stays', async () => {
    expect(page.text).toContain(words.key.toKeep);
    expect(stored.size).toBe(0);
    await workers[0]!.answer({ kind: 'report', report: { valid: true, checks: [] }, lines: [], key: draw.key });
    expect(stored.get(STORED_AS)).toContain(draw.key);
    expect(page.text).toContain(words.key.first);
    expect(page.text).toContain(words.verdict.holds);
  });
});

interface OfDayProps {
  readonly date?: string;
  readonly pressed?: boolean;
}

function ofDay(props: OfDayProps = {}): VNode<OfDayProps> {
  return h<OfDayProps>(OfDay, props);
}

function OfDay({ date = '2026-11-21', pressed = false }: OfDayProps) {
  const keys = useBelievedKeys('/verifier-key');
  return [h(KeyField, { keys, reader }), h(CheckAddresses, { date, keys, startWorker, reader, pressed })];
}

function OneFile() {
  const keys = useBelievedKeys(undefined);
  return h(CheckFiles, { keys, startWorker, reader }, h(KeyField, { keys, reader }));
}

function startWorker(): Worker {
  const worker = new StubWorker();
  workers.push(worker);
  return worker as unknown as Worker;
}

function button(page: StubNode, text: string): StubNode {
  return page.all('button').find((one) => one.text === text) ?? raise(`no button "${text}"`);
}

function known(key: string): object {
  return { key, since: '2026-01-31' };
}

function useStorage(setItem: (name: string, value: string) => void): void {
  const localStorage = { getItem: (name: string) => stored.get(name) ?? null, setItem };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
}

function raise(message: string): never {
  throw new Error(message);
}

import { h } from 'preact';
import { type BelievedKeys, useBelievedKeys } from '../../web/verify/believed-keys';
import { CheckAddresses } from '../../web/verify/check-addresses';
import { CheckFiles } from '../../web/verify/check-files';
import { KeyField } from '../../web/verify/key-field';
import { fill } from '../../web/verify/reader';
import { verify as words } from '../../web/words/en/verify';
import { BuiltDraw } from './bundle-builder';
import { shown, type StubNode, StubWorker } from './page-stub';

const reader = { language: 'en', words, verifierLines: {} };
const draw = new BuiltDraw();
const holds = { kind: 'report', report: { valid: true, checks: [] }, lines: [], key: draw.key, named: draw.key };

let workers: StubWorker[];
/** What is done to a worker that starts. */
let spoiling: (worker: StubWorker) => void;
let stored: Map<string, string>;

beforeEach(() => {
  workers = [];
  spoiling = () => undefined;
  stored = new Map();
  keep((name, value) => void stored.set(name, value));
});

afterEach(() => {
  delete (globalThis as { localStorage?: unknown }).localStorage;
});

describe('a check of files', () => {
  let page: StubNode;

  beforeEach(async () => {
    page = await shown(h(OneFile, {}));
    await type(draw.key);
    await drop(new File([draw.json], 'bundle.json'));
    await page.all('form')[0]!.tell('submit');
  });

  it('shows the verdict of what was given', async () => {
    await workers[0]!.answer(holds);
    expect(page.text).toContain(words.verdict.holds);
  });

  const changes: [string, () => Promise<void>][] = [
    ['another bundle is dropped', () => drop(new File([draw.json], 'forged-bundle.json'))],
    ['a list is added', () => drop(new File([draw.ballots], 'ballots.txt'))],
    ['what is dropped is none of the four', () => drop(new File(['sun'], 'holiday.jpg'))],
    ['a file is removed', () => page.all('li')[0]!.all('button')[0]!.tell('click')],
    ['another key is typed', () => type(`${draw.key}x`)],
  ];

  it.each(changes)('stops, and says nothing more, once %s', async (_, change) => {
    await change();
    expect(workers[0]!.isEnded).toBe(true);
    await workers[0]!.answer(holds);
    expect(page.text).not.toContain(words.run.starting);
    expect(page.text).not.toContain(words.verdict.holds);
  });

  it.each(changes)('takes its verdict away once %s', async (_, change) => {
    await workers[0]!.answer(holds);
    await change();
    expect(page.text).not.toContain(words.verdict.holds);
  });

  it.each<[string, (worker: StubWorker) => void]>([
    ['cannot be started', () => raise('no workers here')],
    ['does not take the request', (worker) => (worker.postMessage = () => raise('no workers here'))],
  ])('says so if the worker %s', async (_, spoil) => {
    spoiling = spoil;
    await page.all('form')[0]!.tell('submit');
    expect(page.text).toContain(fill(words.run.unusable, { reason: 'Error: no workers here' }));
  });

  it('says so if the answer cannot be read', async () => {
    workers[0]!.onmessageerror?.({});
    await workers[0]!.answer({ kind: 'progress', lines: 1, total: 2 });
    expect(workers[0]!.isEnded).toBe(true);
    expect(page.text).toContain('The check could not begin: ');
  });

  it('does not bring a verdict back with the key that it was of', async () => {
    await workers[0]!.answer(holds);
    await type(`${draw.key}x`);
    await type(draw.key);
    expect(page.text).not.toContain(words.verdict.holds);
  });

  function type(value: string): Promise<void> {
    const [field] = page.all('textarea');
    return field!.tell('input', { currentTarget: { value } });
  }

  function drop(...files: File[]): Promise<void> {
    return page.all('label')[0]!.tell('drop', { dataTransfer: { files } });
  }
});

describe('a check of a day', () => {
  it.each([
    ['the day', '2026-11-22', [draw.key]],
    ['the key', '2026-11-21', [draw.key, 'lottery.other']],
  ])('stops, and takes its verdict away, once %s is another', async (_, date, keys) => {
    const page = await shown(h(OfDay, { date: '2026-11-21', keys: [draw.key] }));
    await page.all('button')[0]!.tell('click');
    await shown(h(OfDay, { date, keys }), page);
    expect(workers[0]!.isEnded).toBe(true);
    await page.all('button')[0]!.tell('click');
    await workers[1]!.answer(holds);
    expect(page.text).toContain(words.verdict.holds);
    await shown(h(OfDay, { date: '2026-11-21', keys: [draw.key] }), page);
    expect(page.text).not.toContain(words.verdict.holds);
  });
});

function OfDay({ date, keys }: { readonly date: string; readonly keys: readonly string[] }) {
  const believed: BelievedKeys = { ...useBelievedKeys(undefined), keys };
  return h(CheckAddresses, { date, keys: believed, startWorker, reader });
}

/** The page that is one file. */
function OneFile() {
  const keys = useBelievedKeys(undefined);
  return h(CheckFiles, { keys, startWorker, reader }, h(KeyField, { keys, reader }));
}

function startWorker(): Worker {
  const worker = new StubWorker();
  spoiling(worker);
  workers.push(worker);
  return worker as unknown as Worker;
}

function keep(setItem: (name: string, value: string) => void): void {
  const localStorage = { getItem: (name: string) => stored.get(name) ?? null, setItem };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
}

function raise(message: string): never {
  throw new Error(message);
}

import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastSha256 } from '../../web/verify/fast-sha256';
import { proofLines } from '../../web/verify/proof-lines';
import {
  answerRequest,
  type ReportAnswer,
  type VerifyAnswer,
  type VerifyRequest,
} from '../../web/verify/verify-request';
import { verify as en } from '../../web/words/en/verify';
import { verify as es } from '../../web/words/es/verify';
import { verifierLines } from '../../web/words/es/verifier-lines';
import { type Bundle, BuiltDraw } from './bundle-builder';
import { TestSigner } from './test-signer';

const texts = jest.requireActual<Record<string, string | Record<string, string>>>('../../verifier/core/texts.mjs');
const draw = new BuiltDraw({ ballots: 50 });
/** Valid, of the same name, and of somebody else. */
const foreignKey = new TestSigner('lottery.example', 'test key of somebody else').verifierKey;
const honest = { bundle: blob(draw.json), ballots: blob(draw.ballots), keys: [draw.key] };
const english = { language: 'en', words: en, verifierLines: {} };
const spanish = { language: 'es', words: es, verifierLines };

describe('the hash of the browser', () => {
  it('is SHA-256 for 10,000 messages of all lengths up to some blocks, and for long ones', () => {
    const lengths = Array.from({ length: 10_000 }, (_, i) => (i < 9_990 ? i % 333 : 2 ** 20 + i));
    for (const message of lengths.map((length) => randomBytes(length))) {
      const digest = Buffer.from(fastSha256(message)).toString('hex');
      expect(digest).toBe(createHash('sha256').update(message).digest('hex'));
    }
  });
});

describe('a verification in the browser', () => {
  const forgeries: [string, Partial<VerifyRequest>][] = [
    ['an honest draw', {}],
    ['no list', { ballots: undefined! }],
    ['a receipt and no list', { ballots: undefined!, receipt: json(draw.receipt(3)) }],
    ['a receipt and its proof', { ballots: undefined!, receipt: json(draw.receipt(3)), proof: json(draw.proof(3)) }],
    ['a receipt and the list', { receipt: json(draw.receipt(3)) }],
    ['a byte of the list', { ballots: blob(draw.ballots.replace('1', '2')) }],
    ['a line of the list left out', { ballots: blob(draw.ballots.slice(draw.ballots.indexOf('\n') + 1)) }],
    ['a ballot id of the list', { ballots: blob(draw.ballots.replace(/(?<=^7 )./m, (digit) => flipped(digit))) }],
    ['more winners', { bundle: changed((bundle) => (bundle.open = bundle.open.replace('winners 1', 'winners 2'))) }],
    ['another candidate', { bundle: changed(({ candidates }) => candidates[0]!.j++) }],
    ['another key', { keys: [foreignKey] }],
    ['no bundle', { bundle: blob('{}') }],
    ['a draw to come', { bundle: blob(new BuiltDraw({ ballots: 50, undrawn: true }).json) }],
  ];

  it.each(forgeries)('says the same as the command line of %s', async (_, changes) => {
    const request = defined({ ...honest, ...changes });
    const answer = await finalAnswer(request);
    const { lines } = answer as ReportAnswer;
    expect(lines).not.toHaveLength(0);
    expect(lines).toEqual(await commandLine(request));
    expect(shown(answer as ReportAnswer)).toEqual(lines);
  });

  it('tells how far it is', async () => {
    const answers = await answersTo(honest);
    expect(answers.filter(({ kind }) => kind === 'progress').at(-1)).toMatchObject({ lines: 50, total: 50 });
    expect(answers.at(-1)).toMatchObject({ kind: 'report', key: draw.key, named: draw.key });
  });

  it('believes of several keys the one that the bundle names, and the first where it names another', async () => {
    const otherKey = new TestSigner('lottery.other').verifierKey;
    expect(await finalAnswer({ ...honest, keys: [foreignKey, draw.key] })).toMatchObject({
      report: { valid: true },
      key: draw.key,
    });
    expect(await finalAnswer({ ...honest, keys: [otherKey, foreignKey] })).toMatchObject({
      report: { valid: false },
      key: otherKey,
      named: draw.key,
    });
  });

  it('does not begin with a malformed key', async () => {
    const keys = ['lottery.example+00000000+AA=='];
    expect(await finalAnswer({ ...honest, keys })).toEqual({ kind: 'unusable', reason: expect.stringMatching(/key/) });
  });

  it('ends with words whatever goes wrong', async () => {
    const odd = { stream: () => raise('no streams here') } as unknown as Blob;
    expect(await finalAnswer({ ...honest, bundle: odd })).toEqual({
      kind: 'unusable',
      reason: 'Error: no streams here',
    });
    const answers: VerifyAnswer[] = [];
    await answerRequest(honest, (answer) => {
      if (answer.kind === 'report') raise('it cannot be posted');
      answers.push(answer);
    });
    expect(answers.at(-1)).toEqual({ kind: 'unusable', reason: 'Error: it cannot be posted' });
  });

  it('does not begin with a file that cannot be read, and names it', async () => {
    const broken = { name: 'ballots.txt', stream: () => failing() } as unknown as Blob;
    expect(await finalAnswer({ ...honest, ballots: broken })).toEqual({
      kind: 'unusable',
      reason: 'ballots.txt: the disk is gone',
    });
  });
});

describe('the lines in Spanish', () => {
  it('have every sentence of the verifier', () => {
    const sentences = Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : Object.values(text)));
    for (const sentence of sentences) expect(Object.keys(verifierLines)).toContain(sentence);
  });

  it('are whole, with the reason alone in English', async () => {
    const good = await finalAnswer(honest);
    const bad = await finalAnswer({ ...honest, ballots: blob('') });
    const lines = [good, bad].flatMap((answer) => proofLines(answer as ReportAnswer, spanish));
    for (const { text } of lines) expect(text).not.toMatch(/\b(the|ballot|draw|player|was)\b/);
    expect(lines.find(({ status }) => status === 'failed')).toMatchObject({
      label: 'FALLA',
      reason: 'the list has 0 ballots, the seal note 50',
    });
    expect(lines.find(({ text }) => text.startsWith('Ganador'))?.text).toMatch(/^Ganador 1: papeleta .+ puesto \d+$/);
  });
});

function shown(answer: ReportAnswer): string[] {
  return proofLines(answer, english).map(({ label, text, reason }) => `${label}${text}${reason}`);
}

async function answersTo(request: VerifyRequest): Promise<VerifyAnswer[]> {
  const answers: VerifyAnswer[] = [];
  await answerRequest(request, (answer) => answers.push(answer));
  return answers;
}

async function finalAnswer(request: VerifyRequest): Promise<VerifyAnswer> {
  return (await answersTo(request)).at(-1)!;
}

/** What verifier/verify.mjs prints for the same files. */
async function commandLine({ keys, ...files }: VerifyRequest): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'in-browser-'));
  try {
    const paths: Record<string, string> = {};
    for (const [name, file] of Object.entries(files as Record<string, Blob>)) {
      paths[name] = join(folder, name);
      await writeFile(paths[name], await file.text());
    }
    const { bundle, ballots, receipt, proof } = paths;
    const args = ['verifier/verify.mjs', bundle!, ...(ballots ? [ballots] : []), '--key', keys[0]!];
    if (receipt) args.push('--receipt', receipt);
    if (proof) args.push('--proof', proof);
    const printed = await new Promise<string>((done) => execFile(process.execPath, args, (__, stdout) => done(stdout)));
    return printed.split('\n').slice(0, -1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function changed(change: (bundle: Bundle) => unknown): Blob {
  const bundle = structuredClone(draw.bundle);
  change(bundle);
  return json(bundle);
}

function defined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function blob(text: string): Blob {
  return new Blob([text]);
}

function json(value: object): Blob {
  return blob(JSON.stringify(value));
}

function flipped(digit: string): string {
  return digit === '0' ? '1' : '0';
}

function failing(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: () => raise('the disk is gone') });
}

function raise(message: string): never {
  throw new Error(message);
}

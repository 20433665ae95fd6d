import { reportLines, verify } from '../../verifier/core/verify.mjs';
import { BuiltDraw } from './bundle-builder';
import { TestSigner } from './test-signer';
import { failureOf, verifyDraw } from './verify-draw';

const draw = new BuiltDraw({ ballots: 100, players: 40, winners: 2 });
const drawn = draw.bundle.candidates.map(({ line }) => Number(line.split(' ')[0]));
const [winning = -1] = drawn;
const other = [17, 18].find((index) => !drawn.includes(index)) ?? -1;
const MINE = { step: 'my-ballot', text: 'your ballot is in the draw' };

const withReceipt = (receipt: unknown, given: { proof?: unknown; list?: null } = {}) =>
  verifyDraw(draw, {
    receipt: JSON.stringify(receipt),
    ...('proof' in given && { proof: JSON.stringify(given.proof) }),
    ...('list' in given && { list: null }),
  });

describe('a receipt', () => {
  it.each([0, 1, 63, 64, 99])('finds ballot %i in the list', async (index) => {
    for (const size of new Set([index + 1, 100])) {
      const report = await withReceipt(draw.receipt(index, size));
      expect(failureOf(report)).toBeNull();
      expect(report.checks).toContainEqual({ ...MINE, status: 'checked' });
    }
  });

  it('finds the ballot by its proof', async () => {
    const report = await withReceipt(draw.receipt(other), { proof: draw.proof(other), list: null });
    expect(failureOf(report)).toBeNull();
    expect(report.checks).toContainEqual({ ...MINE, status: 'checked' });
  });

  it('finds the ballot among the candidates', async () => {
    const report = await withReceipt(draw.receipt(winning), { list: null });
    expect(report.checks).toContainEqual({ ...MINE, status: 'checked' });
  });

  it('is not enough for a ballot that was not drawn', async () => {
    const report = await withReceipt(draw.receipt(other), { list: null });
    expect(report.valid).toBe(true);
    expect(reportLines(report)).toContain('NOT CHECKED your ballot is in the draw: give ballots.txt or --proof');
  });

  it('finds the ballot in a draw that is not drawn yet', async () => {
    const sealed = new BuiltDraw({ undrawn: true });
    const report = await verifyDraw(sealed, { receipt: JSON.stringify(sealed.receipt(3, 7)) });
    expect(report.checks).toContainEqual({ ...MINE, status: 'checked' });
  });

  const receipt = draw.receipt(other);
  const signer = new TestSigner('lottery.example');
  const body = receipt.checkpoint.slice(0, receipt.checkpoint.indexOf('\n\n') + 1);
  const signed = (change: (text: string) => string) => ({ ...receipt, checkpoint: signer.sign(change(body)) });
  it.each([
    ['no object', [], 'it is not a JSON object'],
    ['no line', { ...receipt, line: undefined }, 'it lacks line, index or checkpoint'],
    ['its index as a text', { ...receipt, index: '17' }, 'it lacks line, index or checkpoint'],
    ['another index', { ...receipt, index: 3 }, 'its index is not that of its line'],
    ['a malformed line', { ...receipt, line: `${receipt.line} ` }, 'the line is no ballot'],
    [
      'another signature',
      { ...receipt, checkpoint: new TestSigner('lottery.example', 'x').sign(body) },
      'no signature has the name and id',
    ],
    ['a checkpoint that is none', { ...receipt, checkpoint: '' }, 'it has no text'],
    [
      'the log of another draw',
      signed((text) => text.replace('draws/0', 'draws/1')),
      'the checkpoint is of another log',
    ],
    [
      'a tree without the ballot',
      signed((text) => text.replace(`\n${other + 1}\n`, `\n${other}\n`)),
      'its checkpoint is of a tree without',
    ],
    [
      'a larger tree',
      signed((text) => text.replace(`\n${other + 1}\n`, '\n101\n')),
      'its checkpoint is of a larger tree',
    ],
    [
      'a size like 018',
      signed((text) => text.replace(`\n${other + 1}\n`, `\n0${other + 1}\n`)),
      'the size of the checkpoint',
    ],
    ['a root that is none', signed((text) => text.replace(/\S+\n$/, 'AAAA\n')), 'the root of the checkpoint'],
    ['an empty line', signed((text) => `${text}\nmore\n`), 'the checkpoint has an empty line'],
  ])('is refused: %s', async (_, malformed, reason) => {
    expect(failureOf(await withReceipt(malformed))).toMatch(`receipt: ${reason}`);
  });

  it('is refused: no JSON', async () => {
    expect(failureOf(await verifyDraw(draw, { receipt: '{' }))).toBe('receipt: it is not JSON');
  });
});

describe('a ballot that was acknowledged', () => {
  /** The operator acknowledged this line, then kept another one. */
  const line = draw.lines[other]?.replace(/[0-9a-f]{32}/, '0'.repeat(32)) ?? '';
  const replaced = { ...draw.receipt(other), line };

  it('is missing from the list', async () => {
    expect(failureOf(await withReceipt(replaced))).toMatch(/^my-ballot: another ballot is in line/);
  });

  it('is missing from the proof', async () => {
    const proof = draw.proof(other);
    expect(failureOf(await withReceipt(replaced, { proof, list: null }))).toBe(
      'my-ballot: the proof is of another ballot',
    );
    const forged = { ...proof, line };
    expect(failureOf(await withReceipt(replaced, { proof: forged, list: null }))).toMatch(
      /^my-ballot: the proof does not/,
    );
    const shorter = { ...draw.proof(other), size: 99 };
    expect(failureOf(await withReceipt(draw.receipt(other), { proof: shorter }))).toMatch(
      /^my-ballot: the proof is of a tree/,
    );
  });

  it('was drawn as another one', async () => {
    const { checkpoint } = draw.receipt(winning);
    const lost = { index: winning, line: `${winning} ${line.split(' ').slice(1).join(' ')}`, checkpoint };
    expect(failureOf(await withReceipt(lost, { list: null }))).toBe('my-ballot: another ballot was drawn in its place');
  });

  it('was in a log that was rewritten since', async () => {
    const first = draw.lines[0]?.replace(/[0-9a-f]{32}/, '0'.repeat(32)) ?? '';
    const old = new BuiltDraw({ ballots: 100, players: 40, forge: { lines: (lines) => lines.with(0, first) } });
    expect(failureOf(await withReceipt(old.receipt(other)))).toMatch(/^my-ballot: the list does not begin with/);
    const split = old.receipt(other, 100);
    expect(failureOf(await withReceipt(split, { list: null }))).toMatch(/^my-ballot: the checkpoint of your receipt/);
  });

  it.each([
    ['no object', null],
    ['no proof', { ...draw.proof(other), proof: undefined }],
    ['capitals', { ...draw.proof(other), proof: draw.proof(other).proof.map((hash) => hash.toUpperCase()) }],
    ['a negative size', { ...draw.proof(other), size: -1 }],
  ])('has a proof that is none: %s', async (_, proof) => {
    const report = await withReceipt(draw.receipt(other), { proof });
    expect(failureOf(report)).toMatch(/^proof: /);
    expect(report.checks.at(-1)?.text).toBe('your ballot is in the draw');
  });

  it('needs a receipt beside its proof', async () => {
    const proof = JSON.stringify(draw.proof(other));
    await expect(verify({ bundle: draw.json, key: draw.key, proof })).rejects.toThrow('needs the receipt');
  });
});

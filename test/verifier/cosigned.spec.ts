import { reportLines } from '../../verifier/core/verify.mjs';
import { BothVerifiers } from './both-verifiers';
import { BuiltDraw } from './bundle-builder';
import { TestSigner } from './test-signer';
import { failureOf } from './verify-draw';

const draw = new BuiltDraw({ beacon: 'test-chain' });
const witness = (size = 72, name = 'witness.example/w1') =>
  `— ${name} ${Buffer.alloc(4 + size, 7).toString('base64')}\n`;
const GREASE = '— grease.invalid 29QMh4XdqtdWKZCopdfzvhElOvJO+1jgebk8bU4P\n';
const NOTES = ['open', 'seal', 'draw', 'checkpoint'] as const;
const IGNORED = 'NOT CHECKED signatures by other keys than yours: they are ignored';
const EXTENDED = 'NOT CHECKED extension lines of a checkpoint: they are ignored';

let verifiers: BothVerifiers;

beforeAll(async () => {
  verifiers = await BothVerifiers.start();
});

afterAll(() => verifiers.stop());

const after = (change: (note: string) => string, names: readonly (typeof NOTES)[number][] = NOTES) => {
  const bundle = structuredClone(draw.bundle);
  for (const name of names) bundle[name] = change(bundle[name] ?? '');
  return verifiers.verify({ bundle, key: draw.key, ballots: draw.ballots });
};

describe('signatures by other keys', () => {
  it.each<[string, (note: string) => string]>([
    ['before its own', (note) => note.replace('\n\n', `\n\n${GREASE}`)],
    ['of a witness after its own: a cosignature is longer', (note) => note + witness()],
    ['of a short one', (note) => note + witness(1)],
    ['of a post-quantum one', (note) => note + witness(4_700)],
    ['on both sides', (note) => note.replace('\n\n', `\n\n${GREASE}`) + witness()],
    ['of the same name', (note) => note + witness(64, 'lottery.example')],
    ['of a name with other characters', (note) => note + witness(64, 'zeuge.example/größe')],
    ['fifteen times', (note) => note + witness().repeat(15)],
  ])('are ignored, and that is said: %s', async (_, change) => {
    const report = await after(change);
    expect(failureOf(report)).toBeNull();
    expect(report.valid).toBe(true);
    expect(reportLines(report)).toContain(IGNORED);
  });

  it.each<[string, (note: string) => string]>([
    ['no name', (note) => note + witness().replace('witness.example/w1', '')],
    ['a plus sign in the name', (note) => note + witness().replace('/', '+')],
    ['a space in the name', (note) => note + witness().replace('/', '\u00a0')],
    ['no signature', (note) => `${note}— witness.example/w1\n`],
    ['a key id alone', (note) => note + witness(0)],
    ['no base64', (note) => `${note}— witness.example/w1 ????????\n`],
    ['other unused bits', (note) => note + witness(1).replace(/.=+\n/, (end) => `x${end.slice(1)}`)],
    ['another dash', (note) => note + witness().replace('—', '-')],
    ['text behind it', (note) => `${note + witness()}more`],
    ['a control character', (note) => note + witness(1, 'a\u0007b')],
    ['a hundred more', (note) => note + witness().repeat(100)],
    ['the own key alone missing', (note) => note.replace(/\n\n— .*\n$/, `\n\n${witness()}`)],
    ['the own key twice', (note) => note + note.slice(note.lastIndexOf('—'))],
    ['a wrong one of the own key', (note) => note + wrong(note)],
  ])('are refused where the lines have not the form: %s', async (_, change) => {
    expect(failureOf(await after(change, ['open']))).toMatch(/^open-signature: /);
  });

  it('are not spoken of where there are none', async () => {
    const lines = reportLines(await after((note) => note));
    expect(lines).not.toContain(IGNORED);
    expect(lines).not.toContain(EXTENDED);
  });
});

describe('extension lines of a checkpoint', () => {
  const extended = new BuiltDraw({ forge: { checkpoint: (body) => `${body}extension one\ntwo\n` } });

  it('are ignored, and that is said', async () => {
    const report = await verifiers.verify({ bundle: extended.bundle, key: extended.key, ballots: extended.ballots });
    expect(failureOf(report)).toBeNull();
    expect(reportLines(report)).toContain(EXTENDED);
  });

  it('are ignored in a receipt, too', async () => {
    const receipt = draw.receipt(3);
    const body = receipt.checkpoint.slice(0, receipt.checkpoint.indexOf('\n\n') + 1);
    const checkpoint = new TestSigner('lottery.example').sign(`${body}extension\n`) + witness();
    const given = { bundle: draw.bundle, key: draw.key, ballots: draw.ballots };
    const report = await verifiers.verify({ ...given, receipt: { ...receipt, checkpoint } });
    expect(failureOf(report)).toBeNull();
    expect(reportLines(report)).toEqual(expect.arrayContaining([EXTENDED, IGNORED]));
  });
});

/** A signature line of the key whose signature is another. */
function wrong(note: string): string {
  return note.slice(note.lastIndexOf('—')).replace(/(.{10})(\n)$/, 'AAAAAAAAAA$2');
}

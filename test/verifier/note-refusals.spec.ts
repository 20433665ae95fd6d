import { BuiltDraw, type Forgery } from './bundle-builder';
import { TestSigner } from './test-signer';
import { failureAfter, failureOf, verifyDraw } from './verify-draw';

const draw = new BuiltDraw({ beacon: 'test-chain', excluded: [1], winners: 2 });

describe('a signed note', () => {
  const notes = ['open', 'seal', 'checkpoint', 'draw'] as const;
  const steps = { open: 'open-signature', seal: 'seal-signature', checkpoint: 'checkpoint', draw: 'draw-signature' };
  const changes: [string, (note: string) => string][] = [
    ['CRLF', (note) => note.replaceAll('\n', '\r\n')],
    ['a line feed more', (note) => `${note}\n`],
    ['a line feed less', (note) => note.slice(0, -1)],
    ['a space more', (note) => note.replace(/\n$/, ' \n')],
    ['a byte order mark', (note) => `\ufeff${note}`],
    ['no empty line', (note) => note.replace('\n\n', '\n')],
    ['a hyphen for the dash', (note) => note.replace('—', '-')],
    ['no text', (note) => note.slice(note.indexOf('\n\n'))],
    ['its signature twice', (note) => note + note.slice(note.lastIndexOf('—'))],
    ['no padding', (note) => note.replace(/=\n$/, '\n')],
    ['other unused bits', (note) => note.replace(/(.)=\n$/, (_, last: string) => `${after(last)}=\n`)],
    ['another name', (note) => note.replace('— lottery', '— Lottery')],
    [
      'another key id',
      (note) => note.replace(/ (\S)(\S+)\n$/, (_, first: string, rest) => ` ${after(first)}${rest}\n`),
    ],
    ['another signature', (note) => note.replace(/(.)(..=\n)$/, (_, one: string, rest) => `${after(one)}${rest}`)],
    ['a signature with S + L', withLargeS],
    ['another text', (note) => note.replace('0', '1')],
    [
      'the signature of another key',
      (note) => new TestSigner('lottery.example', 'x').sign(note.slice(0, note.lastIndexOf('\n\n') + 1)),
    ],
  ];
  const cases = notes.flatMap((name) => changes.map(([what, change]) => [name, what, change] as const));

  it.each(cases)('is refused: %s with %s', async (name, _, change) => {
    const failure = await failureAfter(draw, (bundle) => (bundle[name] = change(bundle[name] ?? '')));
    expect(failure).toMatch(new RegExp(`^${steps[name]}: `));
  });

  const malformed: [keyof Forgery & ('open' | 'seal' | 'draw'), string, string | RegExp, string][] = [
    ['open', 'a leading zero', 'winners 2', 'winners 02'],
    ['open', 'no winner', 'winners 2', 'winners 0'],
    ['open', 'a plus sign', 'winners 2', 'winners +2'],
    ['open', 'a digit of another script', 'winners 2', 'winners ٢'],
    ['open', 'more than 15 digits', 'winners 2', 'winners 1000000000000000'],
    ['open', 'a space more', 'winners 2', 'winners  2'],
    ['open', 'a space at the end', 'winners 2', 'winners 2 '],
    ['open', 'a name that is too long', /name .*/, `name ${'x'.repeat(101)}`],
    ['open', 'no name', /name .*/, 'name '],
    ['open', 'an accent', /name .*/, 'name café'],
    ['open', 'a date that is none', /opens .*/, 'opens 2026-02-30T00:00:00.000Z'],
    ['open', 'an hour that is none', /opens .*/, 'opens 2026-02-20T24:00:00.000Z'],
    ['open', 'the year 0', /opens .*/, 'opens 0000-02-20T00:00:00.000Z'],
    ['open', 'a leap second', /opens .*/, 'opens 2026-02-20T23:59:60.000Z'],
    ['open', 'no milliseconds', /opens .*/, 'opens 2026-02-20T00:00:00Z'],
    ['open', 'an offset', /opens .*/, 'opens 2026-02-20T00:00:00.000+00:00'],
    ['open', 'closing before opening', /opens .*/, 'opens 2026-11-22T00:00:00.000Z'],
    ['open', 'capitals', /commitment .*/, `commitment ${'A'.repeat(64)}`],
    ['open', 'a line more', /$/, 'more\n'],
    ['open', 'an empty line', /$/, '\n'],
    ['open', 'two lines swapped', /(name .*\n)(opens .*\n)/, '$2$1'],
    ['open', 'no round', /(beacon \S+) .*/, '$1 0'],
    ['open', 'after-seal with an instant', /(beacon \S+) .*/, '$1 after-seal'],
    ['open', 'a round with when-full', /closes .*/, 'closes when-full 10'],
    ['open', 'full with nothing', /closes .*/, 'closes when-full 0'],
    ['open', 'another title', 'v2/open', 'v3/open'],
    ['seal', 'the title of the other version', 'v2/seal', 'v1/seal'],
    ['draw', 'the title of the other version', 'v2/draw', 'v1/draw'],
    ['seal', 'no number of eligible ballots', /eligible .*\n/, ''],
    ['seal', 'full with a closing instant', /trigger .*/, 'trigger full'],
    ['seal', 'another trigger', /trigger .*/, 'trigger late'],
    ['seal', 'a size like 010', 'size 10', 'size 010'],
    ['seal', 'other unused bits of the root', /root (.*)(.)=/, 'root $1/='],
    ['seal', 'a short root', /root .*/, 'root AAAA'],
    ['seal', 'a missing count', 'excluded 1 ', 'excluded '],
    ['seal', 'capitals', /excluded (\d) .*/, `excluded $1 ${'B'.repeat(64)}`],
    ['draw', 'another verdict', / winner\n/, ' Winner\n'],
    ['draw', 'a candidate behind the end', /(candidate .*\n)([^]*)/, '$2$1'],
    ['draw', 'level D', /assurance ./, 'assurance D'],
    ['draw', 'capitals', /secret .*/, `secret ${'C'.repeat(64)}`],
    ['draw', 'half a byte', /beacon-signature ./, 'beacon-signature '],
    ['draw', 'an instant that is none', /drawn .*/, 'drawn 2026-11-31T00:00:00.000Z'],
  ];

  it.each(malformed)('is refused although its signature is true: %s with %s', async (name, _, what, other) => {
    const forged = new BuiltDraw({
      beacon: 'test-chain',
      excluded: [1],
      winners: 2,
      forge: { [name]: (body: string) => body.replace(what, other) },
    });
    expect(forged.bundle[name]).not.toBe(draw.bundle[name]);
    expect(failureOf(await verifyDraw(forged))).toMatch(new RegExp(`^${name}: `));
  });
});

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The next digit: as the last one before the padding it only differs in unused bits. */
function after(digit: string): string {
  return BASE64[(BASE64.indexOf(digit) + 1) % 64] ?? '';
}

/** The same signature once more, with S + L in the place of S (RFC 8032 section 8.4 forbids it). */
function withLargeS(note: string): string {
  const at = note.lastIndexOf(' ') + 1;
  const bytes = Buffer.from(note.slice(at), 'base64');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${bytes.subarray(36).reverse().toString('hex')}`) + order;
  bytes.set(Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse(), 36);
  return `${note.slice(0, at)}${bytes.toString('base64')}\n`;
}

import { type Bundle, BuiltDraw } from './bundle-builder';
import { TestSigner } from './test-signer';
import { failureAfter, failureOf, verifyDraw } from './verify-draw';

const draw = new BuiltDraw({ beacon: 'test-chain', excluded: [1], winners: 2 });

describe('a bundle', () => {
  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'it is not UTF-8'],
    ['behind a byte order mark', `\ufeff${draw.json}`, 'it is not JSON'],
    ['behind a byte order mark, in bytes', Buffer.from(`\ufeff${draw.json}`), 'it is not JSON'],
    ['followed by more', `${draw.json}{}`, 'it is not JSON'],
    ['an array', '[]', 'it is not a JSON object'],
    ['null', 'null', 'it is not a JSON object'],
    ['a number like 1.0', draw.json.replace('"period":3', '"period":3.0'), 'it has a number'],
    ['a number like 1e0', draw.json.replace('"period":3', '"period":3e0'), 'it has a number'],
    ['a negative zero', draw.json.replace(/"j":0/, '"j":-0'), 'it has a number'],
    ['a member twice', draw.json.replace('{', '{"candidates":[],'), 'it names a member twice'],
    ['a member twice, once escaped', draw.json.replace('{', '{"c\\u0061ndidates":[],'), 'it names a member twice'],
    ['an inner member twice', draw.json.replace('"j":', '"j":7,"j":'), 'it names a member twice'],
    ['a member twice, far away', draw.json.replace('{', '{\n"candidates" \t\n:[],'), 'it names a member twice'],
    ['a text longer than the stack is deep', `{"open":"${'x'.repeat(20_000_000)}"}`, 'the bundle lacks format'],
    ['half a character', draw.json.replace('"open":"', '"open":"\\ud800'), 'it is not JSON'],
    ['deeper than the stack', '{"candidates":'.padEnd(200_000, '['), 'it is not JSON'],
  ])('is refused: %s', async (_, bundle, reason) => {
    expect(failureOf(await verifyDraw(draw, { bundle }))).toMatch(`bundle: ${reason}`);
  });

  it.each(Object.keys(draw.bundle))('is refused without %s', async (name) => {
    expect(await failureAfter(draw, (bundle) => Reflect.deleteProperty(bundle, name))).toMatch(/^bundle: /);
  });

  it.each(Object.keys(draw.bundle))('is refused with a number as %s', async (name) => {
    expect(await failureAfter(draw, (bundle) => Object.assign(bundle, { [name]: 1 }))).toMatch(/^bundle: /);
  });

  it.each<[string, (bundle: Bundle) => unknown]>([
    ['another format', (bundle) => (bundle.format = 'lottery-bundle/v3')],
    ['a member more', (bundle) => Object.assign(bundle, { note: '' })],
    [
      'a member more, with a special name',
      (bundle) => Object.defineProperty(bundle, '__proto__', { value: 1, enumerable: true }),
    ],
    ['a beacon with a member more', ({ beacon }) => Object.assign(beacon ?? {}, { randomness: '00' })],
    ['a beacon without its scheme', ({ beacon }) => Reflect.deleteProperty(beacon ?? {}, 'scheme')],
    ['a beacon signature in capitals', ({ beacon }) => beacon && (beacon.signature = beacon.signature.toUpperCase())],
    ['half a byte', ({ beacon }) => beacon && (beacon.signature = beacon.signature.slice(1))],
    ['a round as a text', ({ beacon }) => Object.assign(beacon ?? {}, { round: '5' })],
    ['a candidate with a member more', ({ candidates: [one] }) => Object.assign(one ?? {}, { index: 1 })],
    ['a candidate that is none', (bundle) => Object.assign(bundle, { candidates: [null] })],
    ['a negative j', ({ candidates: [one] }) => one && (one.j = -1)],
    [
      'a proof in capitals',
      ({ candidates: [one] }) => one && (one.proof = one.proof.map((hash) => hash.toUpperCase())),
    ],
    [
      'a proof with half a hash',
      ({ candidates: [one] }) => one && (one.proof = one.proof.map((hash) => hash.slice(32))),
    ],
    ['candidates without a draw note', (bundle) => (bundle.draw = null)],
  ])('is refused: %s', async (_, change) => {
    expect(await failureAfter(draw, change)).toMatch(/^bundle: /);
  });

  it.each<[string, string, (bundle: Bundle) => unknown]>([
    ['another key', 'key: ', (bundle) => (bundle.verifierKey = new TestSigner('lottery.example', 'other').verifierKey)],
    ['another chain', 'round: ', ({ beacon }) => beacon && (beacon.chainHash = '0'.repeat(64))],
    ['another public key', 'round: ', ({ beacon }) => beacon && (beacon.publicKey = '00')],
    ['another genesis', 'round: ', ({ beacon }) => beacon && beacon.genesis++],
    ['another period', 'round: ', ({ beacon }) => beacon && beacon.period++],
    ['another scheme', 'round: ', ({ beacon }) => beacon && (beacon.scheme += 'x')],
    ['another round', 'round: ', ({ beacon }) => beacon && beacon.round++],
    ['no beacon', 'round: ', (bundle) => (bundle.beacon = null)],
    [
      'another signature than the note',
      'beacon: ',
      ({ beacon }) => beacon && (beacon.signature = `ff${beacon.signature.slice(2)}`),
    ],
    ['a candidate less', 'candidates: ', ({ candidates }) => candidates.pop()],
    ['a candidate more', 'candidates: ', ({ candidates }) => candidates.push(...candidates.slice(0, 1))],
    ['candidates in another order', 'candidates: ', ({ candidates }) => candidates.reverse()],
    ['another j', 'candidates: ', ({ candidates: [one] }) => one && one.j++],
    ['another ballot id', 'candidates: ', changedLine(/ [0-9a-f]{8}-/, ' 00000000-')],
    ['a line with two spaces', 'candidates: ', changedLine(' ', '  ')],
    ['a line with its line feed', 'candidates: ', changedLine(/$/, '\n')],
    ['a line with an index like 01', 'candidates: ', changedLine(/^/, '0')],
    ['a line in capitals', 'candidates: ', changedLine(/[0-9a-f]{32}/, (player) => player.toUpperCase())],
    ['a line with another time', 'inclusion: ', changedLine(/\d{3}Z$/, '999Z')],
    [
      'exclusions without their line feed',
      'exclusions: ',
      (bundle) => (bundle.exclusions = bundle.exclusions.trimEnd()),
    ],
    ['exclusions in capitals', 'exclusions: ', (bundle) => (bundle.exclusions = bundle.exclusions.toUpperCase())],
    ['exclusions with CRLF', 'exclusions: ', (bundle) => (bundle.exclusions = bundle.exclusions.replace('\n', '\r\n'))],
  ])('is refused: %s, step %s', async (_, step, change) => {
    expect(await failureAfter(draw, change)).toMatch(new RegExp(`^${step}`));
  });
});

function changedLine(what: string | RegExp, other: string | ((found: string) => string)) {
  return ({ candidates: [one] }: Bundle) => one && (one.line = one.line.replace(what, other as string));
}

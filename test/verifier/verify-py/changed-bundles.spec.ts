import quicknet from '../../vectors/drand-quicknet.json';
import vectors from '../../vectors/draw-v1.json';
import { BuiltDraw, type Bundle, pseudonym } from '../bundle-builder';
import { describeVerifyPy } from './describe-verify-py';
import { editedMatch, loosePadding, OTHER_HASH, upperHex, withLargeS } from './edits';

const VECTOR_KEY = vectors.verifierKey;

describeVerifyPy(({ failedStep }) => {
  describe('refuses a bundle that was changed, at step', () => {
    const draw = new BuiltDraw({ beacon: 'test-chain', ballots: 12 });
    const { bundle, json } = draw;
    const beacon = bundle.beacon!;
    const candidate = bundle.candidates[0]!;
    const changed = (change: Partial<Bundle>): Bundle => ({ ...bundle, ...change });
    const withBeacon = (change: object) => ({ ...bundle, beacon: { ...beacon, ...change } });
    const withCandidate = (change: object) => ({ ...bundle, candidates: [{ ...candidate, ...change }] });
    const tampered = (note: string) => editedMatch(/(?<=\n— \S+ .{30})./, (digit) => (digit === 'A' ? 'B' : 'A'))(note);

    it.each<[string, string, unknown]>([
      ['bundle', 'no JSON', '{'],
      ['bundle', 'nothing', ''],
      ['bundle', 'an array', []],
      ['bundle', 'null', 'null'],
      ['bundle', 'brackets without end', '['.repeat(200_000)],
      ['bundle', 'a byte order mark', `\ufeff${json}`],
      ['bundle', 'something after the end', `${json}x`],
      ['bundle', 'UTF-16', Buffer.from(json, 'utf16le')],
      ['bundle', 'bytes that are not UTF-8', Buffer.from(json.replace('daily', '\xff'), 'latin1')],
      ['bundle', 'half of a surrogate pair', json.replace('daily', '\\ud800')],
      ['bundle', 'a member twice', json.replace('{', '{"format":"lottery-bundle/v1",')],
      ['bundle', 'another format', { ...bundle, format: 'lottery-bundle/v3' }],
      ['bundle', 'an unknown member', { ...bundle, note: '' }],
      ['bundle', 'a missing member', { ...bundle, exclusions: undefined }],
      ['bundle', 'a draw that is a number', { ...bundle, draw: 1 }],
      ['bundle', 'no seal', { ...bundle, seal: null }],
      ['bundle', 'candidates in an object', { ...bundle, candidates: {} }],
      ['bundle', 'a beacon in an array', { ...bundle, beacon: [] }],
      ['bundle', 'true as j', withCandidate({ j: true })],
      ['bundle', 'a negative j', withCandidate({ j: -1 })],
      ['bundle', 'text as j', withCandidate({ j: `${candidate.j}` })],
      ['bundle', 'a fraction that is none', json.replace(/("genesis":\d+)/, '$1.0')],
      ['bundle', 'an exponent', json.replace(/("period":\d+)/, '$1e0')],
      ['bundle', 'NaN', json.replace(/("genesis":)\d+/, '$1NaN')],
      ['bundle', 'minus zero', json.replace(/("j":)\d+/, '$1-0')],
      ['bundle', 'a number above 2^53', json.replace(/("j":)\d+/, '$19007199254740993')],
      ['bundle', 'a number of 5000 digits', json.replace(/("j":)\d+/, `$1${'9'.repeat(5_000)}`)],
      ['bundle', 'a proof in upper case', withCandidate({ proof: candidate.proof.map(upperHex) })],
      ['bundle', 'a short hash', withCandidate({ proof: ['a'.repeat(63)] })],
      ['bundle', 'a hash and a line feed', withCandidate({ proof: [`${OTHER_HASH}\n`] })],
      ['bundle', 'an unknown member of a candidate', withCandidate({ more: 1 })],
      ['bundle', 'an unknown member of the beacon', withBeacon({ randomness: '' })],
      ['bundle', 'a beacon signature in upper case', withBeacon({ signature: upperHex(beacon.signature) })],
      ['bundle', 'candidates and no draw note', changed({ draw: null })],
      ['key', 'another key', changed({ verifierKey: VECTOR_KEY })],
      ['open-signature', 'another signature', changed({ open: tampered(bundle.open) })],
      ['open-signature', 'another text', changed({ open: bundle.open.replace('daily', 'dailx') })],
      ['open-signature', 'two signatures', changed({ open: bundle.open + bundle.open.split('\n\n')[1]! })],
      ['open-signature', 'a line feed more', changed({ open: `${bundle.open}\n` })],
      ['open-signature', 'no line feed at the end', changed({ open: bundle.open.trimEnd() })],
      ['open-signature', 'a hyphen', changed({ open: bundle.open.replace('—', '-') })],
      ['open-signature', 'carriage returns', changed({ open: bundle.open.replaceAll('\n', '\r\n') })],
      ['open-signature', 'no padding', changed({ open: bundle.open.replace(/=\n$/, '\n') })],
      [
        'open-signature',
        'other padding bits',
        changed({ open: editedMatch(/\S+=(?=\n$)/, loosePadding)(bundle.open) }),
      ],
      ['open-signature', 'another name', changed({ open: bundle.open.replace('— lottery', '— Lottery') })],
      ['open-signature', 'another key id', changed({ open: bundle.open.replace(/(?<=— \S+ ).{4}/, 'AAAA') })],
      ['open-signature', 's plus the order', changed({ open: withLargeS(bundle.open) })],
      ['open-signature', 'nothing', changed({ open: '' })],
      ['seal-signature', 'another signature', changed({ seal: tampered(bundle.seal) })],
      ['seal-signature', 'another text', changed({ seal: bundle.seal.replace('trigger schedule', 'trigger manual') })],
      ['seal', 'the open note', changed({ seal: bundle.open })],
      ['checkpoint', 'another signature', changed({ checkpoint: tampered(bundle.checkpoint) })],
      ['round', 'no beacon', changed({ beacon: null })],
      ['round', 'another genesis', withBeacon({ genesis: beacon.genesis + 3 })],
      ['round', 'another period', withBeacon({ period: 30 })],
      ['round', 'another scheme', withBeacon({ scheme: 'pedersen-bls-chained' })],
      ['round', 'another public key', withBeacon({ publicKey: quicknet.quicknet.public_key })],
      ['round', 'another chain', withBeacon({ chainHash: quicknet.quicknet.hash })],
      ['round', 'another round', withBeacon({ round: beacon.round + 1 })],
      ['draw-signature', 'another signature', changed({ draw: tampered(bundle.draw!) })],
      ['beacon', 'another signature than in the draw note', withBeacon({ signature: draw.chain.sign(1) })],
      ['candidates', 'one less', changed({ candidates: [] })],
      ['candidates', 'one more', changed({ candidates: [candidate, candidate] })],
      ['candidates', 'another j', withCandidate({ j: candidate.j + 1 })],
      ['candidates', 'another line', withCandidate({ line: draw.lines.find((line) => line !== candidate.line) })],
      ['candidates', 'a line with its line feed', withCandidate({ line: `${candidate.line}\n` })],
      [
        'inclusion',
        'another player',
        withCandidate({ line: candidate.line.replace(/(?<= )[0-9a-f]{32}/, pseudonym(99)) }),
      ],
      ['inclusion', 'a proof too short', withCandidate({ proof: candidate.proof.slice(1) })],
      ['inclusion', 'a proof too long', withCandidate({ proof: [...candidate.proof, OTHER_HASH] })],
      ['inclusion', 'another proof', withCandidate({ proof: candidate.proof.with(0, OTHER_HASH) })],
    ])('%s: %s', async (step, _, shown) => {
      expect(shown).not.toEqual(json);
      expect(await failedStep(shown)).toBe(step);
    });

    it('but not one with its members in another order', async () => {
      expect(await failedStep(Object.fromEntries(Object.entries(bundle).reverse()))).toBeNull();
    });
  });
});

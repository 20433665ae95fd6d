import { hash } from 'node:crypto';
import quicknet from '../../vectors/drand-quicknet.json';
import { BuiltDraw, type DrawOptions, type Forgery } from '../bundle-builder';
import { TestChain } from '../test-chain';
import { describeVerifyPy } from './describe-verify-py';
import {
  bodyOf,
  closingRound,
  CLOSING,
  DRAW,
  EARLY,
  edit,
  editedMatch,
  loosePadding,
  next,
  OTHER_DRAW,
  OTHER_HASH,
  OTHER_ROOT,
  reversed,
  upperHex,
  xPlusP,
} from './edits';

const SEALED_AT_CLOSING: DrawOptions = { beacon: 'test-chain', sealedAt: CLOSING };

describeVerifyPy(({ failedStep }) => {
  describe('refuses a draw that is signed as it stands, at step', () => {
    const at = (index: number, instant: string) => (lines: string[]) =>
      lines.map((line, i) => (i === index ? line.replace(/\S+$/, instant) : line));

    it.each<[string, string, Forgery, DrawOptions?]>([
      ['open', 'a name that is not ASCII', { open: edit('name daily', 'name dåily') }],
      ['open', 'an empty name', { open: edit(/name .*/, 'name ') }],
      ['open', 'a name of 101 characters', { open: edit(/name .*/, `name ${'x'.repeat(101)}`) }],
      ['open', 'a date that does not exist', { open: edit(/opens \S+/, 'opens 2026-09-31T00:00:00.000Z') }],
      ['open', 'the year 0', { open: edit(/opens \S+/, 'opens 0000-02-20T00:00:00.000Z') }],
      ['open', 'a leap second', { open: edit('closes 2026-11-22T00:00:00', 'closes 2026-12-31T23:59:60') }],
      ['open', 'the hour 24', { open: edit('closes 2026-11-22T00', 'closes 2026-11-21T24') }],
      ['open', 'an offset', { open: edit('.000Z', '.000+00:00') }],
      ['open', 'two decimals', { open: edit('.000Z', '.00Z') }],
      ['open', 'digits that are not ASCII', { open: edit('winners 1', 'winners \u0661') }],
      ['open', 'no winners', { open: edit('winners 1', 'winners 0') }],
      ['open', 'a leading zero', { open: edit('winners 1', 'winners 01') }],
      ['open', 'a plus sign', { open: edit('winners 1', 'winners +1') }],
      ['open', 'a number above 2^53', { open: edit('winners 1', 'winners 9007199254740993') }],
      ['open-signature', 'a carriage return', { open: edit('winners 1', 'winners 1\r') }],
      ['open', 'two spaces', { open: edit('winners 1', 'winners  1') }],
      ['open', 'another order', { open: edit(/(winners .*\n)(commitment .*\n)/, '$2$1') }],
      ['open', 'one more line', { open: (body) => `${body}note nothing\n` }],
      ['open', 'one line less', { open: edit(/commitment .*\n/, '') }],
      ['open', 'upper-case hex', { open: editedMatch(/commitment [0-9a-f]+/, upperHex) }],
      ['open', 'an opening at the closing', { open: edit(/opens \S+/, `opens ${CLOSING}`) }],
      ['open', 'after-seal with an instant', { open: edit(/ \d+\n$/, ' after-seal\n') }, { beacon: 'test-chain' }],
      ['open', 'a round with when-full', { open: edit('after-seal', '9') }, { beacon: 'test-chain', trigger: 'full' }],
      ['open', 'round 0', { open: edit(/ \d+\n$/, ' 0\n') }, { beacon: 'test-chain' }],
      ['seal', 'the title of the other version', { seal: edit('v2/seal', 'v1/seal') }],
      ['seal', 'no number of eligible ballots', { seal: edit(/eligible .*\n/, '') }],
      ['seal', 'fewer eligible ballots than all', { seal: edit('eligible 10', 'eligible 9') }],
      ['seal', 'more eligible ballots than can be', { seal: edit('eligible 8', 'eligible 10') }, { excluded: [1] }],
      ['seal', 'another draw', { seal: edit(DRAW, OTHER_DRAW) }],
      ['seal', 'another open note', { seal: edit(/open \S+/, `open ${OTHER_HASH}`) }],
      ['seal', 'sealed before it opened', { seal: edit(/sealed \S+/, 'sealed 2026-11-20T23:59:59.999Z') }],
      ['seal', 'sealed on schedule too early', { seal: edit(/sealed \S+/, 'sealed 2026-11-21T23:59:59.999Z') }],
      ['seal', 'full without when-full', { seal: edit('schedule', 'full') }],
      ['seal', 'manual with when-full', { seal: edit('full', 'manual') }, { trigger: 'full' }],
      ['seal', 'schedule with when-full', { seal: edit('full', 'schedule') }, { trigger: 'full' }],
      ['seal', 'full before it is', { open: edit('when-full 10', 'when-full 11') }, { trigger: 'full' }],
      ['seal', 'another trigger', { seal: edit('schedule', 'nobody') }],
      ['seal', 'a root with other padding bits', { seal: editedMatch(/root \S+/, loosePadding) }],
      ['seal', 'a root of 31 bytes', { seal: edit(/root .*/, `root ${Buffer.alloc(31).toString('base64')}`) }],
      ['seal', 'after-seal', { seal: edit(/ \d+\n$/, ' after-seal\n') }, { beacon: 'test-chain' }],
      ['checkpoint', 'another size', { checkpoint: edit('\n10\n', '\n9\n') }],
      ['checkpoint', 'a size with a leading zero', { checkpoint: edit('\n10\n', '\n010\n') }],
      ['checkpoint', 'another root', { checkpoint: edit(/\n\S+\n$/, `\n${OTHER_ROOT}\n`) }],
      ['checkpoint', 'another draw', { checkpoint: edit(DRAW, OTHER_DRAW) }],
      ['checkpoint', 'another origin', { checkpoint: edit('lottery.example', 'lotteryxexample') }],
      ['checkpoint', 'an empty line', { checkpoint: (body) => `${body}\nextra\n` }],
      ['checkpoint', 'a root of no ballots', emptyTreeWith(OTHER_ROOT), { ballots: 0 }],
      ['exclusions', 'another count', { seal: edit('excluded 1', 'excluded 2') }, { excluded: [1] }],
      ['exclusions', 'another hash', { seal: edit(/excluded 1 \S+/, `excluded 1 ${OTHER_HASH}`) }, { excluded: [1] }],
      ['exclusions', 'another order', { exclusions: reversed }, { excluded: [1, 2] }],
      ['exclusions', 'a player twice', { exclusions: (text) => text + text }, { excluded: [1] }],
      ['exclusions', 'upper-case hex', { exclusions: upperHex }, { excluded: [1] }],
      ['exclusions', 'no line feed at the end', { exclusions: (text) => text.trimEnd() }, { excluded: [1] }],
      ['round', 'another round in the open note', { open: editedMatch(/\d+(?=\n$)/, next) }, { beacon: 'test-chain' }],
      ['round', 'another round in the seal note', { seal: editedMatch(/\d+(?=\n$)/, next) }, { beacon: 'test-chain' }],
      [
        'round',
        'the round of the closing, late',
        { seal: edit(/(sealed \S+)00.000Z/, '$152.001Z') },
        SEALED_AT_CLOSING,
      ],
      ['round', 'the round of the closing, manual', { seal: edit(/\d+\n$/, `${closingRound()}\n`) }, EARLY],
      ['round', 'a beacon only in the seal note', { seal: edit('beacon none', `beacon ${OTHER_HASH} 1`) }],
      ['round', 'a beacon only in the open note', { seal: edit(/beacon .*/, 'beacon none') }, { beacon: 'test-chain' }],
      ['round', 'a chain that nobody pinned', unpinned(), { beacon: 'test-chain' }],
      ['draw', 'the title of the other version', { draw: edit('v2/draw', 'v1/draw') }],
      ['draw', 'another draw', { draw: edit(DRAW, OTHER_DRAW) }],
      ['draw', 'another seal note', { draw: edit(/seal \S+/, `seal ${OTHER_HASH}`) }],
      ['draw', 'drawn before it was sealed', { draw: edit(/drawn .*/, 'drawn 2026-11-22T00:00:00.999Z') }],
      [
        'draw',
        'drawn before the round',
        { draw: edit(/drawn .*/, 'drawn 2026-11-22T00:00:59.999Z') },
        { beacon: 'test-chain' },
      ],
      ['draw', 'a signature without a beacon', { draw: edit('signature none', 'signature 00') }],
      [
        'draw',
        'no signature with a beacon',
        { draw: edit(/signature .*/, 'signature none') },
        { beacon: 'test-chain' },
      ],
      ['draw', 'another verdict', { draw: edit('winner', 'loser') }],
      ['draw', 'level D', { draw: edit('assurance C', 'assurance D') }],
      ['draw', 'a leading zero', { draw: edit('candidate ', 'candidate 0') }],
      ['draw', 'an upper-case id', { draw: editedMatch(/(?<=candidate \d+ \d+ )\S+/, upperHex) }],
      ['commitment', 'another secret', { secret: Buffer.alloc(32, 7) }],
      ['candidates', 'another j', { draw: editedMatch(/(?<=candidate )\d+/, next) }],
      ['candidates', 'another index', { draw: editedMatch(/(?<=candidate \d+ )\d+/, next) }],
      ['candidates', 'another ballot', { draw: edit(/(?<=candidate \d+ \d+ ).{8}/, '00000000') }],
      ['candidates', 'none', { draw: edit(/candidate .*\n/, ''), bundle: (bundle) => (bundle.candidates = []) }],
      ['candidates', 'one too few', { open: edit('winners 1', 'winners 2') }],
      ['candidates', 'one too many', { open: edit('winners 3', 'winners 2') }, { winners: 3 }],
      ['candidates', 'a winner as repeated', { draw: edit('winner', 'repeated') }],
      ['candidates', 'an excluded winner', { draw: edit('excluded', 'winner') }, { excluded: [0, 1, 3, 4] }],
      ['candidates', 'a winner twice', { draw: edit('repeated', 'winner') }, { players: 3, winners: 3 }],
      ['candidates', 'a draw of no ballots', {}, { ballots: 0 }],
      ['candidates', 'a draw in which nobody can win', {}, { ballots: 1, excluded: [0] }],
      ['assurance', 'a level that is too high', { draw: edit('assurance C', 'assurance B') }],
      ['assurance', 'a level that is too low', { draw: edit('assurance A', 'assurance B') }, { beacon: 'test-chain' }],
      ['ballots', 'a ballot at the closing', { lines: at(9, CLOSING) }],
      ['ballots', 'a ballot before the opening', { lines: at(0, '2026-11-20T23:59:59.999Z') }],
      ['ballots', 'times that decrease', { lines: at(4, '2026-11-21T00:00:00.001Z') }],
      ['ballots', 'a minute that does not exist', { lines: at(9, '2026-11-21T23:60:00.000Z') }],
      [
        'ballots',
        'a ballot id twice',
        { lines: (lines) => lines.with(9, lines[9]!.replace(/(?<= )\S+/, idOf(lines[3]!))) },
      ],
      ['ballots', 'a ballot after the seal', { lines: at(9, '2026-11-22T00:00:01.001Z') }, { trigger: 'full' }],
      ['root', 'fewer eligible ballots than there are', { seal: edit('eligible 8', 'eligible 7') }, { excluded: [1] }],
      ['root', 'an excluded player without a ballot', {}, { excluded: [1, 99] }],
    ])('%s: %s', async (step, _, forge, options = {}) => {
      const draw = new BuiltDraw({ ...options, forge });
      const bundle = { ...draw.bundle, draw: draw.bundle.draw ?? drawWithoutCandidates(draw) };
      expect(await failedStep(bundle, { ballots: draw.ballots })).toBe(step);
    });

    it.each<[string, (signature: string) => string]>([
      ['a signature of another round', () => new TestChain().sign(1)],
      ['a signature of another chain', () => quicknet.beacons[0]!.signature],
      ['a byte less', (signature) => signature.slice(2)],
      ['a byte more', (signature) => `${signature}00`],
      ['nothing', () => '00'],
      ['the other sign', (signature) => (Number.parseInt(signature[0]!, 16) ^ 2).toString(16) + signature.slice(1)],
      ['the form that is not compressed', (signature) => `1${signature.slice(1)}${signature}`],
      ['48 bytes without the mark of compression', (signature) => `1${signature.slice(1)}`],
      ['infinity', () => `c0${'00'.repeat(47)}`],
      ['x plus p', xPlusP],
    ])('beacon: %s', async (_, beaconSignature) => {
      const draw = new BuiltDraw({ beacon: 'test-chain', forge: { beaconSignature } });
      expect(await failedStep(draw.json)).toBe('beacon');
    });
  });
});

/** The chain of the notes is another one than the pinned, and so is that of the bundle. */
function unpinned(): Forgery {
  const { hash: chainHash } = new TestChain().info;
  const other = edit(chainHash, OTHER_HASH);
  return { open: other, seal: other, bundle: ({ beacon }) => Object.assign(beacon ?? {}, { chainHash: OTHER_HASH }) };
}

function emptyTreeWith(root: string): Forgery {
  const empty = Buffer.from(hash('sha256', ''), 'hex').toString('base64');
  return { seal: edit(empty, root), checkpoint: edit(empty, root) };
}

function idOf(line: string): string {
  return line.split(' ')[1]!;
}

/** What an operator would sign who draws where there is nothing to draw. */
function drawWithoutCandidates(draw: BuiltDraw): string {
  const secret = hash('sha256', 'the secret of the operator');
  const seal = hash('sha256', bodyOf(draw.bundle.seal));
  return draw.signer.sign(
    `lottery-draw/v2/draw\ndraw ${DRAW}\nseal ${seal}\nsecret ${secret}\nbeacon-signature none\ndrawn 2026-11-23T00:00:00.000Z\nassurance C\n`,
  );
}

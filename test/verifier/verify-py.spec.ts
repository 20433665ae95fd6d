import { execFile, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import quicknet from '../vectors/drand-quicknet.json';
import vectors from '../vectors/draw-v1.json';
import { BuiltDraw, type Bundle, type Candidate, type DrawOptions, type Forgery, pseudonym } from './bundle-builder';
import { TestChain } from './test-chain';
import { TestSigner } from './test-signer';
import { TestTree } from './test-tree';

const repository = resolve(__dirname, '../..');
const SCRIPT = join(repository, 'verifier/verify.py');
const DRAW = '0f8fad5b-d9cb-469f-a165-70867728950e';
const OTHER_DRAW = '1f8fad5b-d9cb-469f-a165-70867728950e';
const OTHER_ROOT = Buffer.alloc(32, 1).toString('base64');
const OTHER_HASH = 'a'.repeat(64);
const VECTOR_KEY = vectors.verifierKey;
/** Of the draws that the builder makes. */
const KEY = new TestSigner('lottery.example').verifierKey;
const CLOSING = '2026-11-22T00:00:00.000Z';
const EARLY: DrawOptions = { beacon: 'test-chain', trigger: 'manual', sealedAt: '2026-11-21T20:00:00.000Z' };
const SEALED_AT_CLOSING: DrawOptions = { beacon: 'test-chain', sealedAt: CLOSING };
const LAST_INSTANT_FOR_LEVEL_A = '2026-11-22T00:00:52.000Z';

/** The interpreter itself: a version manager's `python3` is a slow script before it. Empty where there is none. */
const PYTHON = spawnSync('python3', ['-c', 'import sys; print(sys.executable if sys.version_info >= (3, 9) else "")'], {
  encoding: 'utf8',
}).stdout?.trim();
const withPython = PYTHON ? describe : describe.skip;

withPython(PYTHON ? 'verify.py' : 'verify.py (skipped: no python3 of 3.9 or later on the PATH)', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verify-py-'));
    await file('chain.json', new TestChain().info);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, content: unknown): Promise<string> {
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    await writeFile(join(folder, name), isRaw ? content : JSON.stringify(content));
    return join(folder, name);
  }

  async function verify(bundle: unknown, given: Given = {}): Promise<Run> {
    const args = [await file('bundle.json', bundle)];
    if (given.ballots !== undefined) args.push(await file('ballots.txt', given.ballots));
    args.push('--key', given.key ?? KEY, '--chain', join(folder, 'chain.json'));
    if (given.receipt !== undefined) args.push('--receipt', await file('receipt.json', given.receipt));
    if (given.proof !== undefined) args.push('--proof', await file('proof.json', given.proof));
    return runPython([SCRIPT, ...args, ...(given.flags ?? [])]);
  }

  async function verdict(bundle: unknown, given: Given = {}): Promise<Verdict & { code: number }> {
    const { code, stdout, stderr } = await verify(bundle, { ...given, flags: ['--json'] });
    expect(stderr).toBe('');
    return { code, ...(JSON.parse(stdout) as Verdict) };
  }

  /** Null where all holds. */
  async function failedStep(bundle: unknown, given: Given = {}): Promise<string | null> {
    const { code, valid, assurance, winners, checks } = await verdict(bundle, given);
    const failed = checks.find(({ status }) => status === 'failed');
    if (failed === undefined) return null;
    expect({ code, valid, assurance, winners }).toEqual({ code: 1, valid: false, assurance: null, winners: [] });
    expect(checks.indexOf(failed)).toBe(checks.length - 1);
    expect(failed.reason).toMatch(/./);
    return failed.step;
  }

  describe('the vectors of the protocol', () => {
    const [withBeacon, withoutBeacon] = vectors.cases as [Vector, Vector];

    it.each(vectors.cases)('accepts "$label"', async (vector) => {
      const given = { ballots: vector.ballots, key: VECTOR_KEY };
      const { code, valid, assurance, winners } = await verdict(bundleOfVector(vector), given);
      expect({ code, valid, assurance }).toEqual({ code: 0, valid: true, assurance: vector.drawBody.at(-2) });
      expect(winners).toEqual(winnersOf(vector.drawBody, vector.ballots.split('\n')));
    });

    it('prints a line for each check, then the level and the winners', async () => {
      const { code, stdout, stderr } = await verify(bundleOfVector(withBeacon), { key: VECTOR_KEY });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.split('\n')).toEqual([
        'CHECKED the bundle is complete and well formed',
        'CHECKED the bundle is signed by the key that you gave',
        'CHECKED the open note is signed',
        'CHECKED the open note is well formed',
        'CHECKED the seal note is signed',
        'CHECKED the seal note belongs to the open note',
        'CHECKED the sealed tree has a signed checkpoint',
        'CHECKED the exclusions are those of the seal note',
        'CHECKED the beacon round is the one that the rules give',
        'CHECKED the draw note is signed',
        'CHECKED the draw note belongs to the seal note',
        'CHECKED the secret is the one committed to before the first ballot',
        'CHECKED the beacon signature is valid',
        'CHECKED the candidates are those that the randomness names',
        "CHECKED each candidate's ballot is in the sealed tree",
        'CHECKED the assurance level follows from the recorded facts',
        'NOT CHECKED the full list of ballots: give ballots.txt',
        'NOT CHECKED when the seal note became public: keep it as soon as it is published, or ask who did',
        'NOT CHECKED ballots that were refused without a receipt: nobody can prove what was never written',
        'Assurance A: The ballots were sealed before the randomness existed, as everyone who fetched the seal note before that moment can confirm.',
        'Winner 1: ballot ef5e7e75-0b46-4238-8897-5a1f61be01ed, player 3596af825f9af9346b5c14bdc9a749e2, index 5',
        '',
      ]);
    });

    it('ends with the first failure', async () => {
      const draw = new BuiltDraw({ forge: { bundle: (bundle) => (bundle.exclusions = `${pseudonym(1)}\n`) } });
      const { code, stdout } = await verify(draw.json);
      const lines = stdout.split('\n');
      expect(code).toBe(1);
      expect(lines.slice(0, 7).every((line) => line.startsWith('CHECKED '))).toBe(true);
      expect(lines[7]).toMatch(/^FAILED the exclusions are those of the seal note: ./);
      expect(lines.slice(8)).toEqual(['The draw does NOT verify.', '']);
    });

    it('reads the list from standard input', async () => {
      const bundle = await file('bundle.json', bundleOfVector(withoutBeacon));
      const { code, stdout } = await runPython([SCRIPT, bundle, '-', '--key', VECTOR_KEY], withoutBeacon.ballots);
      expect(code).toBe(0);
      expect(stdout).toContain('\nCHECKED no beacon was used\n');
      expect(stdout).toContain('\nCHECKED the list gives the sealed root\n');
    });

    it('checks all but the pairing without bls12381.py beside it', async () => {
      const alone = await file('verify.py', await readFile(SCRIPT));
      const run = async (bundle: Bundle) => runPython([alone, await file('bundle.json', bundle), '--key', VECTOR_KEY]);
      const bundle = bundleOfVector(withBeacon);
      const { code, stdout } = await run(bundle);
      expect(code).toBe(0);
      expect(stdout).not.toContain('CHECKED the beacon signature is valid\n');
      expect(stdout).toMatch(
        /: give ballots.txt\nNOT CHECKED the beacon signature is valid: the pairing needs a BLS library\nNOT CHECKED when/,
      );
      bundle.beacon!.signature = quicknet.beacons[0]!.signature;
      expect((await run(bundle)).stdout).toMatch(
        /\nFAILED the beacon signature is valid: .*\nThe draw does NOT verify.\n$/,
      );
    });
  });

  it.each<[string, string, DrawOptions]>([
    ['a round that was fixed in the open note', 'A', { beacon: 'test-chain' }],
    ['a seal exactly 10 s before the round', 'A', { beacon: 'test-chain', sealedAt: LAST_INSTANT_FOR_LEVEL_A }],
    ['a seal less than 10 s before it', 'B', { beacon: 'test-chain', sealedAt: '2026-11-22T00:00:52.001Z' }],
    ['a manual closing', 'B', EARLY],
    ['a full draw with a beacon', 'B', { beacon: 'test-chain', trigger: 'full' }],
    ['a full draw without a beacon', 'C', { trigger: 'full' }],
    ['one ballot', 'C', { ballots: 1 }],
    ['fewer players than winners', 'C', { winners: 9, players: 4, excluded: [1] }],
    ['many ballots', 'C', { ballots: 1000, players: 100, excluded: [1, 5, 7], winners: 50 }],
    ['a name of 100 characters', 'C', { forge: { open: edit(/name .*/, `name ${'~'.repeat(100)}`) } }],
  ])('accepts %s', async (_, level, options) => {
    const draw = new BuiltDraw(options);
    const { valid, assurance, winners, checks } = await verdict(draw.json, { ballots: draw.ballots });
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect({ valid, assurance }).toEqual({ valid: true, assurance: level });
    expect(winners).toEqual(winnersOf(draw.bundle.draw!, draw.lines));
  });

  describe('refuses a draw that is signed as it stands, at step', () => {
    const at = (index: number, instant: string) => (lines: string[]) =>
      lines.map((line, i) => (i === index ? line.replace(/\S+$/, instant) : line));

    it.each<[string, string, Forgery, DrawOptions?]>([
      ['open', 'a name that is not ASCII', { open: edit('name daily', 'name dåily') }],
      ['open', 'an empty name', { open: edit(/name .*/, 'name ') }],
      ['open', 'a name of 101 characters', { open: edit(/name .*/, `name ${'x'.repeat(101)}`) }],
      ['open', 'a date that does not exist', { open: edit(/opens \S+/, 'opens 2026-09-31T00:00:00.000Z') }],
      ['open', 'a leap second', { open: edit('closes 2026-11-22T00:00:00', 'closes 2026-12-31T23:59:60') }],
      ['open', 'the hour 24', { open: edit('closes 2026-11-22T00', 'closes 2026-11-21T24') }],
      ['open', 'an offset', { open: edit('.000Z', '.000+00:00') }],
      ['open', 'two decimals', { open: edit('.000Z', '.00Z') }],
      ['open', 'digits that are not ASCII', { open: edit('winners 1', 'winners \u0661') }],
      ['open', 'no winners', { open: edit('winners 1', 'winners 0') }],
      ['open', 'a leading zero', { open: edit('winners 1', 'winners 01') }],
      ['open', 'a plus sign', { open: edit('winners 1', 'winners +1') }],
      ['open', 'a number above 2^53', { open: edit('winners 1', 'winners 9007199254740993') }],
      ['open', 'a carriage return', { open: edit('winners 1', 'winners 1\r') }],
      ['open', 'two spaces', { open: edit('winners 1', 'winners  1') }],
      ['open', 'another order', { open: edit(/(winners .*\n)(commitment .*\n)/, '$2$1') }],
      ['open', 'one more line', { open: (body) => `${body}note nothing\n` }],
      ['open', 'one line less', { open: edit(/commitment .*\n/, '') }],
      ['open', 'upper-case hex', { open: editedMatch(/commitment [0-9a-f]+/, upperHex) }],
      ['open', 'an opening at the closing', { open: edit(/opens \S+/, `opens ${CLOSING}`) }],
      ['open', 'after-seal with an instant', { open: edit(/ \d+\n$/, ' after-seal\n') }, { beacon: 'test-chain' }],
      ['open', 'a round with when-full', { open: edit('after-seal', '9') }, { beacon: 'test-chain', trigger: 'full' }],
      ['open', 'round 0', { open: edit(/ \d+\n$/, ' 0\n') }, { beacon: 'test-chain' }],
      ['seal', 'another draw', { seal: edit(DRAW, OTHER_DRAW) }],
      ['seal', 'another open note', { seal: edit(/open \S+/, `open ${OTHER_HASH}`) }],
      ['seal', 'sealed before it opened', { seal: edit(/sealed \S+/, 'sealed 2026-11-20T23:59:59.999Z') }],
      ['seal', 'sealed on schedule too early', { seal: edit(/sealed \S+/, 'sealed 2026-11-21T23:59:59.999Z') }],
      ['seal', 'full without when-full', { seal: edit('schedule', 'full') }],
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
      ['checkpoint', 'an extension', { checkpoint: (body) => `${body}extra\n` }],
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
      ['draw', 'another draw', { draw: edit(DRAW, OTHER_DRAW) }],
      ['draw', 'another seal note', { draw: edit(/seal \S+/, `seal ${OTHER_HASH}`) }],
      ['draw', 'drawn before it was sealed', { draw: edit(/drawn .*/, 'drawn 2026-11-22T00:00:00.999Z') }],
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
      ['candidates', 'an excluded winner', { draw: edit('excluded', 'winner') }, { excluded: [0, 1, 2, 3] }],
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
      ['bundle', 'another format', { ...bundle, format: 'lottery-bundle/v2' }],
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

  describe('refuses a list that was changed, at step', () => {
    const { bundle, ballots, lines } = new BuiltDraw({ ballots: 20 });
    const winner = Number(bundle.candidates[0]!.line.split(' ')[0]);
    const list = (changed: readonly string[]) => changed.map((line) => `${line}\n`).join('');
    const renumbered = (index: number, line: string) => line.replace(/\d+/, `${index}`);

    it.each<[string, string, string | Buffer]>([
      ['ballots', 'nothing', ''],
      ['ballots', 'a line less', list(lines.slice(0, -1))],
      ['ballots', 'a line more', `${ballots}${renumbered(20, lines[19]!)}\n`],
      ['ballots', 'no line feed at the end', ballots.slice(0, -1)],
      ['ballots', 'an empty line at the end', `${ballots}\n`],
      ['ballots', 'carriage returns', ballots.replaceAll('\n', '\r\n')],
      ['ballots', 'a byte order mark', `\ufeff${ballots}`],
      ['ballots', 'another order', list(lines.with(0, lines[1]!).with(1, lines[0]!))],
      ['ballots', 'a ballot twice', list(lines.with(5, renumbered(5, lines[4]!)))],
      ['ballots', 'upper-case hex', list(lines.with(0, upperHex(lines[0]!)))],
      ['ballots', 'a leading zero', ballots.replace('\n1 ', '\n01 ')],
      ['ballots', 'digits that are not ASCII', ballots.replace('\n1 ', '\n\u0661 ')],
      ['ballots', 'a shorter time', ballots.replace('.000Z', '.00Z')],
      ['ballots', 'zeros', Buffer.alloc(1 << 20)],
      ['root', 'another player', list(lines.with(0, lines[0]!.replace(/(?<= )[0-9a-f]{32}/, pseudonym(99))))],
      ['root', 'another id of the winner', list(lines.with(winner, lines[winner]!.replace(/(?<= ).{8}/, '00000000')))],
      ['root', 'another time', list(lines.with(1, lines[1]!.replace('.000Z', '.001Z')))],
    ])('%s: %s', async (step, _, changed) => {
      expect(changed).not.toEqual(ballots);
      expect(await failedStep(bundle, { ballots: changed })).toBe(step);
    });
  });

  describe('a receipt', () => {
    const draw = new BuiltDraw({ ballots: 20, players: 20 });
    const { bundle, ballots } = draw;
    const won = Number(bundle.candidates[0]!.line.split(' ')[0]);
    const lost = (won + 3) % 20;
    const receipt = draw.receipt(lost);
    const proof = draw.proof(lost);
    const other = receipt.line.replace(/(?<= ).{8}/, '00000000');
    const resigned = (index: number, size: number, change: (body: string) => string) => {
      const original = draw.receipt(index, size);
      return { ...original, checkpoint: draw.signer.sign(change(bodyOf(original.checkpoint))) };
    };

    it.each<[string, string, Given]>([
      ['in the list', 'checked', { receipt, ballots }],
      ['in the proof', 'checked', { receipt: { ...receipt, id: 'x' }, proof }],
      ['in the list and in the proof', 'checked', { receipt, ballots, proof }],
      ['among the candidates', 'checked', { receipt: draw.receipt(won, 20) }],
      ['nowhere', 'not-checked', { receipt }],
    ])('is looked for %s', async (_, status, given) => {
      const { code, checks } = await verdict(bundle, given);
      const mine = checks.filter(({ step }) => step === 'receipt' || step === 'proof' || step === 'my-ballot');
      expect(code).toBe(0);
      expect(mine.map((check) => `${check.step} ${check.status}`)).toEqual(['receipt checked', `my-ballot ${status}`]);
    });

    it('says what it needs where there is nothing to look in', async () => {
      const { stdout } = await verify(bundle, { receipt });
      expect(stdout).toContain('\nCHECKED your receipt is signed by the same key and for this draw\n');
      expect(stdout).toContain(
        '\nNOT CHECKED your ballot is in the draw: give ballots.txt or --proof\nNOT CHECKED when',
      );
    });

    it.each<[string, string, Given]>([
      ['receipt', 'no JSON', { receipt: '{' }],
      ['receipt', 'no object', { receipt: [] }],
      ['receipt', 'no checkpoint', { receipt: { line: receipt.line, index: lost } }],
      ['receipt', 'another index', { receipt: { ...receipt, index: lost + 1 } }],
      ['receipt', 'an index that is text', { receipt: { ...receipt, index: `${lost}` } }],
      ['receipt', 'a line that is not exact', { receipt: { ...receipt, line: `${receipt.line} ` } }],
      ['receipt', 'a tree without the ballot', { receipt: draw.receipt(lost, lost) }],
      ['receipt', 'a tree larger than the sealed one', { receipt: resigned(lost, 20, edit('\n20\n', '\n21\n')) }],
      ['receipt', 'another draw', { receipt: resigned(lost, 20, edit(DRAW, OTHER_DRAW)) }],
      ['receipt', 'no signature', { receipt: { ...receipt, checkpoint: bodyOf(receipt.checkpoint) } }],
      ['receipt', 'a failure after those of the list', { receipt: 'x', ballots }],
      ['ballots', 'a failure before those of the receipt', { receipt: 'x', ballots: '' }],
      ['my-ballot', 'another line in the list', { receipt: { ...receipt, line: other }, ballots }],
      [
        'my-ballot',
        'a rewritten log',
        { receipt: resigned(lost, lost + 1, edit(/\S+\n$/, `${OTHER_ROOT}\n`)), ballots },
      ],
      ['my-ballot', 'two roots of one size', { receipt: resigned(won, 20, edit(/\S+\n$/, `${OTHER_ROOT}\n`)) }],
      ['my-ballot', 'another candidate', { receipt: { ...draw.receipt(won), line: other.replace(/\d+/, `${won}`) } }],
      ['my-ballot', 'the proof of another ballot', { receipt, proof: draw.proof(won) }],
      ['my-ballot', 'the proof of another size', { receipt, proof: { ...proof, size: 19 } }],
      ['my-ballot', 'another proof', { receipt, proof: { ...proof, proof: proof.proof.with(0, OTHER_HASH) } }],
      ['my-ballot', 'another proof beside the list', { receipt, ballots, proof: { ...proof, proof: [] } }],
      ['proof', 'a proof that is no JSON', { receipt, proof: 'x' }],
      ['proof', 'a proof without a size', { receipt, proof: { line: proof.line, proof: proof.proof } }],
      ['proof', 'a proof in upper case', { receipt, proof: { ...proof, proof: proof.proof.map(upperHex) } }],
    ])('is refused at step %s: %s', async (step, _, given) => {
      expect(await failedStep(bundle, given)).toBe(step);
    });
  });

  describe('a bundle without a draw note', () => {
    const VOID = 'The draw is void: no ballot could win.';

    it.each<[string, DrawOptions, boolean, string, string, boolean]>([
      ['no ballots', { ballots: 0 }, false, 'checked no ballot was cast, so the draw is void', VOID, true],
      ['no lines', { ballots: 0 }, true, 'checked no ballot was cast, so the draw is void', VOID, true],
      [
        'excluded ballots only',
        { players: 2, excluded: [0, 1] },
        true,
        'checked every ballot is excluded, so the draw is void',
        VOID,
        true,
      ],
      [
        'a ballot that could win',
        { undrawn: true, excluded: [1] },
        true,
        'not-checked the draw: it is sealed and not drawn yet',
        'The draw is not drawn yet.',
        false,
      ],
      [
        'ballots that are not shown',
        { undrawn: true },
        false,
        'not-checked the draw: it is void or not drawn yet; the list tells which',
        'The draw is void or not drawn yet.',
        false,
      ],
    ])('with %s', async (_, options, isListed, check, last, isVoid) => {
      const draw = new BuiltDraw({ ...options, beacon: 'test-chain' });
      const given = isListed ? { ballots: draw.ballots } : {};
      const { code, checks, ...result } = await verdict(draw.json, given);
      expect(code).toBe(0);
      expect(result).toEqual({ valid: true, assurance: 'A', winners: [], void: isVoid });
      expect(checks.map(({ status, text }) => `${status} ${text}`)).toContain(check);
      expect(checks.map(({ step }) => step)).not.toContain('draw-signature');
      expect((await verify(draw.json, given)).stdout.trimEnd().split('\n').at(-1)).toBe(last);
    });
  });

  it.each([
    ['accepts', 'a beacon', (chain: TestChain, round: number) => chain.sign(round), null],
    ['refuses', 'another beacon', (chain: TestChain) => chain.sign(1), 'round'],
  ])('%s %s without a draw note', async (_verb, _what, signatureOf, step) => {
    const draw = new BuiltDraw({ undrawn: true, beacon: 'test-chain' });
    const { hash: chainHash, public_key: publicKey, genesis_time: genesis, period, schemeID: scheme } = draw.chain.info;
    const round = closingRound();
    const beacon = { chainHash, publicKey, genesis, period, scheme, round, signature: signatureOf(draw.chain, round) };
    expect(await failedStep({ ...draw.bundle, beacon })).toBe(step);
  });

  describe('the command line', () => {
    const { info } = new TestChain();

    it.each<[string, string[]]>([
      ['nothing', []],
      ['no key', ['bundle.json']],
      ['an unknown option', ['bundle.json', '--key', KEY, '--keys', KEY]],
      ['a part of an option', ['bundle.json', '--key', KEY, '--rec', 'bundle.json']],
      ['a proof without a receipt', ['bundle.json', '--key', KEY, '--proof', 'bundle.json']],
      ['a bundle that is not there', ['missing.json', '--key', KEY]],
      ['a list that is not there', ['bundle.json', 'missing.txt', '--key', KEY]],
      ['a list that is a folder', ['bundle.json', '.', '--key', KEY]],
      ['a receipt that is not there', ['bundle.json', '--key', KEY, '--receipt', 'missing.json']],
      ['a chain that is not there', ['bundle.json', '--key', KEY, '--chain', 'missing.json']],
      ['a chain that does not fit its hash', ['bundle.json', '--key', KEY, '--chain', 'false-chain.json']],
      ['a chain that is none', ['bundle.json', '--key', KEY, '--chain', 'bundle.json']],
      ['a key without a name', ['bundle.json', '--key', KEY.replace('lottery.example', '')]],
      ['a key with another name', ['bundle.json', '--key', KEY.replace('lottery', 'Lottery')]],
      ['a key and a space', ['bundle.json', '--key', `${KEY} `]],
      ['a key of small order', ['bundle.json', '--key', verifierKey(`01${'01'.padEnd(64, '0')}`)]],
      ['a key that is no point', ['bundle.json', '--key', verifierKey(`01${'02'.padEnd(64, '0')}`)]],
      ['a key of another type', ['bundle.json', '--key', verifierKey(`02${'66'.repeat(32)}`)]],
    ])('exits with 2 on %s', async (_, args) => {
      await file('bundle.json', new BuiltDraw().json);
      await file('false-chain.json', { ...info, period: 30 });
      const { code, stdout, stderr } = await runPython([SCRIPT, ...args], '', folder);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^(usage|verify): ?./);
      expect(stderr).not.toContain('Traceback');
    });

    it('trusts the key that was given and no other', async () => {
      const { verifierKey: bundleKey } = new BuiltDraw().bundle;
      expect(bundleKey).not.toBe(VECTOR_KEY);
      expect(await failedStep(new BuiltDraw().json, { key: VECTOR_KEY })).toBe('key');
    });

    it('explains itself', async () => {
      const { code, stdout } = await runPython([SCRIPT, '--help']);
      expect(code).toBe(0);
      for (const word of ['--key', '--receipt', '--proof', '--chain', '--json', 'Exit codes', 'standard input']) {
        expect(stdout).toContain(word);
      }
    });
  });

  describe('the pairing', () => {
    const { public_key: publicKey, dst } = quicknet.quicknet;
    const PROGRAM = `
import sys, hashlib, bls12381
key, number, signature, dst = sys.argv[1:]
message = hashlib.sha256(int(number).to_bytes(8, "big")).digest()
print(bls12381.why_refused(bytes.fromhex(key), message, bytes.fromhex(signature), dst.encode()))`;

    const reasonFor = async (round: number, signature: string, key = publicKey) => {
      const args = ['-c', PROGRAM, key, `${round}`, signature, dst];
      const { code, stdout } = await runPython(args, '', join(repository, 'verifier'));
      expect(code).toBe(0);
      return stdout.trim();
    };

    it.each(quicknet.beacons)('accepts round $round of quicknet', async ({ round, signature }) => {
      expect(await reasonFor(round, signature)).toBe('None');
    });

    it.each(quicknet.mustBeRefused)('refuses $id', async ({ round, signature }) => {
      expect(await reasonFor(round, signature)).not.toBe('None');
    });

    it('refuses a public key at infinity', async () => {
      const reason = await reasonFor(1, quicknet.beacons[0]!.signature, `c0${'00'.repeat(95)}`);
      expect(reason).toMatch(/^the public key is not/);
    });
  });
});

type Vector = (typeof vectors.cases)[number];

interface Given {
  readonly ballots?: string | Buffer;
  readonly receipt?: unknown;
  readonly proof?: unknown;
  readonly key?: string;
  readonly flags?: readonly string[];
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Winner {
  readonly ballotId: string;
  readonly player: string;
  readonly index: number;
}

interface Verdict {
  readonly valid: boolean;
  readonly assurance: string | null;
  readonly winners: readonly Winner[];
  readonly void: boolean;
  readonly checks: readonly { step: string; status: string; text: string; reason?: string }[];
}

async function runPython(args: readonly string[], input = '', cwd = repository): Promise<Run> {
  return new Promise((done) => {
    // -B: no __pycache__ in the repository.
    const child = execFile(PYTHON, ['-B', ...args], { cwd }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
    // It may end before it has read all.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function bundleOfVector(vector: Vector): Bundle {
  const lines = vector.ballots.trimEnd().split('\n');
  const tree = new TestTree(lines);
  const body = `lottery.example/draws/${DRAW}\n${lines.length}\n${tree.root().toString('base64')}\n`;
  const named = [...vector.drawBody.matchAll(/^candidate (\d+) (\d+) /gm)].map((match) => match.slice(1).map(Number));
  return {
    format: 'lottery-bundle/v1',
    verifierKey: VECTOR_KEY,
    open: vector.openNote,
    seal: vector.sealNote,
    draw: vector.drawNote,
    checkpoint: new TestSigner('lottery.example', 'vector key').sign(body),
    exclusions: vector.exclusions,
    beacon: vector.label === 'none' ? null : quicknetBeacon(1000),
    candidates: named.map(([j, index]): Candidate => ({ j: j!, line: lines[index!]!, proof: tree.inclusion(index!) })),
  };
}

function quicknetBeacon(round: number): NonNullable<Bundle['beacon']> {
  const { hash: chainHash, public_key: publicKey, genesis_time: genesis, period, scheme } = quicknet.quicknet;
  const signature = quicknet.beacons.find((beacon) => beacon.round === round)!.signature;
  return { chainHash, publicKey, genesis, period, scheme, round, signature };
}

function winnersOf(draw: string, lines: readonly string[]): Winner[] {
  const found = draw.matchAll(/^candidate \d+ (\d+) (\S+) winner$/gm);
  return [...found].map(([, index, ballotId]) => {
    return { ballotId: ballotId!, player: lines[Number(index)]!.split(' ')[2]!, index: Number(index) };
  });
}

/** A change that has to change something. */
function edit(from: string | RegExp, to: string): (text: string) => string {
  return changing((text) => text.replace(from, to));
}

function editedMatch(from: RegExp, change: (match: string) => string): (text: string) => string {
  return changing((text) => text.replace(from, change));
}

function changing(change: (text: string) => string): (text: string) => string {
  return (text) => {
    const changed = change(text);
    if (changed === text) throw new Error(`nothing to change in ${text}`);
    return changed;
  };
}

function upperHex(text: string): string {
  return text.replace(/[0-9a-f]{8,}/g, (digits) => digits.toUpperCase());
}

function next(number: string): string {
  return `${Number(number) + 1}`;
}

function reversed(text: string): string {
  return text
    .split('\n')
    .slice(0, -1)
    .reverse()
    .map((line) => `${line}\n`)
    .join('');
}

/** The same bytes for a lenient reader of base64: the bits that padding leaves over are not zero. */
function loosePadding(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return base64.replace(/.(?==+$)/, (digit) => alphabet[alphabet.indexOf(digit) + 1]!);
}

/** Another signature that a lenient verifier takes: s + L instead of s (RFC 8032 section 5.1.7). */
function withLargeS(note: string): string {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  return note.replace(/\S+(?=\n$)/, (base64) => {
    const bytes = Buffer.from(base64, 'base64');
    const s = BigInt(`0x${Buffer.from(bytes.subarray(36)).reverse().toString('hex')}`) + order;
    Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 36);
    return bytes.toString('base64');
  });
}

/** The same point for a lenient reader, where it fits into 381 bits. */
function xPlusP(signature: string): string {
  const p = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
  const flags = 7n << 381n;
  const encoded = BigInt(`0x${signature}`);
  return ((encoded & flags) | (((encoded & ~flags) + p) % (1n << 381n))).toString(16);
}

/** The chain of the notes is another one than the pinned, and so is that of the bundle. */
function unpinned(): Forgery {
  const { hash: chainHash } = new TestChain().info;
  const other = edit(chainHash, OTHER_HASH);
  return { open: other, seal: other, bundle: ({ beacon }) => Object.assign(beacon ?? {}, { chainHash: OTHER_HASH }) };
}

function closingRound(): number {
  return new TestChain().firstRoundAt(Date.parse(CLOSING) + 60_000);
}

function emptyTreeWith(root: string): Forgery {
  const empty = Buffer.from(hash('sha256', ''), 'hex').toString('base64');
  return { seal: edit(empty, root), checkpoint: edit(empty, root) };
}

/** A verifier key string whose id is right. */
function verifierKey(typedHex: string): string {
  const typed = Buffer.from(typedHex, 'hex');
  const id = hash('sha256', Buffer.concat([Buffer.from('lottery.example\n'), typed])).slice(0, 8);
  return `lottery.example+${id}+${typed.toString('base64')}`;
}

function idOf(line: string): string {
  return line.split(' ')[1]!;
}

function bodyOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1);
}

/** What an operator would sign who draws where there is nothing to draw. */
function drawWithoutCandidates(draw: BuiltDraw): string {
  const secret = hash('sha256', 'the secret of the operator');
  const seal = hash('sha256', bodyOf(draw.bundle.seal));
  return draw.signer.sign(
    `lottery-draw/v1/draw\ndraw ${DRAW}\nseal ${seal}\nsecret ${secret}\nbeacon-signature none\ndrawn 2026-11-23T00:00:00.000Z\nassurance C\n`,
  );
}

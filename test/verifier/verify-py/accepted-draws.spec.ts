import { readFile } from 'node:fs/promises';
import quicknet from '../../vectors/drand-quicknet.json';
import vectors from '../../vectors/draw-v1.json';
import { BuiltDraw, type Bundle, type Candidate, type DrawOptions, pseudonym } from '../bundle-builder';
import { TestChain } from '../test-chain';
import { TestSigner } from '../test-signer';
import { TestTree } from '../test-tree';
import { describeVerifyPy, runPython, SCRIPT, type Winner } from './describe-verify-py';
import { closingRound, DRAW, EARLY, edit } from './edits';

const VECTOR_KEY = vectors.verifierKey;
const LAST_INSTANT_FOR_LEVEL_A = '2026-11-22T00:00:52.000Z';

describeVerifyPy(({ verify, verdict, failedStep, file }) => {
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

  describe('a bundle without a draw note', () => {
    const VOID = 'The draw is void: no ballot could win.';

    it.each<[string, DrawOptions, boolean, string, string, boolean]>([
      ['no ballots', { ballots: 0 }, false, 'checked no ballot was cast, so the draw is void', VOID, true],
      ['no lines', { ballots: 0 }, true, 'checked no ballot was cast, so the draw is void', VOID, true],
      [
        'excluded ballots only',
        { players: 2, excluded: [0, 1], version: 1 },
        true,
        'checked every ballot is excluded, so the draw is void',
        VOID,
        true,
      ],
      [
        'excluded ballots, as the seal note alone shows',
        { players: 2, excluded: [0, 1] },
        false,
        'checked every ballot is excluded, so the draw is void',
        VOID,
        true,
      ],
      [
        'a ballot that could win',
        { undrawn: true, excluded: [1] },
        false,
        'not-checked the draw: it is sealed and not drawn yet',
        'The draw is not drawn yet.',
        false,
      ],
      [
        'ballots that are not shown',
        { undrawn: true, version: 1 },
        false,
        'not-checked the draw: it is void or not drawn yet; the list tells which',
        'The draw is void or not drawn yet.',
        false,
      ],
    ])('with %s', async (_, options, isListed, check, last, isVoid) => {
      const draw = new BuiltDraw({ ...options, beacon: 'test-chain' });
      const given = isListed ? { ballots: draw.ballots } : {};
      const { code, checks, ...result } = await verdict(draw.json, given);
      expect(code).toBe(isVoid ? 0 : 3);
      expect(result).toEqual({ valid: isVoid, assurance: 'A', winners: [], void: isVoid, undrawn: !isVoid });
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
});

type Vector = (typeof vectors.cases)[number];

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

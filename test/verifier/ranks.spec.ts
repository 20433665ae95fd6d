import quicknet from '../vectors/drand-quicknet.json';
import type { Report } from '../../verifier/core/verify.mjs';
import { CASES, DRAW_ID, linesOf, VectorV2, VERIFIER_KEY } from '../support/draw-v2-vectors';
import { BothVerifiers } from './both-verifiers';
import { BuiltDraw, pseudonym } from './bundle-builder';
import { TestSigner } from './test-signer';
import { TestTree } from './test-tree';
import { failureOf } from './verify-draw';

let verifiers: BothVerifiers;

beforeAll(async () => {
  verifiers = await BothVerifiers.start();
});

afterAll(() => verifiers.stop());

const said = ({ checks }: Report, step: string) => {
  return checks.filter((check) => check.step === step).map(({ status, text }) => `${status} ${text}`);
};

const NEEDS_LIST = 'not-checked the ballot of each rank: give ballots.txt';
const NAMED = 'checked the ranks are those that the randomness names';
const IN_LIST = 'checked the list has the ballot of each rank at its place';

describe.each(CASES)('the worked vector "$label"', (vector) => {
  const lines = linesOf(vector);
  const ballots = lines.map((line) => `${line}\n`).join('');
  const bundle = bundleOf(vector, lines);
  const ranked = vector.drawBody?.match(/^ranked /gm) ?? [];

  it.each(['with', 'without'])('verifies %s the list', async (how) => {
    const given = how === 'with' ? { ballots } : {};
    const report = await verifiers.verify({ bundle, key: VERIFIER_KEY, ...given });
    expect(failureOf(report)).toBeNull();
    expect([report.valid, report.void]).toEqual([true, vector.drawBody === null]);
    const winners = vector.drawBody?.match(/^(?:ranked|candidate .* winner$)/gm) ?? [];
    expect(report.winners).toHaveLength(winners.length);
    expect(said(report, 'ranks')).toEqual(ranked.length > 0 ? [NAMED, how === 'with' ? IN_LIST : NEEDS_LIST] : []);
  });
});

/** The flooder is player 0, and excluded; who else has a ballot is at its index. */
function flood(players: Readonly<Record<number, number>>, options: ConstructorParameters<typeof BuiltDraw>[0] = {}) {
  const all = Array.from({ length: 1_200 }, (_, i) => players[i] ?? 0);
  return new BuiltDraw({ ballots: all.length, players: all, excluded: [0], ...options });
}

const verdictOn = async (draw: BuiltDraw, given: { ballots?: string } = { ballots: draw.ballots }) =>
  verifiers.verify({ bundle: draw.json, key: draw.key, ...given });

const PLAYERS = { 12: 1, 700: 2, 1_100: 1 };

describe('ranks', () => {
  it('find the winners that are missing, and say what the list alone can show', async () => {
    const draw = flood(PLAYERS, { winners: 2 });
    const report = await verdictOn(draw);
    expect(failureOf(report)).toBeNull();
    expect(new Set(report.winners.map(({ player }) => player))).toEqual(new Set([pseudonym(1), pseudonym(2)]));
    expect(said(await verdictOn(draw, {}), 'ranks')).toEqual([NAMED, NEEDS_LIST]);
  });

  it('end with fewer winners where nobody is left, which only the list shows', async () => {
    const draw = flood(PLAYERS, { winners: 3 });
    expect(said(await verdictOn(draw), 'winners')).toEqual([
      'checked nobody else could win: the winners are fewer than wanted',
    ]);
    expect(said(await verdictOn(draw, {}), 'winners')).toEqual([
      'not-checked nobody else could win, as the winners are fewer than wanted: give ballots.txt',
    ]);
  });

  const edit = (from: RegExp, to: string | ((...groups: string[]) => string)) => ({
    draw: (body: string) => {
      const changed = body.replace(from, to as string);
      expect(changed).not.toBe(body);
      return changed;
    },
  });
  const line = /^ranked (\d+) (\d+) (\d+) (\d+) (\S+)$/m;
  const more = (text: string | undefined) => String(Number(text) + 1);

  it.each([
    ['another block', edit(line, (_, j, n, rank, index, id) => `ranked ${more(j)} ${n} ${rank} ${index} ${id}`)],
    ['another number of ballots', edit(line, (_, j, n, rank, at, id) => `ranked ${j} ${more(n)} ${rank} ${at} ${id}`)],
    ['another rank', edit(line, (_, j, n, rank, index, id) => `ranked ${j} ${n} ${more(rank)} ${index} ${id}`)],
    ['another index', edit(line, (_, j, n, rank, index, id) => `ranked ${j} ${n} ${rank} ${more(index)} ${id}`)],
    ['another ballot', edit(line, (_, j, n, rank, at) => `ranked ${j} ${n} ${rank} ${at} ${DRAW_ID}`)],
  ])('are refused with %s', async (_, forge) => {
    const report = await verdictOn(flood(PLAYERS, { winners: 2, forge }), {});
    expect(failureOf(report)).toMatch(/^ranks: /);
  });

  it('are refused for an excluded player, and after the last winner', async () => {
    expect(failureOf(await verdictOn(flood(group, { forge: putAt(() => last + 1) }), {}))).toMatch(/^ranks: /);
    const tooMany = flood(PLAYERS, { winners: 2, forge: { open: (body) => body.replace('winners 2', 'winners 1') } });
    expect(failureOf(await verdictOn(tooMany, {}))).toMatch(/^(?:ranks|candidates): /);
  });

  it('are refused with the list where another ballot was put at a place', async () => {
    const draw = flood(group, { forge: putAt((index) => (index === last ? index - 1 : index + 1)) });
    expect(failureOf(await verdictOn(draw, {}))).toBeNull();
    expect(failureOf(await verdictOn(draw))).toMatch(/^ranks: /);
  });

  it('are refused with the list where somebody is left who could win', async () => {
    const without = (body: string) => body.replace(/(^ranked .*\n)(?:ranked .*\n)+/m, '$1');
    const draw = flood(PLAYERS, { winners: 3, forge: { draw: without, bundle: (one) => one.candidates.length-- } });
    expect(failureOf(await verdictOn(draw, {}))).toBeNull();
    expect(failureOf(await verdictOn(draw))).toMatch(/^winners: /);
  });

  it('do not replace candidates', async () => {
    const early = flood(PLAYERS, { winners: 2, forge: edit(/candidate .*\n(?=ranked)/, '') });
    expect(failureOf(await verdictOn(early, {}))).toMatch(/^candidates: /);
    const late = new BuiltDraw({ forge: edit(/(?<=winner\n)/, `ranked 9 5 0 0 ${DRAW_ID}\n`) });
    expect(failureOf(await verdictOn(late, {}))).toMatch(/^candidates: /);
  });

  it('are none of the first version', async () => {
    const forge = edit(/(?<=winner\n)/, `ranked 9 5 0 0 ${DRAW_ID}\n`);
    expect(failureOf(await verdictOn(new BuiltDraw({ version: 1, forge }), {}))).toMatch(/^draw: /);
  });
});

describe('versions', () => {
  it('verifies a draw of the first version with more misses than the second knows', async () => {
    const draw = flood({ 5: 1 }, { version: 1 });
    expect(draw.bundle.candidates.length).toBeGreaterThan(257);
    expect(failureOf(await verdictOn(draw))).toBeNull();
  });

  it.each([
    ['the bundle', 'open', { bundle: (bundle: { format: string }) => (bundle.format = 'lottery-bundle/v1') }],
    ['the seal note', 'seal', { seal: (body: string) => body.replace('v2/seal', 'v1/seal') }],
    ['the draw note', 'draw', { draw: (body: string) => body.replace('v2/draw', 'v1/draw') }],
    ['the commitment', 'commitment', { secret: Buffer.alloc(32, 1) }],
  ])('refuses a mixture: %s', async (_, step, forge) => {
    expect(failureOf(await verdictOn(new BuiltDraw({ forge })))).toMatch(new RegExp(`^${step}: `));
  });
});

/** Neighbours, each of another player, of whom none is among the candidates: a rank decides. */
const { group, last } = neighbours();

function neighbours() {
  for (let first = 300; ; first++) {
    const group = { [first]: 1, [first + 1]: 2, [first + 2]: 3 };
    if (!/ winner$/m.test(flood(group).bundle.draw ?? '')) return { group, last: first + 2 };
  }
}

/** Puts the ballot of another index at the place of the rank. */
function putAt(to: (index: number) => number) {
  const honest = flood(group);
  const index = Number(/^ranked \d+ \d+ \d+ (\d+) /m.exec(honest.bundle.draw ?? '')?.[1]);
  const [, id] = honest.lines[to(index)]?.split(' ') ?? [];
  return {
    draw: (body: string) => body.replace(/^(ranked \d+ \d+ \d+) .*$/m, `$1 ${to(index)} ${id}`),
    bundle: ({ candidates }: BuiltDraw['bundle']) => {
      const { line, proof } = honest.proof(to(index));
      Object.assign(candidates.at(-1) ?? {}, { line, proof });
    },
  };
}

/** The vectors have no bundle: their key signs the checkpoint that is missing. */
function bundleOf(vector: VectorV2, lines: readonly string[]) {
  const tree = new TestTree(lines);
  const root = tree.root().toString('base64');
  const { hash: chainHash, public_key: publicKey, genesis_time: genesis, period, scheme } = quicknet.quicknet;
  const signature = /beacon-signature ([0-9a-f]{96})/.exec(vector.drawBody ?? '')?.[1];
  const named = [...(vector.drawBody ?? '').matchAll(/^(?:candidate (\d+)|ranked (\d+) \d+ \d+) (\d+) /gm)];
  return {
    format: 'lottery-bundle/v2',
    verifierKey: VERIFIER_KEY,
    open: vector.openNote,
    seal: vector.sealNote,
    draw: vector.drawNote,
    checkpoint: new TestSigner('lottery.example', 'vector key').sign(
      `lottery.example/draws/${DRAW_ID}\n${lines.length}\n${root}\n`,
    ),
    exclusions: vector.exclusions,
    beacon: signature ? { chainHash, publicKey, genesis, period, scheme, round: 1000, signature } : null,
    candidates: named.map(([, candidate, ranked, index]) => ({
      j: Number(candidate ?? ranked),
      line: lines[Number(index)],
      proof: tree.inclusion(Number(index)),
    })),
  };
}

import quicknet from '../vectors/drand-quicknet.json';
import vectors from '../vectors/draw-v1.json';
import { reportLines, verify } from '../../verifier/core/verify.mjs';
import { BuiltDraw, type DrawOptions } from './bundle-builder';
import { TestSigner } from './test-signer';
import { TestTree } from './test-tree';
import { chunks, failureOf, verifyDraw } from './verify-draw';

const LAST_LINES = [
  'NOT CHECKED when the seal note became public: keep it as soon as it is published, or ask who did',
  'NOT CHECKED ballots that were refused without a receipt: nobody can prove what was never written',
];

describe('the worked vectors', () => {
  it.each(vectors.cases.map((vector) => [vector.label, vector] as const))('verifies: %s', async (_, vector) => {
    const report = await verify({
      bundle: JSON.stringify(bundleOf(vector)),
      key: vectors.verifierKey,
      ballots: chunks(vector.ballots),
    });
    expect(failureOf(report)).toBeNull();
    expect(report.assurance).toBe(/assurance (.)/.exec(vector.drawBody)?.[1]);
    const noted = [...vector.drawBody.matchAll(/candidate \d+ (\d+) (\S+) winner/g)];
    expect(report.winners.map(({ ballotId }) => ballotId)).toEqual(noted.map(([, , id]) => id));
    expect(reportLines(report).slice(-noted.length - 3, -noted.length - 1)).toEqual(LAST_LINES);
  });

  it('holds nothing that only the slow hash can do: another gives the same report', async () => {
    const [vector] = vectors.cases;
    const inputs = { bundle: JSON.stringify(bundleOf(vector as Vector)), key: vectors.verifierKey };
    const { hash } = await import('node:crypto');
    const fast = await verify({ ...inputs, sha256: (bytes) => hash('sha256', bytes, 'buffer') });
    expect(fast).toEqual(await verify(inputs));
  });
});

describe('honest draws', () => {
  const closing = { beacon: 'test-chain' } as const;
  const draws: [string, string, DrawOptions & { players?: number }][] = [
    ['without a beacon', 'C', {}],
    ['sealed by schedule', 'A', closing],
    ['sealed 10 s before the round', 'A', { ...closing, sealedAt: '2026-11-22T00:00:52.000Z' }],
    ['sealed too late for the round', 'B', { ...closing, sealedAt: '2026-11-22T00:00:52.001Z' }],
    ['sealed after a downtime', 'B', { ...closing, sealedAt: '2026-11-23T07:00:00.123Z' }],
    ['closed early by hand', 'B', { ...closing, trigger: 'manual', sealedAt: '2026-11-21T12:00:00.000Z' }],
    ['closed when full', 'B', { ...closing, trigger: 'full' }],
    ['with exclusions', 'A', { ...closing, excluded: [0, 3], winners: 3 }],
    ['with more prizes than players', 'C', { winners: 99 }],
    ['with one ballot', 'C', { ballots: 1 }],
    ['with a tree of an odd shape', 'C', { ballots: 1027, players: 1000, winners: 7 }],
  ];

  it.each(draws)('verifies: %s, level %s', async (_, level, options) => {
    const report = await verifyDraw(new BuiltDraw(options));
    expect(failureOf(report)).toBeNull();
    expect(report.assurance).toBe(level);
    expect(report.winners).toHaveLength(Math.min(options.winners ?? 1, options.players ?? 5));
    expect(report.void).toBe(false);
  });

  it('verifies in part without the list', async () => {
    const report = await verifyDraw(new BuiltDraw(), { list: null });
    expect(report.valid).toBe(true);
    expect(reportLines(report)).toContain('NOT CHECKED the full list of ballots: give ballots.txt');
  });

  it.each([1, 2, 7, 127, 128, 129, 5000])('reads the list in chunks of %i bytes', async (length) => {
    const draw = new BuiltDraw({ ballots: 101, excluded: [1] });
    expect(failureOf(await verifyDraw(draw, { ballots: chunks(draw.ballots, length) }))).toBeNull();
  });

  it('says how far it has read', async () => {
    const progress: [number, number][] = [];
    await verifyDraw(new BuiltDraw(), { onProgress: (lines, total) => progress.push([lines, total]) });
    expect(progress.at(-1)).toEqual([10, 10]);
  });
});

describe('draws without a draw note', () => {
  const lastLines = async (options: DrawOptions, list?: null) => {
    const report = await verifyDraw(new BuiltDraw({ beacon: 'test-chain', ...options }), list === null ? { list } : {});
    expect(report).toMatchObject({ valid: report.void, undrawn: !report.void, assurance: 'A', winners: [] });
    const lines = reportLines(report);
    return { isVoid: report.void, said: report.checks.find(({ step }) => step === 'void'), last: lines.at(-1) };
  };

  it('is void without ballots', async () => {
    const text = 'no ballot was cast, so the draw is void';
    for (const list of [null, undefined] as const) {
      expect(await lastLines({ ballots: 0 }, list as null)).toEqual({
        isVoid: true,
        said: { step: 'void', status: 'checked', text },
        last: 'The draw is void: no ballot could win.',
      });
    }
  });

  it.each([
    [1, 'list', undefined],
    [2, 'list', undefined],
    [2, 'seal note alone', null],
  ] as const)('is void in version %i where every ballot is excluded, as the %s shows', async (version, _, list) => {
    expect(await lastLines({ version, excluded: [0, 1, 2, 3, 4] }, list as null)).toEqual({
      isVoid: true,
      said: { step: 'void', status: 'checked', text: 'every ballot is excluded, so the draw is void' },
      last: 'The draw is void: no ballot could win.',
    });
  });

  it.each([
    [1, 'with', undefined],
    [2, 'with', undefined],
    [2, 'without', null],
  ] as const)('is sealed and waits, in version %i %s the list', async (version, _, list) => {
    expect(await lastLines({ version, undrawn: true, excluded: [1] }, list as null)).toEqual({
      isVoid: false,
      said: { step: 'void', status: 'not-checked', text: 'the draw: it is sealed and not drawn yet' },
      last: 'The draw is not drawn yet.',
    });
  });

  it('is one or the other in version 1 where the list is missing', async () => {
    expect(await lastLines({ version: 1, undrawn: true }, null)).toEqual({
      isVoid: false,
      said: {
        step: 'void',
        status: 'not-checked',
        text: 'the draw: it is void or not drawn yet; the list tells which',
      },
      last: 'The draw is void or not drawn yet.',
    });
  });
});

type Vector = (typeof vectors.cases)[number];

/** The vectors have no bundle: their key signs the checkpoint that is missing. */
function bundleOf(vector: Vector) {
  const lines = vector.ballots.trimEnd().split('\n');
  const tree = new TestTree(lines);
  const checkpoint = `lottery.example/draws/0f8fad5b-d9cb-469f-a165-70867728950e\n10\n${tree.root().toString('base64')}\n`;
  const { hash: chainHash, public_key: publicKey, genesis_time: genesis, period, scheme } = quicknet.quicknet;
  const signature = /beacon-signature ([0-9a-f]{96})/.exec(vector.drawBody)?.[1];
  return {
    format: 'lottery-bundle/v1',
    verifierKey: vectors.verifierKey,
    open: vector.openNote,
    seal: vector.sealNote,
    draw: vector.drawNote,
    checkpoint: new TestSigner('lottery.example', 'vector key').sign(checkpoint),
    exclusions: vector.exclusions,
    beacon: signature ? { chainHash, publicKey, genesis, period, scheme, round: 1000, signature } : null,
    candidates: [...vector.drawBody.matchAll(/candidate (\d+) (\d+)/g)].map(([, j, index]) => ({
      j: Number(j),
      line: lines[Number(index)],
      proof: tree.inclusion(Number(index)),
    })),
  };
}

import { BundleDraw } from '../../src/draw/application/bundle-draw';
import { Draw } from '../../src/draw/domain/draw';
import { bundleFile } from '../../src/draw/draw.views';
import type { VerifierKeys } from '../../src/shared/application/verifier-keys';
import { FakeBallots, FakeProofs } from '../ballot/fakes';
import { aDraw, CHAIN, FakeDraws, sealed, SECRET } from './fakes';

const SIGNATURE = Buffer.alloc(48, 9);

const keys = { of: async (note: string) => `the key of ${note}` } as VerifierKeys;

describe('bundle a draw', () => {
  let draws: FakeDraws;
  let ballots: FakeBallots;
  let bundles: BundleDraw;

  beforeEach(() => {
    draws = new FakeDraws();
    ballots = new FakeBallots();
    bundles = new BundleDraw(draws, ballots, new FakeProofs(ballots), keys);
    for (const player of ['alice', 'bob', 'carol']) ballots.cast('a draw', player);
  });

  const bundle = async (draw: Draw) => {
    await draws.add([{ draw, secret: SECRET }]);
    const found = await bundles.bundle(draw.id);
    return found && { ...found, candidates: (await all(found.candidates)).flat() };
  };

  const bound = () => sealed(aDraw('a draw', { beacon: { chain: CHAIN, round: null } }));
  const note = 'candidate 0 2 b winner\ncandidate 4 1 c repeated\n\n— lottery.test key 1\n';
  const result = { drawnAt: new Date(), winnerIndexes: [2], note };

  it('is nothing before the seal', async () => {
    expect(await bundle(aDraw('a draw'))).toBeNull();
  });

  it('has the notes, the checkpoint and who cannot win after it, but no result', async () => {
    const draw = sealed(aDraw('a draw'), { exclusions: ['a', 'b'] });
    expect(await bundle(draw)).toEqual({
      format: 'lottery-bundle/v2',
      verifierKey: `the key of ${draw.opening.note}`,
      open: draw.opening.note,
      seal: draw.seal?.note,
      draw: null,
      checkpoint: 'checkpoint 3 of a draw',
      exclusions: 'a\nb\n',
      beacon: null,
      candidates: [],
    });
  });

  it('shows each candidate of the draw note with its line and its proof in the sealed tree', async () => {
    const lines = ballots.of('a draw').map(({ line }) => line);
    expect(await bundle(sealed(aDraw('a draw')).drawnAs(result))).toMatchObject({
      draw: note,
      candidates: [
        { j: 0, line: lines[2], proof: ['0203'] },
        { j: 4, line: lines[1], proof: ['0103'] },
      ],
    });
  });

  it('shows each ballot that was found by rank after the candidates', async () => {
    const ranked = 'candidate 0 2 b excluded\nranked 5 2 1 1 c\nranked 6 1 0 0 d\n\n— lottery.test key 1\n';
    const lines = ballots.of('a draw').map(({ line }) => line);
    expect((await bundle(sealed(aDraw('a draw')).drawnAs({ ...result, note: ranked })))?.candidates).toEqual([
      { j: 0, line: lines[2], proof: ['0203'] },
      { j: 5, line: lines[1], proof: ['0103'] },
      { j: 6, line: lines[0], proof: ['0003'] },
    ]);
  });

  it('keeps the format of a draw of the first version', async () => {
    const note = 'lottery-draw/v1/open\n\n— lottery.test key 1\n';
    expect((await bundle(sealed(aDraw('a draw', { note }))))?.format).toBe('lottery-bundle/v1');
  });

  it('reads many candidates in pieces, and writes the same JSON', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => `candidate ${i} ${i % 3} b excluded\n`);
    const draw = sealed(aDraw('a draw')).drawnAs({ ...result, note: `${lines.join('')}\n— lottery.test key 1\n` });
    const whole = await bundle(draw);
    expect(whole?.candidates.map(({ j }) => j)).toEqual(lines.map((_, i) => i));
    const pieces = await all(bundleFile((await bundles.bundle('a draw'))!).pieces);
    expect(pieces.length).toBeGreaterThan(3);
    expect(JSON.parse(pieces.join(''))).toEqual(whole);
  });

  it('keeps the answer of the beacon back until the draw note is out', async () => {
    const { id, opening, seal } = bound();
    const waiting = new Draw(id, opening, seal, SIGNATURE, null);
    expect((await bundle(waiting))?.beacon).toBeNull();
    expect((await bundle(waiting.drawnAs(result)))?.beacon).toEqual({
      chainHash: CHAIN.hash,
      publicKey: CHAIN.publicKey,
      genesis: CHAIN.genesis,
      period: 30,
      scheme: CHAIN.scheme,
      round: seal?.round,
      signature: SIGNATURE.toString('hex'),
    });
  });
});

async function all<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

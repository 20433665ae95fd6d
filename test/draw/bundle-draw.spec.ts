import { BundleDraw } from '../../src/draw/application/bundle-draw';
import { Draw } from '../../src/draw/domain/draw';
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
    return bundles.bundle(draw.id);
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
      format: 'lottery-bundle/v1',
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

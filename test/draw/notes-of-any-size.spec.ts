import { ballotsIn, drawBody, exclusionList } from '../../src/draw/domain/statements';

/** More than fit into the arguments of a call. */
const MANY = 300_000;

describe('notes of any size', () => {
  it('lists every player who cannot win', () => {
    const players = Array.from({ length: MANY }, (_, i) => i.toString(16).padStart(32, '0'));
    expect(exclusionList(players.toReversed())).toBe(`${players.join('\n')}\n`);
  });

  it('names every candidate of a draw of the first version', () => {
    const candidates = Array.from({ length: MANY }, (_, index) => {
      return { block: index, index, ballotId: 'b', verdict: 'excluded' } as const;
    });
    const body = drawBody({
      drawId: 'd',
      sealBody: 'lottery-draw/v1/seal\n',
      secret: Buffer.alloc(32),
      beaconSignature: null,
      candidates,
      drawnAt: new Date(0),
      assurance: 'C',
    });
    expect([...ballotsIn(body)]).toEqual(candidates.map(({ block, index }) => ({ block, index })));
  });
});

import { hash } from 'node:crypto';
import { PseudonymCache } from '../../src/ballot/application/pseudonym-cache';
import { playerOf } from '../../src/ballot/domain/ballot';

describe('the pseudonyms of players', () => {
  const draws = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
  const salts = [0, 1, 2, 3, 4].map((i) => hash('sha256', `salt ${i}`, 'buffer'));

  it('are those of the protocol, whichever draw and player were asked for before', () => {
    const pseudonyms = new PseudonymCache();
    for (const drawId of [...draws, ...draws, ...draws.toReversed()]) {
      for (const salt of [...salts, ...salts]) expect(pseudonyms.of(salt, drawId)).toBe(playerOf(salt, drawId));
    }
  });

  it('are remembered by salt and draw, the last one of each salt', () => {
    const pseudonyms = new PseudonymCache();
    const salt = Buffer.from(salts[0]!);
    const first = pseudonyms.of(salt, draws[0]!);
    // A salt never changes: this one does, to show that it was not asked again.
    salt.fill(0);
    expect(pseudonyms.of(salt, draws[0]!)).toBe(first);
    expect(pseudonyms.of(salt, draws[1]!)).toBe(playerOf(salt, draws[1]!));
    expect(pseudonyms.of(salt, draws[0]!)).not.toBe(first);
  });
});

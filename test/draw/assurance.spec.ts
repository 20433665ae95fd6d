import { assuranceLevel, assuranceSentence } from '../../src/draw/domain/assurance';

describe('assurance level', () => {
  const round = new Date('2026-11-22T00:01:00Z');
  const sealedBefore = (seconds: number) => new Date(round.getTime() - seconds * 1000);

  it.each([
    ['no beacon', null, 'C'],
    ['scheduled, 60 s before the round', { trigger: 'schedule', sealedAt: sealedBefore(60), openRoundAt: round }, 'A'],
    ['scheduled, 10 s before the round', { trigger: 'schedule', sealedAt: sealedBefore(10), openRoundAt: round }, 'A'],
    [
      'scheduled, 9.999 s before the round',
      { trigger: 'schedule', sealedAt: sealedBefore(9.999), openRoundAt: round },
      'B',
    ],
    ['scheduled, after the round', { trigger: 'schedule', sealedAt: sealedBefore(-1), openRoundAt: round }, 'B'],
    ['by hand', { trigger: 'manual', sealedAt: sealedBefore(3_600), openRoundAt: round }, 'B'],
    ['when full', { trigger: 'full', sealedAt: sealedBefore(3_600), openRoundAt: null }, 'B'],
    ['scheduled, round fixed by the seal', { trigger: 'schedule', sealedAt: sealedBefore(60), openRoundAt: null }, 'B'],
  ] as const)('of a draw with %s', (_, facts, level) => {
    expect(assuranceLevel(facts)).toBe(level);
  });

  it('says at level C that the operator could know the result', () => {
    expect(assuranceSentence('C', false)).toContain(
      'the operator could know the result beforehand and add ballots of its own',
    );
  });

  it.each(['A', 'B', 'C'] as const)('says at level %s if the winner needs the list of ballots', (level) => {
    const suffix = "; the winner's place can be checked with the list of ballots only.";
    expect(assuranceSentence(level, true)).toBe(assuranceSentence(level, false).replace(/\.$/, suffix));
  });
});

import fc from 'fast-check';
import { formatInstant } from '../../src/shared/domain/instant';

describe('an instant in text', () => {
  it('is RFC 3339 with three decimals, whatever was written before', () => {
    const few = fc.constantFrom(0, 1, 86_400_000, 1_795_295_697_398, -62_135_596_800_000);
    fc.assert(
      fc.property(fc.array(few), (instants) => {
        const texts = instants.map((ms) => formatInstant(new Date(ms)));
        expect(texts).toEqual(instants.map((ms) => new Date(ms).toISOString()));
      }),
    );
  });

  it('has a year of four digits', () => {
    for (const ms of [253_402_300_800_000, -62_167_219_200_001]) {
      expect(() => formatInstant(new Date(ms))).toThrow('years 0000 to 9999');
    }
  });
});

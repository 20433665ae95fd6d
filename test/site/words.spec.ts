import { en } from '../../web/words/en';
import { es } from '../../web/words/es';
import { verifierLines } from '../../web/words/es/verifier-lines';
import { say } from '../../web/words/say';

/** Texts by their place; the names in braces of each. */
function textsIn(words: unknown, place = ''): [place: string, text: string][] {
  if (typeof words === 'string') return [[place, words]];
  return Object.entries(words as object).flatMap(([name, inner]) => textsIn(inner, `${place}/${name}`));
}

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the words of the pages', () => {
  const english = new Map(textsIn(en));
  const spanish = new Map(textsIn(es));

  it('are all there in Spanish, and no others', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leave nothing empty, and fill the same values', () => {
    for (const [place, text] of english) {
      expect([place, spanish.get(place)?.trim() === '', text.trim() === '']).toEqual([place, false, false]);
      expect([place, namesIn(spanish.get(place) ?? '')]).toEqual([place, namesIn(text)]);
    }
  });

  it('have one Spanish word for an idea', () => {
    const texts = [...spanish.values(), ...Object.values(verifierLines)];
    expect(texts.filter((text) => /resguardo|justificante|organizador/i.test(text))).toEqual([]);
  });

  it('count as the language does', () => {
    const ballots = { one: '{n} ballot', other: '{n} ballots' };
    expect([0, 1, 2, 1_234_567].map((n) => say(ballots, 'en', { n }))).toEqual([
      '0 ballots',
      '1 ballot',
      '2 ballots',
      '1,234,567 ballots',
    ]);
    expect(say({ one: '{n} papeleta', other: '{n} papeletas' }, 'es', { n: 12_345 })).toBe('12.345 papeletas');
  });

  it('fill in what they are given as it is', () => {
    expect(say('{who} has {what}', 'en', { who: '{what}$&', what: '<b>' })).toBe('{what}$& has <b>');
  });
});

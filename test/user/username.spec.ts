import fc from 'fast-check';
import { USERNAME, usernameKey } from '../../src/user/domain/username';

const letterOrDigit = /^[\p{L}\p{N}]$/u;
const usernameCharacter = fc
  .oneof(fc.constantFrom('.', '_', '-'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
  .filter((character) => USERNAME.test(character.repeat(3)));
const username = fc.array(usernameCharacter, { minLength: 3, maxLength: 32 }).map((characters) => characters.join(''));

describe('a username', () => {
  it.each(['Alice', 'alice', 'ALICE', 'ａｌｉｃｅ'])('%s is the same name as alice', (spelling) => {
    expect(usernameKey(spelling)).toBe(usernameKey('alice'));
  });

  it.each([
    ['straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁre', 'FIRE'],
  ])('%s is the same name as %s', (one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other));
  });

  it('has no letter or digit that nobody can see, of all there are', () => {
    const unseen: string[] = [];
    for (let code = 0; code <= 0x10_ff_ff; code++) {
      if (code >= 0xd8_00 && code <= 0xdf_ff) continue;
      const character = String.fromCodePoint(code);
      if (USERNAME.test(`ab${character}`) && /[\p{Default_Ignorable_Code_Point}\s]/u.test(character)) {
        unseen.push(code.toString(16));
      }
    }
    expect(unseen).toEqual([]);
  });

  it('is another name when a letter differs', () => {
    expect(usernameKey('alice')).not.toBe(usernameKey('alisa'));
  });

  it('folds to the same key in every case, for every letter and digit there is', () => {
    const unequal: string[] = [];
    for (let code = 0; code <= 0x10_ff_ff; code++) {
      if (code >= 0xd8_00 && code <= 0xdf_ff) continue;
      const character = String.fromCodePoint(code);
      if (!letterOrDigit.test(character)) continue;
      const key = usernameKey(character);
      const spellings = [key, character.toUpperCase(), character.toLowerCase()];
      if (spellings.some((spelling) => usernameKey(spelling) !== key)) unequal.push(code.toString(16));
    }
    expect(unequal).toEqual([]);
  });

  it('is caught when only lower case is folded: the test above does look', () => {
    const lowerCaseOnly = (text: string) => text.normalize('NFKC').toLowerCase();
    expect(lowerCaseOnly('straße')).not.toBe(lowerCaseOnly('STRASSE'));
  });

  it('keeps its key when the key is folded again', () => {
    fc.assert(fc.property(username, (text) => usernameKey(usernameKey(text)) === usernameKey(text)));
  });

  it.each([
    'ab',
    'a'.repeat(33),
    'a b',
    'a\u0000b',
    'a\nb',
    'ali\ud800ce',
    'al/ice',
    'alice\u202e',
    '',
    '\u3164\u115f\u1160',
    'alice\u3164',
    'ali\uffa0ce',
  ])('is not %j', (text) => {
    expect(USERNAME.test(text)).toBe(false);
  });
});

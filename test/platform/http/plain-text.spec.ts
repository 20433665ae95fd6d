import { validateSync } from 'class-validator';
import {
  EmailAddress,
  NotBlank,
  PLAIN_TEXT,
  PLAIN_TEXT_PATTERN,
  PlainText,
} from '../../../src/platform/http/plain-text';

const LAST_CODE_POINT = 0x10_ff_ff;
const SURROGATES = /\p{Cs}/u;

class Form {
  @PlainText(2, 4)
  text: unknown = 'abcd';

  @NotBlank()
  @PlainText(1, 4)
  name: unknown = 'a';

  @EmailAddress(20)
  email: unknown = 'a@example.org';
}

const isRight = (fields: Partial<Form>) => validateSync(Object.assign(new Form(), fields)).length === 0;

describe('text that is taken', () => {
  it('is what its documented pattern says, for every character', () => {
    const documented = new RegExp(PLAIN_TEXT_PATTERN, 'u');
    const other: string[] = [];
    for (let point = 0; point <= LAST_CODE_POINT; point++) {
      const character = String.fromCodePoint(point);
      if (SURROGATES.test(character)) continue;
      if (PLAIN_TEXT.test(character) !== documented.test(character)) other.push(point.toString(16));
    }
    expect(other).toEqual([]);
  });

  it.each([
    ['a', false],
    ['ab', true],
    ['abcd', true],
    ['abcde', false],
    ['🎲', false],
    ['🎲🎲🎲🎲', true],
    ['🎲🎲🎲🎲🎲', false],
    ['a\ufe0fb\ufe0f', true],
    ['a\ufe0fb\ufe0fc\ufe0f', false],
    ['ab\u0000', false],
    ['ab\ud800', false],
    [['a', 'b'], false],
    [12, false],
  ])('is as long as it has code points: %j, %s', (text, right) => {
    expect(isRight({ text })).toBe(right);
  });

  it.each([' ', '\u00a0\u3000', '\ufeff'])('is not blank where it is a name: %j', (name) => {
    expect(isRight({ name })).toBe(false);
    expect(isRight({ name: `${name}b` })).toBe(true);
  });

  it.each([
    ['ann@example.org', true],
    ['ünn@exämple.org', true],
    ['"a b"@example.org', false],
    ['"a@b"@example.org', false],
    ['ann@long.example.org.', false],
    ['ann@very-long.example.org', false],
    ['ann', false],
    [null, false],
  ])('is an e-mail address where it must be: %j, %s', (email, right) => {
    expect(isRight({ email })).toBe(right);
  });
});

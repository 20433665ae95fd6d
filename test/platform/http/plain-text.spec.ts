import { validateSync } from 'class-validator';
import {
  EmailAddress,
  NotBlank,
  PLAIN_TEXT,
  PLAIN_TEXT_PATTERN,
  PlainText,
  Visible,
} from '../../../src/platform/http/plain-text';

const LAST_CODE_POINT = 0x10_ff_ff;
const SURROGATES = /\p{Cs}/u;

class Form {
  @PlainText(2, 4)
  text: unknown = 'abcd';

  @NotBlank()
  @PlainText(1, 4)
  reason: unknown = 'a';

  @Visible()
  @PlainText(1, 4)
  name: unknown = 'a';

  @EmailAddress(20)
  email: unknown = 'a@example.org';
}

const isRight = (fields: Partial<Form>) => validateSync(Object.assign(new Form(), fields)).length === 0;

function documentedPattern(field: keyof Form): RegExp {
  const { pattern } = Reflect.getMetadata('swagger/apiModelProperties', Form.prototype, field) as { pattern: string };
  return new RegExp(pattern, 'u');
}

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

  it.each([' ', '\u00a0\u3000', '\ufeff', '\u200b', '\u3164', '\u2800', '\ufe0f'])('is not blank: %j', (reason) => {
    expect(isRight({ reason })).toBe(false);
    expect(isRight({ reason: `${reason}b` })).toBe(true);
  });

  it('has nothing in a name that nobody can see, and something that everybody can', () => {
    const passed: string[] = [];
    for (let point = 0; point <= LAST_CODE_POINT; point++) {
      const character = String.fromCodePoint(point);
      if (!/[\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/u.test(character)) continue;
      if (isRight({ name: character })) passed.push(point.toString(16));
    }
    expect(passed).toEqual([]);
    const hidden = ['\u200b', '\u2060', '\u00ad', '\u3164', '\u{e0041}', '\ufeff', '\u2800', '\u{1d173}'];
    for (const character of hidden)
      expect([character, isRight({ name: `a${character}b` })]).toEqual([character, false]);
  });

  it.each(['👩\u200d🚀', 'می\u200cش', '❤\ufe0f', 'ᠮ\u3000ᠮ'])('has what scripts and emoji need: %j', (name) => {
    expect(isRight({ name })).toBe(true);
    expect(name).toMatch(documentedPattern('name'));
  });

  it.each(['\u200b', '\u3164\u1160', ' \ufe0f', 'a\u2060', 'a\u00adb'])('is documented for names: %j', (name) => {
    expect(name).not.toMatch(documentedPattern('name'));
  });

  it.each([
    ['ann@example.org', true],
    ['ünn@exämple.org', true],
    ['"a b"@example.org', false],
    ['"a@b"@example.org', false],
    ['ann@long.example.org.', false],
    ['ann@very-long.example.org', false],
    ['ann', false],
    ['an\u200bn@example.org', false],
    ['ann\u3164@example.org', false],
    [null, false],
  ])('is an e-mail address where it must be: %j, %s', (email, right) => {
    expect(isRight({ email })).toBe(right);
  });
});

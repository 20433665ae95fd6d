import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isEmail, Matches, ValidateBy } from 'class-validator';

/**
 * No control characters (PostgreSQL rejects NUL), no lone surrogates, no line separators, no marks that change the
 * direction of their neighbours.
 */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

const UNSHOWN = String.raw`\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`;
/** The same in syntax that every regular expression engine knows; a lone surrogate is no text in JSON anyway. */
export const PLAIN_TEXT_PATTERN = `^[^${UNSHOWN}]*$`;
/**
 * Nobody can see these: what fonts may ignore (zero-width characters, fillers, tags), and the blank of Braille.
 * Scripts and emoji need the joiners and the variation selectors within a name.
 */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
const HIDDEN = /(?!\u200c|\u200d|[\ufe00-\ufe0f])[\p{Default_Ignorable_Code_Point}\u2800]/u;
/** The same within the first 65,536 code points. */
const FILLERS = String.raw`\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0`;
const HIDDEN_CLASS = String.raw`${FILLERS}\u00ad\u034f\u180b-\u180f\u200b\u2060-\u206f\ufeff\ufff0-\ufff8`;
const UNSEEN_CLASS = String.raw`${HIDDEN_CLASS}\u200c\u200d\ufe00-\ufe0f`;
const NOT_BLANK_PATTERN = `^[^${UNSHOWN}]*[^\\s${UNSHOWN}${UNSEEN_CLASS}][^${UNSHOWN}]*$`;
const [ANY, SEEN] = [`[^${UNSHOWN}${HIDDEN_CLASS}]*`, `[^\\s${UNSHOWN}${UNSEEN_CLASS}]`];
const VISIBLE_PATTERN = `^${ANY}${SEEN}${ANY}$`;

/** One @ and no space; isEmail would take both in quotation marks. */
const ADDRESS_PATTERN = '^[^\\s@]+@[^\\s@]+$';

/**
 * Requires displayable text of this many code points, as JSON Schema counts. The library's own count skips combining
 * characters, so there would be no limit to those.
 */
export const PlainText = (min: number, max: number) =>
  applyDecorators(
    ValidateBy({
      name: 'textLength',
      validator: {
        validate: (value) => typeof value === 'string' && isWithin(min, max, value),
        defaultMessage: () => `$property must be a text of ${min} to ${max} characters`,
      },
    }),
    Matches(PLAIN_TEXT, { message: '$property must be text without control characters' }),
    ApiProperty({ minLength: min, maxLength: max, pattern: PLAIN_TEXT_PATTERN }),
  );

/** Requires something that can be seen. Place it above PlainText. */
export const NotBlank = () => applyDecorators(HasSomethingSeen(), ApiProperty({ pattern: NOT_BLANK_PATTERN }));

/** Requires something that can be seen, and nothing that cannot: for names. Place it above PlainText. */
export const Visible = () =>
  applyDecorators(
    HasSomethingSeen(),
    ValidateBy({
      name: 'nothingHidden',
      validator: {
        validate: (value) => typeof value === 'string' && !HIDDEN.test(value),
        defaultMessage: () => '$property must have no characters that nobody can see',
      },
    }),
    ApiProperty({ pattern: VISIBLE_PATTERN }),
  );

function HasSomethingSeen(): PropertyDecorator {
  return ValidateBy({
    name: 'notBlank',
    validator: {
      validate: (value) => typeof value === 'string' && isSeen(value),
      defaultMessage: () => '$property must not be blank',
    },
  });
}

/** Without backtracking: a text may be long. */
function isSeen(text: string): boolean {
  for (const character of text) if (!UNSEEN.test(character) && character.trim() !== '') return true;
  return false;
}

/** An e-mail address in plain text; the library's own check throws at a lone surrogate. */
export const EmailAddress = (max: number) =>
  applyDecorators(
    ValidateBy({
      name: 'emailAddress',
      validator: {
        validate: (value) =>
          typeof value === 'string' &&
          isWithin(1, max, value) &&
          PLAIN_TEXT.test(value) &&
          !UNSEEN.test(value) &&
          new RegExp(ADDRESS_PATTERN, 'u').test(value) &&
          isEmail(value),
        defaultMessage: () => `$property must be an email of at most ${max} characters`,
      },
    }),
    ApiProperty({ format: 'idn-email', maxLength: max, pattern: ADDRESS_PATTERN }),
  );

function isWithin(min: number, max: number, text: string): boolean {
  // No code point has more than two units, so that a long text need not be counted.
  const length = text.length > 2 * max ? text.length : [...text].length;
  return length >= min && length <= max;
}

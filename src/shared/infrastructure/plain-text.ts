import { isEmail, Matches, ValidateBy } from 'class-validator';

/**
 * No control characters (NUL would be a fault in PostgreSQL), no half surrogates, no line separators, no marks that turn
 * the direction of what stands beside them.
 */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** Nothing but text that can be shown. */
export const PlainText = () => Matches(PLAIN_TEXT, { message: '$property must be text without control characters' });

/** An e-mail address in plain text; the library's own check throws at half a surrogate. */
export const EmailAddress = () =>
  ValidateBy({
    name: 'emailAddress',
    validator: {
      validate: (value) => typeof value === 'string' && PLAIN_TEXT.test(value) && isEmail(value),
      defaultMessage: () => '$property must be an email',
    },
  });

import { Matches } from 'class-validator';

/**
 * Nothing but text that can be shown: no control characters (NUL would be a fault in PostgreSQL), no half surrogates, no
 * line separators, no marks that turn the direction of what stands beside them.
 */
export const PlainText = () =>
  Matches(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u, {
    message: '$property must be text without control characters',
  });

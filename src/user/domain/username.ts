/** The form of a username: what can be seen. The Hangul fillers are letters, but no font shows them. */
export const USERNAME = /^(?:(?![\u115f\u1160\u3164\uffa0])[\p{L}\p{N}._-]){3,32}$/u;

/** In syntax that every engine knows: it excludes no more than what of ASCII is none of letters, digits and `._-`. */
export const USERNAME_PATTERN = String.raw`^[^\u0000-,/:-@\[-^\u0060{-\u007f]*$`;

/**
 * The form in which two spellings of one username are equal: compatibility forms and case are folded. Lower case alone
 * would distinguish what upper case writes alike (ß and SS, the two small sigmas).
 */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

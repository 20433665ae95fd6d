/** The form of a username: what can be seen. The Hangul fillers are letters, but no font shows them. */
export const USERNAME = /^(?:(?![\u115f\u1160\u3164\uffa0])[\p{L}\p{N}._-]){3,32}$/u;

/** As documented: without what few engines of regular expressions know. */
export const USERNAME_PATTERN = String.raw`^[\p{L}\p{N}._-]{3,32}$`;

/**
 * The form in which two spellings of one username are equal: compatibility forms and case are folded. Lower case alone
 * would distinguish what upper case writes alike (ß and SS, the two small sigmas).
 */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

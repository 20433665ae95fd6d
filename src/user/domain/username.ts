/** What a username looks like. */
export const USERNAME = /^[\p{L}\p{N}._-]{3,32}$/u;

/**
 * The form in which two spellings of one username are equal: compatibility forms and case folded away. Lower case alone
 * would tell apart what upper case writes alike (ß and SS, the two small sigmas).
 */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

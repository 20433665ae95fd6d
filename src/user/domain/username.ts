/** The form of a username. */
export const USERNAME = /^[\p{L}\p{N}._-]{3,32}$/u;

/**
 * The form in which two spellings of one username are equal: compatibility forms and case are folded. Lower case alone
 * would distinguish what upper case writes alike (ß and SS, the two small sigmas).
 */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

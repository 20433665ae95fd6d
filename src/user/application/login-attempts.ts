/** An attempt to log in. */
export interface LoginAttempt {
  /** As typed; the user may not exist. */
  readonly username: string;
  /** The client's network address. */
  readonly address: string;
}

/**
 * Slows down guessing, for each address and, more, for each account from each address: guesses from one address never
 * keep the owner of the account waiting at another. Each call is a unit of work of its own or joins one.
 */
export abstract class LoginAttempts {
  /**
   * Counts one attempt as failed until it turns out otherwise, so parallel guesses gain nothing.
   *
   * @returns whether the address is known: it has logged in to the account lately. @throws TooManyLoginAttempts if the
   * address has to wait, for this account or for any; that counts as no attempt.
   */
  abstract take(attempt: LoginAttempt): Promise<boolean>;

  /** The password was right: deletes the address's attempts at the account, gives this one back, knows the address. */
  abstract succeed(attempt: LoginAttempt): Promise<void>;

  /** The password was never compared: gives the attempt back. */
  abstract undo(attempt: LoginAttempt, isKnown: boolean): Promise<void>;
}

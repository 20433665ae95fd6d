/** An attempt to log in. */
export interface LoginAttempt {
  /** As typed; the user may not exist. */
  readonly username: string;
  /** The client's network address. */
  readonly address: string;
}

/** Slows down guessing, for each account and for each address. Each call is a unit of work of its own or joins one. */
export abstract class LoginAttempts {
  /**
   * Counts one attempt as failed until it turns out otherwise, so parallel guesses gain nothing.
   *
   * @throws TooManyLoginAttempts if the account or the address has to wait; that counts against neither of them.
   */
  abstract take(attempt: LoginAttempt): Promise<void>;

  /** The password was right: deletes the account's attempts and gives this one back to the address. */
  abstract succeed(attempt: LoginAttempt): Promise<void>;

  /** The password was never compared: gives the attempt back. */
  abstract undo(attempt: LoginAttempt): Promise<void>;
}

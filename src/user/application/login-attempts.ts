/** Who tries to log in, from where. */
export interface LoginAttempt {
  /** As typed; nobody may have it. */
  readonly username: string;
  /** The client's network address. */
  readonly address: string;
}

/** Slows down guessing, for each account and for each address. Each call is a unit of work of its own or joins one. */
export abstract class LoginAttempts {
  /**
   * Takes a place for one attempt. It counts as failed until it turns out otherwise, so guesses in parallel gain nothing.
   *
   * @throws TooManyLoginAttempts where the account or the address has to wait; that costs neither of them anything.
   */
  abstract take(attempt: LoginAttempt): Promise<void>;

  /** The password was right: forgets the account's attempts and gives the address this one back. */
  abstract succeed(attempt: LoginAttempt): Promise<void>;

  /** The password was never compared: gives the attempt back. */
  abstract undo(attempt: LoginAttempt): Promise<void>;
}

/** Limits of guessing. */
export interface LoginLimit {
  /** Attempts without a wait; after them the wait doubles from one second. */
  readonly freeAttempts: number;
  readonly longestWaitSeconds: number;
}

/** Of one account from one address, most often its owner's. */
export const ACCOUNT_LIMIT: LoginLimit = { freeAttempts: 5, longestWaitSeconds: 60 };
/** The same for an unknown address while many guess: who types the right password at once does not wait. */
export const GUESSED_ACCOUNT_LIMIT: LoginLimit = { freeAttempts: 2, longestWaitSeconds: 15 * 60 };
/** This many attempts at an account within ATTEMPTS_REMEMBERED_SECONDS from unknown addresses are guessing. */
export const GUESSING_ATTEMPTS = 20;
/**
 * More attempts, because a family or an office shares an address; a longer wait, because a robot has many accounts to
 * try.
 */
export const ADDRESS_LIMIT: LoginLimit = { freeAttempts: 20, longestWaitSeconds: 15 * 60 };
/** Attempts expire after this long without another one. */
export const ATTEMPTS_REMEMBERED_SECONDS = 60 * 60;
/** An address is known for this long after a log-in. */
export const ADDRESS_KNOWN_DAYS = 30;
/** The most recent ones of an account: places where one person is. */
export const MOST_KNOWN_ADDRESSES = 10;

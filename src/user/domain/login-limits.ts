/** Limits of guessing. */
export interface LoginLimit {
  /** Attempts without a wait; after them the wait doubles from one second. */
  readonly freeAttempts: number;
  readonly longestWaitSeconds: number;
}

/** Longest wait, kept short: a stranger's guesses must not lock the owner out. */
export const ACCOUNT_LIMIT: LoginLimit = { freeAttempts: 5, longestWaitSeconds: 60 };
/**
 * More attempts, because a family or an office shares an address; a longer wait, because a robot has many accounts to
 * try.
 */
export const ADDRESS_LIMIT: LoginLimit = { freeAttempts: 20, longestWaitSeconds: 15 * 60 };
/** Attempts expire after this long without another one. */
export const ATTEMPTS_REMEMBERED_SECONDS = 60 * 60;

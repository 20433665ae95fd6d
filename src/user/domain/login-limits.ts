/** How fast somebody may guess. */
export interface LoginLimit {
  /** So many attempts follow each other without a wait; behind them it doubles from one second. */
  readonly freeAttempts: number;
  readonly longestWaitSeconds: number;
}

/** Short at its longest: a stranger's guesses must not lock the owner out. */
export const ACCOUNT_LIMIT: LoginLimit = { freeAttempts: 5, longestWaitSeconds: 60 };
/** More at once, because a family or an office shares an address; longer at its longest, because a robot has many accounts to try. */
export const ADDRESS_LIMIT: LoginLimit = { freeAttempts: 20, longestWaitSeconds: 15 * 60 };
/** Attempts are forgotten when none has followed for so long. */
export const ATTEMPTS_REMEMBERED_SECONDS = 60 * 60;

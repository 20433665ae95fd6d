import type { Settled } from '../shared/application/group-commit';
import type { Posted } from './domain/decide';
import type { PostRequest } from './domain/request';

export { accountOf, walletOf, type AccountName } from './domain/account';
export type { Posted } from './domain/decide';
export type { PostLeg, PostRequest } from './domain/request';
export { transferId } from './domain/transfer';

/** What a user has, in minor units. */
export interface Funds {
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
}

/** Moves money, in the caller's unit of work. */
export abstract class Money {
  /**
   * Carries out each request or refuses it by value, in this order, whatever becomes of the others. Any number of them:
   * it works them off in portions. Opens accounts that are not there yet. Holds the lock of the log, and with it of all
   * money, until the caller's commit: call it last, and let nothing slow follow.
   *
   * Refusals: InsufficientFunds, AccountFrozen, AccountClosed, AccountNotFound (of a user who does not exist),
   * HoldNotFound, HoldSettled, HoldExpired, AmountExceedsHold, ReversalExceedsTransfer, CurrencyMismatch,
   * IdempotencyKeyReused, InvalidInput (also for what is not of the form that PostLeg describes).
   */
  abstract post(requests: readonly PostRequest[]): Promise<readonly Settled<Posted>[]>;

  /** What these users have in a currency; those without a wallet are absent. */
  abstract funds(userIds: readonly string[], currency: string): Promise<ReadonlyMap<string, Funds>>;
}

/** Moves money on behalf of many callers at once, who share transactions. Do not call it within a unit of work. */
export abstract class MoneyQueue {
  /**
   * Resolves when the request is committed, or rejects with its refusal (see `Money.post`).
   *
   * @throws QueueFull: nothing was stored. Any other error leaves the outcome open: ask again with the same ids.
   */
  abstract submit(request: PostRequest): Promise<Posted>;
}

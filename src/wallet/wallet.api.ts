import type { Settled } from '../shared/application/group-commit';
import type { AccountName } from './domain/account';
import type { Posted } from './domain/decide';
import type { Reason, TransferKind } from './domain/transfer';

export { accountOf, walletOf, type AccountName } from './domain/account';
export type { Posted } from './domain/decide';
export { transferId } from './domain/transfer';

/** One movement of money. */
export interface PostLeg {
  /** A UUID: `transferId` of the cause, or one that whoever asks keeps. The same id again is a retry. */
  readonly id: string;
  /** `post` and `void` end a hold between the same accounts. */
  readonly kind: Exclude<TransferKind, 'expire'>;
  readonly reason: Reason;
  /** What it is about, a UUID: a donation, a bet, an award, a deposit; for a reversal the transfer that it reverses. */
  readonly causeId: string;
  /** Where money comes from. */
  readonly debit: AccountName;
  readonly credit: AccountName;
  /** In minor units, 1 to 10^14; 0 for `void`. */
  readonly amountMinor: bigint;
  /** The id of the leg that placed the hold which this one settles. */
  readonly holdId?: string;
  /** From this instant on the hold that this leg places can only expire; absent: it never does. */
  readonly expiresAt?: Date;
  readonly note?: string;
}

/** Linked legs, 1 to 8: all of them happen, or none. */
export type PostRequest = readonly PostLeg[];

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
   * IdempotencyKeyReused, InvalidInput.
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

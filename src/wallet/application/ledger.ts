import type { LogAppend } from '../../shared/application/signed-log';
import type { Frontier } from '../../shared/domain/merkle-tree';
import type { Account, AccountName } from '../domain/account';
import type { Draft, Reversible } from '../domain/books';
import type { Hold } from '../domain/hold';
import type { Transfer } from '../domain/transfer';
import type { Funds } from '../wallet.api';

/** Follows the origin in the first line of every checkpoint of the log of transfers. */
export const WALLET_LOG = 'wallet';

/** The log and some accounts, under their row locks. */
export interface LockedLedger {
  readonly tree: Frontier;
  /** Database time, or the instant of the last transfer if that is later. */
  readonly at: Date;
  /** Those of the accounts that exist. */
  readonly accounts: readonly Account[];
}

/** An open hold whose time has come, and the transfer that placed it. */
export interface ExpiredHold {
  readonly hold: Hold;
  readonly placedBy: Pick<Transfer, 'reason' | 'causeId'>;
}

/** What a batch changes. */
export interface LedgerAppend {
  readonly changes: Draft;
  readonly log: LogAppend;
  readonly at: Date;
}

/** Stores accounts, transfers, entries, holds and their log. All writing happens in the running unit of work. */
export abstract class Ledger {
  /**
   * Locks the log, then the accounts in the order of their ids, until commit: one writer at a time for all money, on
   * any replica. Whoever changes anything of the ledger calls this first, so nobody waits in a circle.
   */
  abstract lock(accountIds: readonly string[]): Promise<LockedLedger>;
  /** Those of the accounts that somebody has opened while the log's lock was waited for, under their row locks. */
  abstract openedMeanwhile(accountIds: readonly string[]): Promise<readonly Account[]>;
  /** Opens these accounts, which do not exist. Under the log's lock. */
  abstract open(names: readonly AccountName[]): Promise<void>;
  abstract made(ids: readonly string[]): Promise<readonly Transfer[]>;
  abstract holds(ids: readonly string[]): Promise<readonly Hold[]>;
  abstract reversible(ids: readonly string[]): Promise<readonly Reversible[]>;
  /** Stores the changes, in one statement. @throws Error if an account is not as it was locked. */
  abstract append(appended: LedgerAppend): Promise<void>;

  /** Open holds that expired by now, in the order of (expiry, id), behind `after` if it is given, at most `limit`. */
  abstract expiredHolds(limit: number, after: Hold | null): Promise<readonly ExpiredHold[]>;
  abstract funds(accountIds: readonly string[]): Promise<ReadonlyMap<string, Funds>>;
}

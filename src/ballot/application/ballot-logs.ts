import type { Holder } from '../ballot.api';
import type { Appended, BallotLog } from '../domain/ballot-log';

export interface Key {
  readonly userId: string;
  /** SHA-256 of the idempotency key. */
  readonly digest: Buffer;
}

/** A user who has ballots in a draw. */
export interface Participant extends Holder {
  /** The pseudonym in this draw. */
  readonly player: string;
}

/** A log with the signed checkpoint of its size. */
export interface SignedLog {
  readonly log: BallotLog;
  readonly checkpoint: string;
}

/** What an append added, with the signed checkpoint of the new size. */
export interface SignedAppend extends Appended {
  readonly checkpoint: string;
}

export interface ClaimedKey extends Key {
  readonly drawId: string;
  /** The first of its ballots. */
  readonly ballotId: string;
  /** How many ballots it has made, at consecutive places. */
  readonly count: number;
}

/** Stores the logs. Every method runs in the running unit of work, in one statement, however many logs. */
export abstract class BallotLogs {
  /** @throws Error if a draw already has a log. */
  abstract add(logs: readonly SignedLog[]): Promise<void>;

  /**
   * Returns the logs, in request order, and database time, read under the logs' row locks. Holds the locks until
   * commit.
   *
   * @throws Error if a draw has no log.
   */
  abstract lock(drawIds: readonly string[]): Promise<{ logs: readonly BallotLog[]; now: Date }>;

  /** Stores appends, each to a different log. */
  abstract append(appended: readonly SignedAppend[]): Promise<void>;

  /** The first checkpoint of each log, that of no ballots. */
  abstract beginnings(drawIds: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** Stores that the logs are sealed. */
  abstract seal(logs: readonly BallotLog[]): Promise<void>;

  /** Those of these keys that have already made a ballot, in any draw. */
  abstract claimed(keys: readonly Key[]): Promise<readonly ClaimedKey[]>;

  /**
   * Claims these keys; waits for other units of work that are claiming the same keys. Returns the claims that won over
   * ours.
   */
  abstract claim(claims: readonly ClaimedKey[]): Promise<readonly ClaimedKey[]>;

  /** Everyone who has ballots in the draws. For few ballots only, since it reads them all. */
  abstract players(drawIds: readonly string[]): Promise<readonly Participant[]>;

  /** Those of these users who have ballots in the draws. */
  abstract playersAmong(drawIds: readonly string[], userIds: readonly string[]): Promise<readonly Participant[]>;

  /** Number of ballots of each of these, in request order; linear in them, from an index alone. */
  abstract counts(holders: readonly Holder[]): Promise<readonly number[]>;
}

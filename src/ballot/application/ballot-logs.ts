import type { Appended, BallotLog } from '../domain/ballot-log';

export interface Key {
  readonly userId: string;
  /** SHA-256 of the idempotency key. */
  readonly digest: Buffer;
}

export interface ClaimedKey extends Key {
  readonly drawId: string;
  readonly ballotId: string;
}

/** Where the logs are kept. Everything here happens in the running unit of work. */
export abstract class BallotLogs {
  /** @throws Error if the draw already has a log. */
  abstract add(log: BallotLog, checkpoint: string): Promise<void>;

  /** The log and database time under the log's row lock, which is held until commit. @throws Error if there is none. */
  abstract lock(drawId: string): Promise<{ log: BallotLog; now: Date }>;

  /** Stores what an append added, with the signed checkpoint of the new size. */
  abstract append(appended: Appended, checkpoint: string): Promise<void>;

  /** Stores that the log is sealed. */
  abstract seal(log: BallotLog): Promise<void>;

  /** Those of these keys that have already made a ballot, in any draw. */
  abstract claimed(keys: readonly Key[]): Promise<readonly ClaimedKey[]>;

  /** Claims these keys; waits for other units of work that are claiming the same. Returns those it could not have. */
  abstract claim(claims: readonly ClaimedKey[]): Promise<readonly ClaimedKey[]>;

  /** Those of these users who have ballots in the draw, with their pseudonyms. */
  abstract playersAmong(
    drawId: string,
    userIds: readonly string[],
  ): Promise<readonly { userId: string; player: string }[]>;

  /** Whether anybody but these users has a ballot in the draw. */
  abstract hasBallotOfOthers(drawId: string, userIds: readonly string[]): Promise<boolean>;
}

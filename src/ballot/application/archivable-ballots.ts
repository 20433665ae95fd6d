import type { ArchiveKey, ArchiveKind } from '../domain/archived-row';

/** A unit of archiving: the ballots of the draws whose ids are in a range, mostly a month. */
export interface ArchiveUnit {
  readonly name: string;
  readonly firstDraw: string;
  /** The first id beyond it. */
  readonly endDraw: string;
  /** The folder of its files in the archive. */
  readonly folder: string;
  /** Logs of unfilled pools: they stay in the database and do not hold up their month. */
  readonly leftOut: readonly string[];
  /** Whether the archive holds the only copy, and at most the cleaning up is left. */
  readonly isArchived: boolean;
}

export interface LogSize {
  readonly drawId: string;
  readonly size: number;
}

/** What was found in the archive. */
export interface ArchiveFacts {
  readonly ballots: number;
  /** The smallest and the largest ballot id; null if there is no ballot. */
  readonly firstBallot: string | null;
  readonly lastBallot: string | null;
}

/** Ballots that are old enough to leave the database. One archiver at a time. */
export abstract class ArchivableBallots {
  /** The units whose draws were all opened before this instant, oldest first, without those that are done. */
  abstract units(before: Date): Promise<readonly ArchiveUnit[]>;
  /** Whether there are ballots that belong to no unit. */
  abstract hasStrays(): Promise<boolean>;
  /** Records the unit's folder and what is left out: from now on both are fixed. */
  abstract begin(unit: ArchiveUnit): Promise<void>;
  /** The logs of the unit after this draw, without those left out, in the order of their ids, at most `limit`. */
  abstract logs(unit: ArchiveUnit, afterDraw: string, limit: number): Promise<readonly LogSize[]>;
  /** Number of rows of a kind, of these logs. */
  abstract count(unit: ArchiveUnit, kind: ArchiveKind): Promise<number>;
  /** The rows of a kind, of these logs, after this key, ascending, at most `limit`. */
  abstract rows(unit: ArchiveUnit, kind: ArchiveKind, after: ArchiveKey, limit: number): Promise<readonly string[]>;
  /**
   * Hands the unit over to the archive: in one commit its ballots, without those left out, leave the table and are
   * marked as archived. Waits for a moment in which no session uses the table, and never makes other sessions wait for
   * long.
   *
   * @throws Error if the unit has other ballots than those, or a log that is still open.
   */
  abstract handOver(unit: ArchiveUnit, facts: ArchiveFacts): Promise<void>;
  /** Deletes the ballots that were handed over, all checkpoints but the last of each log, and the idempotency keys. */
  abstract tidyUp(unit: ArchiveUnit, done: (rows: number) => void): Promise<void>;
}

/** Knows which draws are final. */
export abstract class SettledDraws {
  /** Returns those of these draws that are drawn or void, each with the root of its signed seal note, in base64. */
  abstract sealedRoots(drawIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

import type { ArchiveKey, ArchiveKind } from '../domain/archived-row';

/** What is archived as a whole: the ballots of the draws whose ids are in a range, mostly those of a month. */
export interface ArchiveUnit {
  readonly name: string;
  readonly firstDraw: string;
  /** The first id beyond it. */
  readonly endDraw: string;
  /** Where its files are in the archive. */
  readonly folder: string;
  /** Stake pools that nobody has filled yet: they stay in the database, and hold up no month. */
  readonly leftOut: readonly string[];
  /** Whether the archive has the only copy, and only tidying up may be left. */
  readonly isArchived: boolean;
}

export interface LogSize {
  readonly drawId: string;
  readonly size: number;
}

/** What was found in the archive. */
export interface ArchiveFacts {
  readonly ballots: number;
  /** The smallest and the largest ballot id, null where there is no ballot. */
  readonly firstBallot: string | null;
  readonly lastBallot: string | null;
}

/** Ballots that are old enough to leave the database. One archiver at a time. */
export abstract class ArchivableBallots {
  /** Those whose draws were all opened before this instant, oldest first; not those of which nothing is left to do. */
  abstract units(before: Date): Promise<readonly ArchiveUnit[]>;
  /** Whether there are ballots that belong to no unit. */
  abstract hasStrays(): Promise<boolean>;
  /** Remembers the unit's folder and what is left out: from now on both are fixed. */
  abstract begin(unit: ArchiveUnit): Promise<void>;
  /** The logs of the unit, but for those that are left out, behind this draw, in the order of their ids, at most so many. */
  abstract logs(unit: ArchiveUnit, afterDraw: string, limit: number): Promise<readonly LogSize[]>;
  /** Number of rows of a kind, of these logs. */
  abstract count(unit: ArchiveUnit, kind: ArchiveKind): Promise<number>;
  /** The rows of a kind, of these logs, behind this key, ascending, at most so many. */
  abstract rows(unit: ArchiveUnit, kind: ArchiveKind, after: ArchiveKey, limit: number): Promise<readonly string[]>;
  /**
   * From here on the archive answers: the unit's ballots, but for what is left out, are gone from the table and known to
   * be archived, at the same moment. Waits for a moment in which nobody uses the table, and lets nobody wait for long.
   *
   * @throws Error where the unit has other ballots than those, or a log that still takes some.
   */
  abstract handOver(unit: ArchiveUnit, facts: ArchiveFacts): Promise<void>;
  /** Deletes the ballots that were handed over, all checkpoints but the last of each log, and the idempotency keys. */
  abstract tidyUp(unit: ArchiveUnit, done: (rows: number) => void): Promise<void>;
}

/** Which draws are over for good. */
export abstract class SettledDraws {
  /** Those of these draws that are drawn or void, each with the root in its signed seal note, in base64. */
  abstract sealedRoots(drawIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

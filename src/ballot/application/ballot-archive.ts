import type { ArchiveKey, ArchiveKind } from '../domain/archived-row';
import type { ArchiveUnit } from './archivable-ballots';

/** Where old ballots are kept: ascending rows of text in compressed files. What is in it never changes. */
export abstract class BallotArchive {
  /**
   * Stores all rows of a kind, behind those that an earlier call had stored before it was cut short. `rowsAfter` gives the
   * next ones, none at the end; `done` is told how many are stored.
   */
  abstract write(
    unit: ArchiveUnit,
    kind: ArchiveKind,
    rowsAfter: (after: ArchiveKey) => Promise<readonly string[]>,
    done: (rows: number) => void,
  ): Promise<void>;

  /** Stores what the files are, for people and for those who have lost the database; reads it back. */
  abstract describe(unit: ArchiveUnit): Promise<void>;

  /** All rows, some at a time, as they lie in the archive: read back, no copy. @throws Error where they are not as written. */
  abstract rows(unit: Pick<ArchiveUnit, 'name' | 'folder'>, kind: ArchiveKind): AsyncIterable<readonly string[]>;
}

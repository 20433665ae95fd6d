import type { ArchiveKey, ArchiveKind } from '../domain/archived-row';
import type { ArchiveUnit } from './archivable-ballots';

/** The archive of old ballots: ascending rows of text in compressed files, which never change. */
export abstract class BallotArchive {
  /**
   * Stores all rows of a kind, continuing after those that an interrupted call had stored. `rowsAfter` returns the next
   * rows, none at the end; `done` is called with the number of stored rows.
   */
  abstract write(
    unit: ArchiveUnit,
    kind: ArchiveKind,
    rowsAfter: (after: ArchiveKey) => Promise<readonly string[]>,
    done: (rows: number) => void,
  ): Promise<void>;

  /** Stores a manifest of the files, for people and for a lost database, and reads it back. */
  abstract describe(unit: ArchiveUnit): Promise<void>;

  /** All rows, in pieces, read back from the archive. @throws Error if they differ from what was written. */
  abstract rows(unit: Pick<ArchiveUnit, 'name' | 'folder'>, kind: ArchiveKind): AsyncIterable<readonly string[]>;
}

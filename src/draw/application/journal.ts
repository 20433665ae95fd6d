import type { LogAppend, LogStore } from '../../shared/application/signed-log';
import type { Span } from '../../shared/domain/merkle-proof';
import type { Frontier } from '../../shared/domain/merkle-tree';

/** What new statements add to the stored journal. */
export interface JournalAppend extends LogAppend {
  readonly statements: readonly string[];
}

/** A statement at its place in the journal. */
export interface JournalEntry {
  readonly index: number;
  /** The body of a signed note: the exact bytes of the leaf. */
  readonly statement: string;
}

/** Follows the origin in the first line of every checkpoint of the journal (docs/draw-protocol.md section 9). */
export const JOURNAL = 'journal';

/** Draw notes of the first version may have megabytes: a page of them must not. */
export const MAX_ENTRIES_BYTES = 1_000_000;

/** Stores the journal. */
export abstract class Journal implements LogStore {
  abstract lock(): Promise<Frontier>;
  /** Stores an append. */
  abstract append(appended: JournalAppend): Promise<void>;
  abstract size(): Promise<number>;
  /** The entries from this index on, at most `limit`: one, and more while those before them have less than 1 MB. */
  abstract entries(from: number, limit: number): Promise<readonly JournalEntry[]>;
  abstract hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  abstract checkpointAt(size: number): Promise<string | null>;
}

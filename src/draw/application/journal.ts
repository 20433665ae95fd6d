import type { NoteSigner } from '../../shared/application/note-signer';
import type { Span } from '../../shared/domain/merkle-proof';
import type { Frontier, Subtree } from '../../shared/domain/merkle-tree';

/** What new statements add to the stored journal. */
export interface JournalAppend {
  /** The tree with the statements at its end. */
  readonly frontier: Frontier;
  readonly statements: readonly string[];
  /** The hashes of the leaves. */
  readonly hashes: readonly Buffer[];
  readonly completed: readonly Subtree[];
  /** The signed checkpoint of the new size. */
  readonly checkpoint: string;
}

/** A statement at its place in the journal. */
export interface JournalEntry {
  readonly index: number;
  /** The body of a signed note: the exact bytes of the leaf. */
  readonly statement: string;
}

/** Stores the journal. */
export abstract class Journal {
  /** Returns the current tree under the journal's row lock. Holds the lock until commit. */
  abstract lock(): Promise<Frontier>;
  /** Stores an append. */
  abstract append(appended: JournalAppend): Promise<void>;
  abstract size(): Promise<number>;
  /** The entries from this index on, at most `limit`. */
  abstract entries(from: number, limit: number): Promise<readonly JournalEntry[]>;
  /** The hashes of these spans, each complete and in order. */
  abstract hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  /** The signed checkpoint of this size, or null if there is none: each append makes one. */
  abstract checkpointAt(size: number): Promise<string | null>;
}

/** The first line of every checkpoint of the journal (docs/draw-protocol.md section 9). */
export function journalOrigin(signer: NoteSigner): string {
  return `${signer.origin}/journal`;
}

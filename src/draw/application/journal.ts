import type { NoteSigner } from '../../shared/application/note-signer';
import type { Span } from '../../shared/domain/merkle-proof';
import type { Frontier, Subtree } from '../../shared/domain/merkle-tree';

/** What further statements add to what is stored. */
export interface JournalAppend {
  /** The tree with the statements at its end. */
  readonly frontier: Frontier;
  readonly statements: readonly string[];
  /** The leaves'. */
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

/** Where the journal is kept. */
export abstract class Journal {
  /** The tree as it is, under the journal's row lock, which is held until commit. */
  abstract lock(): Promise<Frontier>;
  /** Stores what an append added. */
  abstract append(appended: JournalAppend): Promise<void>;
  abstract size(): Promise<number>;
  /** The entries from this index on, at most `limit`. */
  abstract entries(from: number, limit: number): Promise<readonly JournalEntry[]>;
  /** The hashes of these spans, each complete and in order. */
  abstract hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  /** The signed checkpoint of this size, null where none was made: each append makes one. */
  abstract checkpointAt(size: number): Promise<string | null>;
}

/** The first line of every checkpoint of the journal (docs/draw-protocol.md section 9). */
export function journalOrigin(signer: NoteSigner): string {
  return `${signer.origin}/journal`;
}

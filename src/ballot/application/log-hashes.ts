import type { Span } from '../../shared/domain/merkle-proof';

/** The stored hashes and checkpoints of a log. */
export abstract class LogHashes {
  /** The hashes of these spans, each complete and in order; a constant number of queries, however many spans. */
  abstract read(drawId: string, spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  /** The signed checkpoint of this size, null where none was made. */
  abstract checkpointAt(drawId: string, size: number): Promise<string | null>;
  /** The signed checkpoint of the largest tree. */
  abstract latestCheckpoint(drawId: string): Promise<string>;
}

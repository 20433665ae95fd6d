import type { Span } from '../../shared/domain/merkle-proof';
import type { Ballot } from '../domain/ballot';

/** A ballot and the tree in which to prove its place. */
export interface Located {
  readonly ballot: Ballot;
  /** Current number of ballots of its log. */
  readonly current: number;
  /** The signed checkpoint of the requested tree; null if there is none. */
  readonly checkpoint: string | null;
}

/** The stored hashes and checkpoints of a log. */
export abstract class LogHashes {
  /** The hashes of these spans, each complete and in order; at most two queries, however many spans. */
  abstract read(drawId: string, spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  /** The tree of `size` leaves; null: the current tree. One query. @throws BallotNotFound */
  abstract locate(ballotId: string, size: number | null): Promise<Located>;
  /** The signed checkpoint of the largest tree. */
  abstract latestCheckpoint(drawId: string): Promise<string>;
}

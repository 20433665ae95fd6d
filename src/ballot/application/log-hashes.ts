import type { Span } from '../../shared/domain/merkle-proof';
import type { Ballot } from '../domain/ballot';

/** A ballot and the tree in which its place is to be proved. */
export interface Located {
  readonly ballot: Ballot;
  /** Number of ballots that its log has now. */
  readonly current: number;
  /** The signed checkpoint of the wanted tree, null where none was made. */
  readonly checkpoint: string | null;
}

/** The stored hashes and checkpoints of a log. */
export abstract class LogHashes {
  /** The hashes of these spans, each complete and in order; at most two queries, however many spans. */
  abstract read(drawId: string, spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  /** The tree of `size` leaves, null: as it is now. One query. @throws BallotNotFound */
  abstract locate(ballotId: string, size: number | null): Promise<Located>;
  /** The signed checkpoint of the largest tree. */
  abstract latestCheckpoint(drawId: string): Promise<string>;
}

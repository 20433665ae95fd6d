import type { Page, PageRequest } from '../shared/application/page';
import type { Ballot } from './domain/ballot';

export { placesFrom, type Ballot } from './domain/ballot';
export { BallotsClosed, IdempotencyKeyReused } from './domain/errors';

export interface Submission {
  readonly drawId: string;
  readonly userId: string;
  /** 1 to 255 characters; a repeated submission with the same key by the same user makes no further ballot. */
  readonly idempotencyKey: string | null;
  /** How many ballots, 1 to `MAX_BALLOTS_AT_ONCE`. */
  readonly count: number;
}

/** Ballots that one submission makes; a batch holds no more. */
export const MAX_BALLOTS_AT_ONCE = 1_000;

/** The acknowledgement: a ballot and the signed checkpoint of a tree that contains it. */
export interface Receipt {
  readonly ballot: Ballot;
  /** A C2SP signed note. */
  readonly checkpoint: string;
  /** Whether an earlier submission with the same idempotency key made this ballot. */
  readonly replayed: boolean;
}

/** The acknowledgement of a submission: its ballots, at consecutive places, share their checkpoint. */
export interface Receipts extends Omit<Receipt, 'ballot'> {
  /** At least one. */
  readonly ballots: readonly Ballot[];
}

/** Takes ballots; many at once cost one transaction. Do not call it within a unit of work. */
export abstract class BallotIntake {
  /**
   * Resolves when the ballots are committed: all of them, or none.
   *
   * @throws BallotsClosed, PlayerBanned, PlayerUnknown, IdempotencyKeyReused, QueueFull: nothing was stored.
   * Any other error leaves the outcome open: submit again with the same idempotency key.
   */
  abstract submit(submission: Submission): Promise<Receipts>;
}

export interface LogTerms {
  readonly drawId: string;
  /** No ballot and no seal bears an earlier instant. */
  readonly opensAt: Date;
  /** From this instant on nothing is accepted; null for a log that closes when it is full. */
  readonly closesAt: Date | null;
}

/** Starts the logs of new draws, in the caller's unit of work. */
export abstract class LogOpening {
  abstract open(logs: readonly LogTerms[]): Promise<void>;
}

/** A player whom the caller vouches for. */
export interface Entrant {
  readonly userId: string;
  /** 32 random bytes that belong to this person alone; they key the pseudonym of each draw. */
  readonly salt: Buffer;
}

/** Appends ballots of players without an account. A constant number of statements, however many logs and entrants. */
export abstract class LogAppending {
  /**
   * Appends each entrant, at least one for each draw, to the draw's log, in this order, in the caller's unit of work.
   * Holds the logs' row locks until commit. @throws Error if a log is closed.
   *
   * @returns by draw, the receipts of its entrants, in this order.
   */
  abstract append(entrants: ReadonlyMap<string, readonly Entrant[]>): Promise<ReadonlyMap<string, readonly Receipt[]>>;
}

export interface SealedLog {
  readonly sealedAt: Date;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
  /** The pseudonyms of players who have ballots and are banned at this moment, sorted. */
  readonly exclusions: readonly string[];
  /** Number of ballots that can win: those of all other players. */
  readonly eligible: number;
}

/** Ends logs for good, in the caller's unit of work. The cost grows with the ballots of excluded players only. */
export abstract class LogSealing {
  /**
   * Returns in request order. Holds the logs' row locks until the caller's commit; afterwards nothing is ever appended.
   * A constant number of statements, however many logs.
   */
  abstract seal(drawIds: readonly string[]): Promise<readonly SealedLog[]>;
}

/** The place of a ballot. */
export interface Place {
  readonly drawId: string;
  readonly index: number;
}

/** A user who may have ballots in a draw. */
export interface Holder {
  readonly drawId: string;
  readonly userId: string;
}

/** Looks ballots up. */
export abstract class Ballots {
  /** Number of committed ballots of each of these draws. */
  abstract sizes(drawIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The ballots at these places, in request order. @throws Error if a place is beyond its log. */
  abstract at(places: readonly Place[]): Promise<readonly Ballot[]>;
  /**
   * The lines of the first `size` ballots, each with its line feed, in pieces: the published list
   * (docs/draw-protocol.md section 3). It holds nothing between two pieces, so a slow reader costs nothing.
   */
  abstract lines(drawId: string, size: number): AsyncIterable<string>;
  /** The players of the first `size` ballots, in log order, in pieces. Holds nothing between two pieces, as `lines`. */
  abstract players(drawId: string, size: number): AsyncIterable<readonly string[]>;
  /** Number of ballots of each of these users in the draw, in request order; linear in them. Of stored ballots only. */
  abstract counts(holders: readonly Holder[]): Promise<readonly number[]>;
  /** In log order; the cursor is an index. */
  abstract ofDraw(drawId: string, page: PageRequest): Promise<Page<Ballot>>;
  /**
   * The user's ballots in draws that close at an instant: latest opened draw first, newest ballot first; the cursor is
   * `<draw id>.<index>`.
   */
  abstract ofUser(userId: string, page: PageRequest): Promise<Page<Ballot>>;
  /** @throws BallotNotFound */
  abstract find(ballotId: string): Promise<Ballot>;
  /** The receipts of the ballots at these places, as first issued. @throws Error as `at`. */
  abstract receipts(places: readonly Place[]): Promise<readonly Receipt[]>;
  /** The receipts of these ballots of one draw, by ballot id. @throws BallotNotFound */
  abstract receiptsOf(drawId: string, ballotIds: readonly string[]): Promise<ReadonlyMap<string, Receipt>>;
  /** The receipt of this ballot, as first issued. @throws BallotNotFound */
  abstract receipt(ballotId: string): Promise<Receipt>;
}

export interface InclusionProof {
  readonly ballot: Ballot;
  /** Number of leaves of the tree that the proof is for. */
  readonly size: number;
  /** Bottom first, 32 bytes each (RFC 9162 section 2.1.3). */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint of this size; null if there is none. */
  readonly checkpoint: string | null;
}

/** The published list (docs/draw-protocol.md section 3). */
export interface BallotList {
  /** The checkpoint of exactly these ballots, a signed note: the list must hash to its root. */
  readonly checkpoint: string;
  /** `ballots.txt`, in pieces. */
  readonly lines: AsyncIterable<string>;
}

/** Proves what a log contains. Reads a few hundred stored hashes at any size. */
export abstract class LogProofs {
  /** `size` null: the current tree. @throws BallotNotFound, TreeSizeInvalid unless the tree contains the ballot. */
  abstract inclusion(ballotId: string, size: number | null): Promise<InclusionProof>;

  /** For each of these indexes, the hashes of its inclusion proof in the tree of this size, which must exist. */
  abstract inclusions(
    drawId: string,
    indexes: readonly number[],
    size: number,
  ): Promise<readonly (readonly Buffer[])[]>;

  /**
   * Proves that the tree of size `from` is the beginning of the tree of size `to` (RFC 9162 section 2.1.4).
   *
   * @throws TreeSizeInvalid unless 0 < from <= to <= size of the log.
   */
  abstract consistency(drawId: string, from: number, to: number): Promise<readonly Buffer[]>;

  /** The signed checkpoint of the current tree, sealed or not. */
  abstract checkpoint(drawId: string): Promise<string>;

  /** The current list of all ballots. */
  abstract list(drawId: string): Promise<BallotList>;
}

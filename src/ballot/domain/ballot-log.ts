import { invariant } from '../../shared/domain/invariant';
import { Frontier, leafHash, Subtree } from '../../shared/domain/merkle-tree';
import { Ballot } from './ballot';

/** A submission that is entitled to the next place in the log. */
export interface Entitled {
  readonly ballotId: string;
  readonly userId: string;
  /** 32 hex digits. */
  readonly player: string;
}

/** What an append adds to the stored log. */
export interface Appended {
  readonly log: BallotLog;
  readonly ballots: readonly Ballot[];
  readonly subtrees: readonly Subtree[];
}

interface Opening {
  readonly drawId: string;
  readonly opensAt: Date;
  readonly closesAt: Date | null;
}

/** The append-only list of a draw's ballots, until it is sealed for good. Immutable. */
export class BallotLog {
  constructor(
    readonly drawId: string,
    /** From this instant on nothing is accepted; null for a log that closes when it is full. */
    readonly closesAt: Date | null,
    readonly frontier: Frontier,
    /** The instant of the last ballot, or of the opening: none is earlier. Null for empty logs of old versions. */
    readonly lastSubmittedAt: Date | null,
    readonly sealedAt: Date | null,
  ) {}

  static open({ drawId, opensAt, closesAt }: Opening): BallotLog {
    return new BallotLog(drawId, closesAt, Frontier.empty, opensAt, null);
  }

  get size(): number {
    return this.frontier.size;
  }

  /** `now` is database time, read while the log is locked. */
  acceptsAt(now: Date): boolean {
    return this.sealedAt === null && (this.closesAt === null || now < this.closesAt);
  }

  /** Gives each submission its place, in this order; times never decrease, even if the clock was set back. */
  append(entitled: readonly Entitled[], now: Date): Appended {
    invariant(this.acceptsAt(now), `the log of draw ${this.drawId} takes ballots`);
    const submittedAt = this.notBeforeTheLast(now);
    const ballots = entitled.map(
      ({ ballotId, userId, player }, i) =>
        new Ballot(this.drawId, this.size + i, ballotId, userId, player, submittedAt),
    );
    const { frontier, completed } = this.frontier.append(ballots.map((ballot) => leafHash(ballot.line)));
    const log = new BallotLog(this.drawId, this.closesAt, frontier, submittedAt, null);
    return { log, ballots, subtrees: completed };
  }

  seal(now: Date): BallotLog {
    invariant(this.sealedAt === null, `the log of draw ${this.drawId} is sealed once`);
    return new BallotLog(this.drawId, this.closesAt, this.frontier, this.lastSubmittedAt, this.notBeforeTheLast(now));
  }

  private notBeforeTheLast(now: Date): Date {
    return this.lastSubmittedAt !== null && now < this.lastSubmittedAt ? this.lastSubmittedAt : now;
  }
}

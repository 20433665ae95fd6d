import { pause } from '../../support/pause';
import type { AcknowledgementBook } from './acknowledgement-book';
import { submitTogether } from './crowd';
import type { Stage } from './stage';
import { Outcome, submitBallot, WantedBallot } from './submission';

const AT_ONCE = 16;
/** Longer than the service takes to find out that a connection is dead. */
const REQUEST_MS = 15_000;
const RETRY_MS = 50;
const LONGEST_REST_MS = 300;
/** What Retry-After says. */
const SENT_AWAY_MS = 1_000;
const GROUP = 500;
/** One in so many asks once more for what it has been told already. */
const ASK_AGAIN_EVERY = 20;

/**
 * They submit ballot after ballot; what is in doubt they submit again with its key, over any replica, until they know.
 */
export class PersistentPlayers {
  private submitted = 0;
  private hurried = false;
  private stopped = false;
  private gone = false;
  private readonly running: Promise<void>[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly book: AcknowledgementBook,
    /** The day that they play. */
    public date: string,
  ) {}

  start(): void {
    for (let i = 0; i < AT_ONCE; i++) this.joinedBy(this.play(i));
  }

  /** Without rest between two ballots, or with. */
  hurry(hurried: boolean): void {
    this.hurried = hurried;
  }

  /** Resolves when nothing is in doubt any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (let one = this.running.pop(); one; one = this.running.pop()) await one;
  }

  /** They leave, in doubt or not. */
  abandon(): void {
    this.stopped = this.gone = true;
  }

  /** Somebody else whose doubts are to be settled before the end. */
  joinedBy(other: Promise<void>): void {
    this.running.push(other);
  }

  /** Until it is certain; at first over this replica. */
  async settle(ballot: WantedBallot, first = this.stage.anyUrl()): Promise<void> {
    for (let url = first; !(await this.attempt(ballot, url)) && !this.gone; url = this.stage.anyUrl()) {
      await pause(RETRY_MS);
    }
  }

  /**
   * The same for many that come at once. Whoever meets the full queue leaves; who is in doubt comes again in smaller
   * groups.
   */
  async settleTogether(ballots: readonly WantedBallot[], url: string): Promise<void> {
    let left = await this.attemptTogether(ballots, url);
    while (left.length > 0 && !this.gone) {
      await pause(SENT_AWAY_MS);
      const group = await this.attemptTogether(left.slice(0, GROUP), this.stage.anyUrl());
      left = [...left.slice(GROUP), ...group];
    }
  }

  private async play(player: number): Promise<void> {
    while (!this.stopped) {
      const ballot = this.next(player);
      await this.settle(ballot);
      if (this.submitted % ASK_AGAIN_EVERY === 0) await this.settle(ballot);
      if (!this.hurried) await pause(Math.random() * LONGEST_REST_MS);
    }
  }

  private next(player: number): WantedBallot {
    const { players } = this.stage;
    const userId = players[this.submitted % players.length] as string;
    return { key: `player ${player} ballot ${this.submitted++}`, userId, date: this.date };
  }

  /** Gives those that are in doubt. */
  private async attemptTogether(ballots: readonly WantedBallot[], url: string | null): Promise<WantedBallot[]> {
    if (url === null) return [...ballots];
    const outcomes = await submitTogether(url, ballots, (userId) => this.stage.bearerOf(userId));
    return ballots.filter((ballot, i) => !this.book.recordLeaving(ballot, outcomes[i] as Outcome));
  }

  private async attempt(ballot: WantedBallot, url: string | null): Promise<boolean> {
    if (url === null) return false;
    return this.book.record(ballot, await submitBallot(url, ballot, this.stage.bearerOf(ballot.userId), REQUEST_MS));
  }
}

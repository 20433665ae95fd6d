import type { BallotLog } from '../domain/ballot-log';

/** Counts the ballots of players, if there is a limit for each player and draw. */
export abstract class PlayerCounts {
  /** Most ballots of a player in a draw; null: nobody counts. */
  abstract readonly limit: number | null;

  /**
   * How many ballots of the log each of these users has. In the running unit of work, which holds the log's lock: one
   * statement, and a counter for each user, so that it costs the same whatever they have.
   */
  abstract count(log: BallotLog, userIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** The time that the whole service agrees on: the database's. */
export abstract class Clock {
  /**
   * Database time, estimated from recent readings and carried forward by a monotonic clock: it does not jump with this
   * machine's own. Off by at most half a round trip to the database; a better estimate may step back by as much, but
   * never behind what the latest reading returned.
   */
  abstract now(): Date;

  /** Reads the database's time; within a unit of work, in that transaction. Millisecond precision. */
  abstract synchronise(): Promise<Date>;

  /**
   * Reads the database's time for a fact that nobody can take back: an opening, a seal, a draw.
   *
   * @throws ClockInDoubt while the clocks of this process and the database disagree, or the database's has just jumped.
   */
  abstract timeOfFact(): Promise<Date>;
}

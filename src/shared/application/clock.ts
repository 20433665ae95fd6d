/** The time that the whole service agrees on: the database's. */
export abstract class Clock {
  /**
   * Database time as last measured, carried forward by a monotonic clock: it does not jump with this machine's clock.
   */
  abstract now(): Date;

  /** Asks the database for its time; within a unit of work, in that transaction. Millisecond precision. */
  abstract synchronise(): Promise<Date>;
}

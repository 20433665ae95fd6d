/** One transaction per use case. */
export abstract class UnitOfWork {
  /**
   * Runs the work in one transaction; a nested run joins it. After a serialisation failure or deadlock (SQLSTATE 40001,
   * 40P01) it repeats the whole work in a new transaction, with at most 3 attempts: the work must be safe to repeat.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;

  /**
   * Like `run`, but never joins: for work on behalf of many callers, whatever unit of work the one that starts it is
   * in.
   */
  abstract runAlone<T>(work: () => Promise<T>): Promise<T>;
}

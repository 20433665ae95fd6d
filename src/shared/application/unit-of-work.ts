/** One transaction per use case. */
export abstract class UnitOfWork {
  /**
   * Runs the work in one transaction; a run within a run joins it. A serialisation failure or deadlock (SQLSTATE 40001,
   * 40P01) runs the whole work again in a new transaction, at most 3 times: the work must be safe to repeat.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;

  /** Like `run`, but never joins: for work that belongs to many callers, whatever unit the one who starts it is in. */
  abstract runAlone<T>(work: () => Promise<T>): Promise<T>;
}

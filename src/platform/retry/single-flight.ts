/** One run of the work at a time: callers that come while it runs share it, its result or its error. */
export class SingleFlight<T> {
  private running: Promise<T> | null = null;

  constructor(private readonly work: () => Promise<T>) {}

  /** Starts the work unless it is running. Whoever calls after a run has ended gets a new one. */
  async run(): Promise<T> {
    this.running ??= this.work().finally(() => (this.running = null));
    return this.running;
  }

  /** Waits for the run under way, if any, however it ends; for the end of the service. */
  async settled(): Promise<void> {
    await this.running?.catch(() => undefined);
  }
}

import type { GroupCommit } from './group-commit';
import { Histogram, Meters } from './meters';

const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How a queue fares whose entries are committed together. */
export class QueueMeter {
  private readonly sizes: Histogram<'queue'>;
  private readonly seconds: Histogram<'queue'>;

  constructor(
    private readonly meters: Meters,
    private readonly queue: string,
  ) {
    this.sizes = meters.histogram({
      name: 'lottery_commit_batch_size',
      help: 'Entries that one transaction committed together.',
      labels: ['queue'],
      buckets: BATCH_SIZES,
    });
    this.seconds = meters.histogram({
      name: 'lottery_commit_seconds',
      help: 'Seconds that the transaction of a batch took, from waiting for a connection to its commit.',
      labels: ['queue'],
      buckets: COMMIT_SECONDS,
    });
  }

  /** From now on it tells how many entries wait, and how many may. */
  watch<Entry, Answer>(group: GroupCommit<Entry, Answer>): void {
    const labels = { queue: this.queue };
    this.meters.gauge(
      { name: 'lottery_queue_depth', help: 'Entries that wait for their batch.', labels: ['queue'] },
      () => [{ labels, value: group.depth }],
    );
    this.meters.gauge(
      { name: 'lottery_queue_capacity', help: 'Entries that may wait; more are refused.', labels: ['queue'] },
      () => [{ labels, value: group.capacity }],
    );
  }

  commit<Answer>(size: number, work: () => Promise<Answer>): Promise<Answer> {
    const labels = { queue: this.queue };
    this.sizes.observe(size, labels);
    return this.seconds.time(labels, work);
  }
}

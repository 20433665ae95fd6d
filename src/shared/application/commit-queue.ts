import type { DomainError } from '../domain/domain-error';
import { GroupCommit, GroupCommitLimits, Settled } from './group-commit';
import { Metrics } from './metrics';

const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface CommitQueueOptions<Entry> extends GroupCommitLimits {
  /** The value of the label `queue` of its metrics. */
  readonly name: string;
  /** Entries of one key share transactions; keys run side by side. */
  readonly keyOf: (entry: Entry) => string;
  /** What an entry counts for in the limits and metrics; 1 unless given. */
  readonly sizeOf?: (entry: Entry) => number;
  /** The refusal of an entry for which there is no room among those that wait. */
  readonly whenFull: () => DomainError;
}

/** A bounded queue whose entries are committed together, and its metrics. */
export class CommitQueue<Entry, Answer> {
  private readonly group: GroupCommit<Entry, Answer>;

  /** `commit`: see `GroupCommit`. */
  constructor(
    private readonly options: CommitQueueOptions<Entry>,
    metrics: Metrics,
    commit: (key: string, batch: readonly Entry[]) => Promise<readonly Settled<Answer>[]>,
  ) {
    this.group = new GroupCommit(options, this.measured(metrics, commit));
    this.watch(metrics);
  }

  /**
   * Resolves when the entry is committed, or rejects with its refusal, with that of a full queue, or as `GroupCommit`.
   */
  submit(entry: Entry): Promise<Answer> {
    const size = this.sizeOf(entry);
    if (!this.group.hasRoomFor(size)) return Promise.reject(this.options.whenFull());
    return this.group.submit(this.options.keyOf(entry), entry, size);
  }

  private sizeOf(entry: Entry): number {
    return this.options.sizeOf?.(entry) ?? 1;
  }

  private measured(
    metrics: Metrics,
    commit: (key: string, batch: readonly Entry[]) => Promise<readonly Settled<Answer>[]>,
  ): typeof commit {
    const labels = { queue: this.options.name };
    const sizes = metrics.histogram({
      name: 'lottery_commit_batch_size',
      help: 'Entries that one transaction committed together.',
      labels: ['queue'],
      buckets: BATCH_SIZES,
    });
    const seconds = metrics.histogram({
      name: 'lottery_commit_seconds',
      help: 'Seconds that the transaction of a batch took, from waiting for a connection to its commit.',
      labels: ['queue'],
      buckets: COMMIT_SECONDS,
    });
    return (key, batch) => {
      sizes.observe(
        batch.reduce((sum, entry) => sum + this.sizeOf(entry), 0),
        labels,
      );
      return seconds.time(labels, () => commit(key, batch));
    };
  }

  private watch(metrics: Metrics): void {
    const labels = { queue: this.options.name };
    metrics.gauge(
      { name: 'lottery_queue_depth', help: 'Entries that wait for their batch.', labels: ['queue'] },
      () => [{ labels, value: this.group.depth }],
    );
    metrics.gauge(
      { name: 'lottery_queue_capacity', help: 'Entries that may wait; more are refused.', labels: ['queue'] },
      () => [{ labels, value: this.options.maxWaiting }],
    );
  }
}

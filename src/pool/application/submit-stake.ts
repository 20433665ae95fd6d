import { Injectable } from '@nestjs/common';
import { CommitQueue } from '../../shared/application/commit-queue';
import type { Settled } from '../../shared/application/group-commit';
import { Metrics } from '../../shared/application/metrics';
import { StakeKeyReused, StakeQueueFull } from '../domain/errors';
import type { Stake } from '../domain/stake';
import { EntryReceipt, StakeIntake } from '../pool.api';
import { StakeReceipts } from './stake-receipts';

/** Keeps the journal's lock at a few tens of milliseconds. */
const MAX_BATCH = 1_000;
/** About one second of work on a small machine: a caller who finds more waiting is better served by a quick 503. */
const MAX_WAITING = 5_000;
/** Stakes on all games share their transactions. */
const QUEUE = 'stakes';

/** Takes a stake that a game service announces over HTTP: it waits for its turn in the next batch. */
@Injectable()
export class SubmitStake {
  private readonly queue: CommitQueue<Stake, EntryReceipt>;

  constructor(
    private readonly intake: StakeIntake,
    private readonly known: StakeReceipts,
    metrics: Metrics,
  ) {
    const limits = { maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING };
    this.queue = new CommitQueue(
      { name: QUEUE, ...limits, keyOf: () => QUEUE, whenFull: () => new StakeQueueFull() },
      metrics,
      (_, stakes) => this.commit(stakes),
    );
  }

  /** Resolves when the stake is committed. @throws StakeQueueFull, StakeKeyReused: nothing was stored. */
  execute(stake: Stake): Promise<EntryReceipt> {
    return this.queue.submit(stake);
  }

  private async commit(stakes: readonly Stake[]): Promise<readonly Settled<EntryReceipt>[]> {
    const receipts = await this.known.receipts(stakes, await this.intake.take(stakes));
    return receipts.map((receipt) => receipt ?? new StakeKeyReused());
  }
}

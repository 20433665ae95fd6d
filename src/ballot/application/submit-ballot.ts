import { Injectable } from '@nestjs/common';
import { CommitQueue } from '../../shared/application/commit-queue';
import { Metrics } from '../../shared/application/metrics';
import { BallotIntake, MAX_BALLOTS_AT_ONCE, Receipts, Submission } from '../ballot.api';
import { QueueFull } from '../domain/errors';
import { AppendBallots } from './append-ballots';

/** The log's row is locked while a batch is written; a thousand ballots keep that at a few tens of milliseconds. */
const MAX_BATCH = MAX_BALLOTS_AT_ONCE;
/** About one second of work on a small machine: a caller who finds more waiting is better served by a quick 503. */
const MAX_WAITING = 10_000;

/** A player casts ballots: they wait for their turn in the next batch and are acknowledged once that is committed. */
@Injectable()
export class SubmitBallot extends CommitQueue<Submission, Receipts> implements BallotIntake {
  constructor(append: AppendBallots, metrics: Metrics) {
    const limits = { maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING };
    super(
      {
        name: 'ballots',
        ...limits,
        keyOf: ({ drawId }) => drawId,
        sizeOf: ({ count }) => count,
        whenFull: () => new QueueFull(),
      },
      metrics,
      (drawId, submissions) => append.execute(drawId, submissions),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { CommitQueue } from '../../shared/application/commit-queue';
import { Metrics } from '../../shared/application/metrics';
import { BallotIntake, Receipt, Submission } from '../ballot.api';
import { QueueFull } from '../domain/errors';
import { AppendBallots } from './append-ballots';

/** The log's row is locked while a batch is written; a thousand ballots keep that at a few tens of milliseconds. */
const MAX_BATCH = 1_000;
/** About one second of work on a small machine: a caller who finds more waiting is better served by a quick 503. */
const MAX_WAITING = 10_000;

/** A player casts a ballot: it waits for its turn in the next batch and is acknowledged once that is committed. */
@Injectable()
export class SubmitBallot extends CommitQueue<Submission, Receipt> implements BallotIntake {
  constructor(append: AppendBallots, metrics: Metrics) {
    const limits = { maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING };
    super(
      { name: 'ballots', ...limits, keyOf: ({ drawId }) => drawId, whenFull: () => new QueueFull() },
      metrics,
      (drawId, submissions) => append.execute(drawId, submissions),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { GroupCommit } from '../../shared/application/group-commit';
import { Meters } from '../../shared/application/meters';
import { QueueMeter } from '../../shared/application/queue-meter';
import { BallotIntake, Receipt, Submission } from '../ballot.api';
import { QueueFull } from '../domain/errors';
import { AppendBallots } from './append-ballots';

/** The log's row is locked while a batch is written; a thousand ballots keep that at a few tens of milliseconds. */
const MAX_BATCH = 1_000;
/** About one second of work on a small machine: who comes later is better served by a quick 503. */
const MAX_WAITING = 10_000;

/** A player casts a ballot: it waits for its turn in the next batch and is acknowledged once that is committed. */
@Injectable()
export class SubmitBallot extends BallotIntake {
  private readonly queue: GroupCommit<Submission, Receipt>;

  constructor(append: AppendBallots, meters: Meters) {
    super();
    const meter = new QueueMeter(meters, 'ballots');
    this.queue = new GroupCommit({ maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING }, (drawId, submissions) =>
      meter.commit(submissions.length, () => append.execute(drawId, submissions)),
    );
    meter.watch(this.queue);
  }

  submit(submission: Submission): Promise<Receipt> {
    if (this.queue.isFull) return Promise.reject(new QueueFull());
    return this.queue.submit(submission.drawId, submission);
  }
}

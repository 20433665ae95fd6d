import { Injectable } from '@nestjs/common';
import { CommitQueue } from '../../shared/application/commit-queue';
import { Metrics } from '../../shared/application/metrics';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { QueueFull } from '../domain/errors';
import { Money, MoneyQueue, Posted, PostRequest } from '../wallet.api';

/** Legs of one transaction: the log's row is locked meanwhile, for some tens of milliseconds. */
const MAX_BATCH = 1_000;
/** About one second of work on a small machine. */
const MAX_WAITING = 10_000;

/** Requests wait for their turn in the next batch and are answered once that is committed. */
@Injectable()
export class SubmitMoney extends CommitQueue<PostRequest, Posted> implements MoneyQueue {
  constructor(money: Money, work: UnitOfWork, metrics: Metrics) {
    super(
      {
        name: 'wallet',
        maxBatch: MAX_BATCH,
        maxWaiting: MAX_WAITING,
        keyOf: () => 'wallet',
        sizeOf: ({ length }) => Math.max(length, 1),
        whenFull: () => new QueueFull(),
      },
      metrics,
      (_, requests) => work.runAlone(() => money.post(requests)),
    );
  }
}

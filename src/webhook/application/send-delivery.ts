import { Injectable } from '@nestjs/common';
import { Counter, Metrics } from '../../shared/application/metrics';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { DELIVERY_STATUSES, isGone, retryAfterMs, verdictOn } from '../domain/delivery';
import { signature } from '../domain/signature';
import { Deliveries, LeasedDelivery } from './deliveries';
import { WebhookSender } from './webhook-sender';
import { Webhooks } from './webhooks';

/** Length of a lease, well above the time of one attempt. */
const LEASE_MS = 60_000;

/** Makes one attempt at one delivery. No transaction is open while the receiver works. */
@Injectable()
export class SendDelivery {
  private readonly attempts: Counter<'result'>;

  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: Deliveries,
    private readonly webhooks: Webhooks,
    private readonly sender: WebhookSender,
    metrics: Metrics,
  ) {
    this.attempts = metrics.counter({
      name: 'lottery_webhook_attempts_total',
      help: 'Attempts to deliver to a webhook, by outcome: delivered, pending (will be retried) or failed (given up).',
      labels: ['result'],
    });
    for (const result of DELIVERY_STATUSES) this.attempts.add({ result }, 0);
  }

  /** Leases due deliveries: at most one for each webhook that is not busy. */
  lease(limit: number, busyWebhookIds: readonly string[]): Promise<readonly LeasedDelivery[]> {
    return this.work.run(() => this.deliveries.lease(limit, busyWebhookIds, LEASE_MS));
  }

  /**
   * At least once: if the process dies here, another one repeats the attempt after the lease. `chance` is in [0, 1).
   */
  async execute(delivery: LeasedDelivery, chance: number): Promise<void> {
    const { messageId, body, secret, oldSecrets, url, attempts, attemptAt } = delivery;
    const unixSeconds = Math.floor(attemptAt.getTime() / 1000);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'lottery-service',
      'webhook-id': messageId,
      'webhook-timestamp': String(unixSeconds),
      'webhook-signature': [secret, ...oldSecrets].map((one) => signature(one, messageId, unixSeconds, body)).join(' '),
    };
    const outcome = await this.sender.send({ url, headers, body });
    const verdict = verdictOn(outcome, attempts, chance);
    this.attempts.add({ result: verdict.status });
    await this.work.run(async () => {
      await this.deliveries.record(delivery, outcome, verdict);
      if (isGone(outcome)) await this.webhooks.disable(delivery.webhookId);
      const waitMs = retryAfterMs(outcome);
      if (waitMs > 0) await this.webhooks.pause(delivery.webhookId, waitMs);
    });
  }
}

import type { Page, PageRequest } from '../../shared/application/page';
import type { DeliveryStatus, Outcome, Verdict } from '../domain/delivery';

/** One message to one webhook. */
export interface Delivery {
  readonly id: string;
  /** The same for all webhooks that get the message: by it a receiver knows what it has had. */
  readonly messageId: string;
  readonly type: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
}

export interface NewDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
}

/** A delivery that is ours to attempt, until its lease ends. */
export interface LeasedDelivery extends NewDelivery {
  readonly url: string;
  readonly secret: Buffer;
  /** This one included. */
  readonly attempts: number;
  /** Database time. */
  readonly attemptAt: Date;
}

/** What is to be told, and what became of it. */
export abstract class Deliveries {
  abstract add(deliveries: readonly NewDelivery[]): Promise<void>;
  /**
   * Takes what is due, at most one for each webhook and none of these webhooks. Nobody else gets it before the lease ends;
   * a sender that dies leaves it to others then.
   */
  abstract lease(limit: number, busyWebhookIds: readonly string[], leaseMs: number): Promise<readonly LeasedDelivery[]>;
  /** Of a lease that has ended and was taken by somebody else, nothing is recorded. */
  abstract record(delivery: LeasedDelivery, outcome: Outcome, verdict: Verdict): Promise<void>;
  /** Newest first. */
  abstract page(webhookId: string, page: PageRequest): Promise<Page<Delivery>>;
  /** Due at once, whatever became of it before. @throws DeliveryNotFound */
  abstract retry(webhookId: string, id: string): Promise<void>;
  /** Forgets some of those that ended long ago. Gives whether there may be more. */
  abstract prune(): Promise<boolean>;
}

import type { Page, PageRequest } from '../../shared/application/page';
import type { DeliveryStatus, Outcome, Verdict } from '../domain/delivery';

/** One message to one webhook. */
export interface Delivery {
  readonly id: string;
  /** The same for all webhooks that get the message; receivers use it to recognise repetitions. */
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
  /** Secrets that sign, too, since not every receiver knows the new one yet. */
  readonly oldSecrets: readonly Buffer[];
  /** Including this one. */
  readonly attempts: number;
  /** Database time. */
  readonly attemptAt: Date;
}

/** Stores deliveries and their outcomes. */
export abstract class Deliveries {
  abstract add(deliveries: readonly NewDelivery[]): Promise<void>;
  /**
   * Leases due deliveries, at most one for each webhook, none of these webhooks or of paused ones. No other
   * process gets them before the lease ends; if the sender dies, others get them then.
   */
  abstract lease(limit: number, busyWebhookIds: readonly string[], leaseMs: number): Promise<readonly LeasedDelivery[]>;
  /** Records nothing if the lease has ended and another process has taken the delivery. */
  abstract record(delivery: LeasedDelivery, outcome: Outcome, verdict: Verdict): Promise<void>;
  /** Newest first. */
  abstract page(webhookId: string, page: PageRequest): Promise<Page<Delivery>>;
  /** Makes a delivery due at once, whatever its outcome was. @throws DeliveryNotFound */
  abstract retry(webhookId: string, id: string): Promise<void>;
  /**
   * Deletes deliveries that ended long ago and those of removed webhooks; fails those that wait for a disabled webhook.
   * Bounded: returns whether there may be more.
   */
  abstract prune(): Promise<boolean>;
}

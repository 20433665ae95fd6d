import type { Page, PageRequest } from '../../shared/application/page';
import type { Webhook } from '../domain/webhook';

/** Where webhooks are kept. Those that were removed are not among them. */
export abstract class Webhooks {
  /** Those that exist, one lock for all who register: so that their number stays bounded. */
  abstract countUnderLock(): Promise<number>;
  abstract add(webhook: Webhook, secret: Buffer): Promise<void>;
  /** @throws WebhookNotFound */
  abstract get(id: string): Promise<Webhook>;
  /** Nothing is sent to it any more, and what was or is to be delivered to it is forgotten soon. @throws WebhookNotFound */
  abstract remove(id: string): Promise<void>;
  /** Newest first. */
  abstract page(page: PageRequest): Promise<Page<Webhook>>;
  /** All whose receivers still want something; there are few. */
  abstract enabled(): Promise<readonly Webhook[]>;
  /** Nothing that waits for it is tried again; it is counted as failed soon. */
  abstract disable(id: string): Promise<void>;
}

import type { Page, PageRequest } from '../../shared/application/page';
import type { Webhook } from '../domain/webhook';

/** Where webhooks are kept. */
export abstract class Webhooks {
  /** Those that exist, one lock for all who register: so that their number stays bounded. */
  abstract countUnderLock(): Promise<number>;
  abstract add(webhook: Webhook, secret: Buffer): Promise<void>;
  /** @throws WebhookNotFound */
  abstract get(id: string): Promise<Webhook>;
  /** With everything that was or is to be delivered to it. @throws WebhookNotFound */
  abstract remove(id: string): Promise<void>;
  /** Newest first. */
  abstract page(page: PageRequest): Promise<Page<Webhook>>;
  /** All whose receivers still want something; there are few. */
  abstract enabled(): Promise<readonly Webhook[]>;
  /** Nothing that waits for it will be tried again. */
  abstract disable(id: string): Promise<void>;
}

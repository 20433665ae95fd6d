import type { Page, PageRequest } from '../../shared/application/page';
import type { Webhook } from '../domain/webhook';

/** Stores webhooks. Removed ones are not returned. */
export abstract class Webhooks {
  /** Counts the webhooks under one lock for all registrations, so that their number stays bounded. */
  abstract countUnderLock(): Promise<number>;
  abstract add(webhook: Webhook, secret: Buffer): Promise<void>;
  /**
   * Gives it a new secret. The one so far signs for so many seconds more, beside those that do already; 0: no old one
   * signs any more. Returns how many old ones sign. @throws WebhookNotFound
   */
  abstract rotateSecret(id: string, secret: Buffer, overlapSeconds: number): Promise<number>;
  /** @throws WebhookNotFound */
  abstract get(id: string): Promise<Webhook>;
  /** Marks it as removed: nothing more is sent to it, and its deliveries are deleted soon. @throws WebhookNotFound */
  abstract remove(id: string): Promise<void>;
  /** Newest first. */
  abstract page(page: PageRequest): Promise<Page<Webhook>>;
  /** All webhooks that are not disabled; there are few. */
  abstract enabled(): Promise<readonly Webhook[]>;
  /** Sends it nothing for so many milliseconds, or for as long as it is paused already. */
  abstract pause(id: string, milliseconds: number): Promise<void>;
  /** Ends its pause, if any. */
  abstract resume(id: string): Promise<void>;
  /** Disables it: its waiting deliveries are not retried, and soon count as failed. */
  abstract disable(id: string): Promise<void>;
}

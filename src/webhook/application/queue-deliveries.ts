import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { EventSubscriber } from '../../shared/application/event-subscriber';
import { Ids } from '../../shared/application/ids';
import type { StoredEvent } from '../../shared/application/outbox';
import { formatInstant } from '../../shared/domain/instant';
import { Admins } from '../../user/user.api';
import { WebhookDisabled } from '../domain/errors';
import type { Webhook } from '../domain/webhook';
import { Deliveries, NewDelivery } from './deliveries';
import { Webhooks } from './webhooks';

/** The type of a test delivery. */
export const TEST_TYPE = 'webhook.test';
/** Of the form of the body. Fields are added without another one. */
export const BODY_VERSION = 1;

/**
 * Turns each event into a delivery for each subscribed webhook, in the transaction that marks the event as dispatched.
 */
@Injectable()
export class QueueDeliveries extends EventSubscriber {
  readonly name = 'webhooks';
  readonly types = 'all';

  constructor(
    private readonly admins: Admins,
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    super();
  }

  handle(event: StoredEvent): Promise<void> {
    return this.handleAll([event]);
  }

  override async handleAll(events: readonly StoredEvent[]): Promise<void> {
    const webhooks = await this.webhooks.enabled();
    await this.deliveries.add(events.flatMap((event) => this.deliveriesOf(event, webhooks)));
  }

  /**
   * Sends a test message, also to a receiver that has asked us to wait. Returns the id of the delivery. @throws
   * AccessForbidden, WebhookNotFound, WebhookDisabled
   */
  test(webhookId: string, actorId: string): Promise<string> {
    return this.admins.act(actorId, async () => {
      const webhook = await this.webhooks.get(webhookId);
      if (webhook.disabledAt !== null) throw new WebhookDisabled();
      await this.webhooks.resume(webhookId);
      const now = await this.clock.synchronise();
      const [id, messageId] = [this.ids.next(now), this.ids.next(now)];
      const body = bodyOf(TEST_TYPE, now, { webhookId });
      await this.deliveries.add([{ id, webhookId, messageId, type: TEST_TYPE, body }]);
      return id;
    });
  }

  /**
   * Retries a delivery, whatever its outcome was. @throws AccessForbidden, WebhookNotFound, WebhookDisabled,
   * DeliveryNotFound
   */
  retry(webhookId: string, deliveryId: string, actorId: string): Promise<void> {
    return this.admins.act(actorId, async () => {
      const webhook = await this.webhooks.get(webhookId);
      if (webhook.disabledAt !== null) throw new WebhookDisabled();
      await this.webhooks.resume(webhookId);
      await this.deliveries.retry(webhookId, deliveryId);
    });
  }

  private deliveriesOf({ id: messageId, type, occurredAt, payload }: StoredEvent, webhooks: readonly Webhook[]) {
    const wanting = webhooks.filter((webhook) => webhook.wants(type));
    if (wanting.length === 0) return [];
    const body = bodyOf(type, occurredAt, payload);
    return wanting.map(({ id: webhookId }): NewDelivery => ({ id: this.ids.next(), webhookId, messageId, type, body }));
  }
}

function bodyOf(type: string, timestamp: Date, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, version: BODY_VERSION, timestamp: formatInstant(timestamp), data });
}

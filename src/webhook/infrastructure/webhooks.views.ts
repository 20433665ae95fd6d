import { ApiProperty } from '@nestjs/swagger';
import { formatInstant } from '../../shared/domain/instant';
import type { Delivery } from '../application/deliveries';
import { DELIVERY_STATUSES, DeliveryStatus, MAX_ATTEMPTS } from '../domain/delivery';
import type { Webhook } from '../domain/webhook';

export class WebhookView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ description: 'As URL parsing gives it' })
  readonly url: string;

  @ApiProperty({ type: [String] })
  readonly types: readonly string[];

  @ApiProperty({ type: String, nullable: true })
  readonly description: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since its receiver answered 410' })
  readonly disabledAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Nothing is sent before; its receiver answered 429 or 503 with Retry-After',
  })
  readonly pausedUntil: string | null;

  constructor(webhook: Webhook) {
    this.id = webhook.id;
    this.url = webhook.url;
    this.types = webhook.types;
    this.description = webhook.description;
    this.createdAt = formatInstant(webhook.createdAt);
    this.disabledAt = webhook.disabledAt && formatInstant(webhook.disabledAt);
    this.pausedUntil = webhook.pausedUntil && formatInstant(webhook.pausedUntil);
  }
}

export class RegisteredWebhookView extends WebhookView {
  @ApiProperty({ description: 'Signs each delivery (Standard Webhooks). Shown this once', example: 'whsec_…' })
  readonly secret: string;

  constructor(webhook: Webhook, secret: string) {
    super(webhook);
    this.secret = secret;
  }
}

export class SecretView {
  @ApiProperty({ description: 'Signs each delivery (Standard Webhooks). Shown this once', example: 'whsec_…' })
  readonly secret: string;

  constructor(secret: string) {
    this.secret = secret;
  }
}

export class DeliveryView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ format: 'uuid', description: 'The header webhook-id' })
  readonly messageId: string;

  @ApiProperty()
  readonly type: string;

  @ApiProperty({ enum: DELIVERY_STATUSES })
  readonly status: DeliveryStatus;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_ATTEMPTS })
  readonly attempts: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly nextAttemptAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastAttemptAt: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly lastStatusCode: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why there was no answer' })
  readonly lastError: string | null;

  constructor(delivery: Delivery) {
    this.id = delivery.id;
    this.messageId = delivery.messageId;
    this.type = delivery.type;
    this.status = delivery.status;
    this.attempts = delivery.attempts;
    this.createdAt = formatInstant(delivery.createdAt);
    this.nextAttemptAt = delivery.nextAttemptAt && formatInstant(delivery.nextAttemptAt);
    this.lastAttemptAt = delivery.lastAttemptAt && formatInstant(delivery.lastAttemptAt);
    this.lastStatusCode = delivery.lastStatusCode;
    this.lastError = delivery.lastError;
  }
}

export class QueuedView {
  @ApiProperty({ format: 'uuid' })
  readonly deliveryId: string;

  constructor(deliveryId: string) {
    this.deliveryId = deliveryId;
  }
}

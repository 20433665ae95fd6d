import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';
import type { DeliveryStatus } from '../domain/delivery';
import { Webhook } from '../domain/webhook';

export const webhooksTable = new EntitySchema<Webhook>({
  name: 'Webhook',
  target: Webhook,
  tableName: 'webhooks',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'webhooks_pk' },
    url: { type: 'text' },
    types: { type: 'text', array: true },
    description: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    disabledAt: { name: 'disabled_at', type: 'timestamptz', nullable: true },
    removedAt: { name: 'removed_at', type: 'timestamptz', nullable: true },
    pausedUntil: { name: 'paused_until', type: 'timestamptz', nullable: true },
  },
});

const secretsTable = new EntitySchema<{ webhookId: string; secret: Buffer }>({
  name: 'webhook_secrets',
  columns: {
    webhookId: { name: 'webhook_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'webhook_secrets_pk' },
    secret: { type: 'bytea' },
  },
  foreignKeys: [
    {
      target: 'Webhook',
      columnNames: ['webhookId'],
      referencedColumnNames: ['id'],
      name: 'webhook_secrets_webhook_fk',
    },
  ],
});

/** Secrets that still sign beside the new one. */
const oldSecretsTable = new EntitySchema<{ webhookId: string; secret: Buffer; endsAt: Date }>({
  name: 'webhook_old_secrets',
  columns: {
    webhookId: {
      name: 'webhook_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'webhook_old_secrets_pk',
    },
    secret: { type: 'bytea', primary: true, primaryKeyConstraintName: 'webhook_old_secrets_pk' },
    endsAt: { name: 'ends_at', type: 'timestamptz' },
  },
  foreignKeys: [
    {
      target: 'Webhook',
      columnNames: ['webhookId'],
      referencedColumnNames: ['id'],
      name: 'webhook_old_secrets_webhook_fk',
    },
  ],
});

export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
}

export const deliveriesTable = new EntitySchema<DeliveryRow>({
  name: 'webhook_deliveries',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'webhook_deliveries_pk' },
    webhookId: { name: 'webhook_id', type: 'uuid' },
    messageId: { name: 'message_id', type: 'uuid' },
    type: { type: 'text' },
    body: { type: 'text' },
    status: { type: 'text' },
    attempts: { type: 'integer' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    nextAttemptAt: { name: 'next_attempt_at', type: 'timestamptz', nullable: true },
    lastAttemptAt: { name: 'last_attempt_at', type: 'timestamptz', nullable: true },
    lastStatusCode: { name: 'last_status_code', type: 'integer', nullable: true },
    lastError: { name: 'last_error', type: 'text', nullable: true },
  },
  foreignKeys: [
    {
      target: 'Webhook',
      columnNames: ['webhookId'],
      referencedColumnNames: ['id'],
      name: 'webhook_deliveries_webhook_fk',
    },
  ],
  indices: [
    { name: 'webhook_deliveries_of', columns: ['webhookId', 'id'] },
    { name: 'webhook_deliveries_due', columns: ['webhookId', 'nextAttemptAt'], where: `status = 'pending'` },
  ],
  checks: [
    { name: 'webhook_deliveries_status_known', expression: `status in ('pending', 'delivered', 'failed')` },
    {
      name: 'webhook_deliveries_pending_is_due',
      expression: `(status = 'pending') = (next_attempt_at is not null)`,
    },
  ],
});

export const webhookTables = [webhooksTable, secretsTable, oldSecretsTable, deliveriesTable];

export const webhookRights: Rights = {
  webhook_deliveries: [...APPEND, 'update', 'delete'],
  webhook_old_secrets: [...APPEND, 'delete'],
  webhook_secrets: [...APPEND, ...update('secret'), 'delete'],
  webhooks: [...APPEND, ...update('disabled_at', 'removed_at', 'paused_until'), 'delete'],
};

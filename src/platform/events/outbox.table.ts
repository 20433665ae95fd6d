import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../database/rights';

const streams = new EntitySchema<{ aggregateId: string; version: number }>({
  name: 'outbox_streams',
  columns: {
    aggregateId: {
      name: 'aggregate_id',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'outbox_streams_pk',
    },
    version: { type: 'integer' },
  },
});

/** Rows as the driver returns them: int8 arrives as text. */
export interface OutboxEventRow {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly partition: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
  readonly dispatchedAt: Date | null;
  readonly publishedAt: Date | null;
}

const events = new EntitySchema<OutboxEventRow>({
  name: 'outbox_events',
  columns: {
    position: {
      type: 'int8',
      primary: true,
      // TypeORM supports it; only its type lacks it.
      generated: 'identity' as 'increment',
      primaryKeyConstraintName: 'outbox_events_pk',
    },
    id: { type: 'uuid' },
    type: { type: 'text' },
    aggregateId: { name: 'aggregate_id', type: 'text' },
    aggregateVersion: { name: 'aggregate_version', type: 'integer' },
    partition: { type: 'smallint' },
    payload: { type: 'jsonb' },
    occurredAt: { name: 'occurred_at', type: 'timestamptz' },
    dispatchedAt: { name: 'dispatched_at', type: 'timestamptz', nullable: true },
    publishedAt: { name: 'published_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'outbox_events_undispatched', columns: ['partition', 'position'], where: 'dispatched_at is null' },
    { name: 'outbox_events_unpublished', columns: ['partition', 'position'], where: 'published_at is null' },
  ],
});

const inbox = new EntitySchema<{ consumer: string; messageId: string; handledAt: Date }>({
  name: 'inbox_messages',
  columns: {
    consumer: { type: 'text', primary: true, primaryKeyConstraintName: 'inbox_messages_pk' },
    messageId: { name: 'message_id', type: 'text', primary: true, primaryKeyConstraintName: 'inbox_messages_pk' },
    handledAt: { name: 'handled_at', type: 'timestamptz' },
  },
  indices: [{ name: 'inbox_messages_by_time', columns: ['handledAt'] }],
});

export const eventTables = [streams, events, inbox];

export const eventRights: Rights = {
  inbox_messages: [...APPEND, 'delete'],
  outbox_events: [...APPEND, ...update('dispatched_at', 'published_at'), 'delete'],
  outbox_streams: [...APPEND, ...update('version'), 'delete'],
};

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: events are stored with what they tell of, and delivered afterwards. Each channel (subscribers within the service,
 * Kafka) marks what it has delivered: there is no cursor over positions, which a transaction that stays open could make
 * skip rows. `outbox_streams` counts the events of each aggregate; its row lock orders them.
 * Locks: none on existing tables. Reversible: yes, events that were not delivered are lost.
 */
export class CreateOutbox1763700007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox_streams (
        aggregate_id text constraint outbox_streams_pk primary key,
        version integer not null
      )`);
    await runner.query(`
      create table outbox_events (
        position bigint generated always as identity constraint outbox_events_pk primary key,
        id uuid not null,
        type text not null,
        aggregate_id text not null,
        aggregate_version integer not null,
        partition smallint not null,
        payload jsonb not null,
        occurred_at timestamptz not null,
        dispatched_at timestamptz,
        published_at timestamptz
      )`);
    await runner.query(
      'create index outbox_events_undispatched on outbox_events (partition, position) where dispatched_at is null',
    );
    await runner.query(
      'create index outbox_events_unpublished on outbox_events (partition, position) where published_at is null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table outbox_events');
    await runner.query('drop table outbox_streams');
  }
}

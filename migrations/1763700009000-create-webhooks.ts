import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: other services are told over HTTP what happened. Secrets stand in a table of their own, which no listing reads. A
 * delivery is a row from the event's own transaction on, so none is lost; its lease says who is sending it.
 * Locks: none on existing tables. Reversible: yes; registrations and what was not delivered are lost.
 */
export class CreateWebhooks1763700009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhooks (
        id uuid constraint webhooks_pk primary key,
        url text not null,
        types text[] not null,
        description text,
        created_at timestamptz not null,
        disabled_at timestamptz
      )`);
    await runner.query(`
      create table webhook_secrets (
        webhook_id uuid constraint webhook_secrets_pk primary key
          constraint webhook_secrets_webhook_fk references webhooks (id),
        secret bytea not null
      )`);
    await runner.query(`
      create table webhook_deliveries (
        id uuid constraint webhook_deliveries_pk primary key,
        webhook_id uuid not null constraint webhook_deliveries_webhook_fk references webhooks (id),
        message_id uuid not null,
        type text not null,
        body text not null,
        status text not null,
        attempts integer not null,
        created_at timestamptz not null,
        next_attempt_at timestamptz,
        last_attempt_at timestamptz,
        last_status_code integer,
        last_error text,
        constraint webhook_deliveries_status_known check (status in ('pending', 'delivered', 'failed')),
        constraint webhook_deliveries_pending_is_due check ((status = 'pending') = (next_attempt_at is not null))
      )`);
    await runner.query('create index webhook_deliveries_of on webhook_deliveries (webhook_id, id)');
    await runner.query(
      `create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at) where status = 'pending'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_deliveries');
    await runner.query('drop table webhook_secrets');
    await runner.query('drop table webhooks');
  }
}

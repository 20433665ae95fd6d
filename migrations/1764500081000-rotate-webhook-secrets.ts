import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a webhook's secret is changed without a gap: for a while deliveries are signed with the old ones, too.
 * Locks: webhooks, SHARE ROW EXCLUSIVE, for an instant. Reversible: yes; only the newest secrets sign then.
 */
export class RotateWebhookSecrets1764500081000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhook_old_secrets (
        webhook_id uuid not null,
        secret bytea not null,
        ends_at timestamptz not null,
        constraint webhook_old_secrets_pk primary key (webhook_id, secret),
        constraint webhook_old_secrets_webhook_fk foreign key (webhook_id) references webhooks (id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_old_secrets');
  }
}

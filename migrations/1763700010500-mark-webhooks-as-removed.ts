import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a webhook may have millions of deliveries; it is marked as removed, and they are forgotten some at a time.
 * Locks: webhooks, exclusively, for a moment; nothing is rewritten. Reversible: yes, once what is marked is forgotten.
 */
export class MarkWebhooksAsRemoved1763700010500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhooks add column removed_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhooks drop column removed_at');
  }
}

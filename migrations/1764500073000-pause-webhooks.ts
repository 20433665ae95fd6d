import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a receiver that answers 429 or 503 with Retry-After is sent nothing before.
 * Locks: webhooks, ACCESS EXCLUSIVE, for an instant. Reversible: yes.
 */
export class PauseWebhooks1764500073000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhooks add column paused_until timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhooks drop column paused_until');
  }
}

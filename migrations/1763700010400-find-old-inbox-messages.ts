import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: the inbox is swept of what was handled long ago, which must not take reading all of it.
 * Locks: SHARE on inbox_messages while the index is built: messages wait. Reversible: yes.
 */
export class FindOldInboxMessages1763700010400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index inbox_messages_by_time on inbox_messages (handled_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index inbox_messages_by_time');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a message that is delivered again must not take effect again: its id is claimed in the effect's own transaction.
 * Locks: none on existing tables. Reversible: yes; messages delivered once more would take effect once more.
 */
export class CreateInbox1763700008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbox_messages (
        consumer text not null,
        message_id text not null,
        handled_at timestamptz not null,
        constraint inbox_messages_pk primary key (consumer, message_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbox_messages');
  }
}

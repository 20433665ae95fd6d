import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a person may end all sessions of theirs at once, which must not read those of everybody. Only sessions that were
 * not ended count. Locks: sessions against writes while the index is made, about a second for a million of them.
 * Reversible: yes.
 */
export class FindSessionsByUser1764500086000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index sessions_by_user on sessions (user_id) where revoked_at is null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index sessions_by_user');
  }
}

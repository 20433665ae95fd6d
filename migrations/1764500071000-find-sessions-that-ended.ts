import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: every replica asks twice a second which sessions have ended, so that their access tokens end, too.
 * Locks: sessions, SHARE, while the index is built over the sessions that were ended. Reversible: yes.
 */
export class FindSessionsThatEnded1764500071000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index sessions_ended on sessions (revoked_at) where revoked_at is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index sessions_ended');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: when the signing key is changed, draws of earlier days are still checked with the key that signed them, so the
 * service must know its public half. Each process records its keys at the start; a draw's notes name their key.
 * Locks: none on existing tables. Reversible: as long as the key was never changed.
 */
export class RecordVerifierKeys1763700013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table verifier_keys (
        verifier_key text constraint verifier_keys_pk primary key,
        known_since timestamptz not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const keys = (await runner.query('select from verifier_keys')) as unknown[];
    if (keys.length > 1) throw new Error('there are earlier keys: the draws that they signed need them');
    await runner.query('drop table verifier_keys');
  }
}

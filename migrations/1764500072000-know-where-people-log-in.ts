import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an owner who logs in from where they did before must not wait for guesses from elsewhere.
 * Locks: none of other tables. Reversible: yes; addresses are then unknown again.
 */
export class KnowWherePeopleLogIn1764500072000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table known_addresses (
        username_key text not null,
        address text not null,
        last_login_at timestamptz not null,
        constraint known_addresses_pk primary key (username_key, address)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table known_addresses');
  }
}

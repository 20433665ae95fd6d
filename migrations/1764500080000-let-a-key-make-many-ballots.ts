import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a request may make many ballots; its idempotency key then remembers how many. Keys of before have made one.
 * Locks: exclusively the idempotency keys, as long as it takes to read them once (a constant default rewrites nothing,
 * but the check reads each row: some 0.2 s for a million). Reversible: as long as every key has made one ballot.
 */
export class LetAKeyMakeManyBallots1764500080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ballot_idempotency_keys add count smallint not null default 1
        constraint ballot_idempotency_keys_count_positive check (count > 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const many = (await runner.query('select from ballot_idempotency_keys where count > 1 limit 1')) as unknown[];
    if (many.length > 0) throw new Error('a key has made several ballots: a retry must find them all');
    await runner.query('alter table ballot_idempotency_keys drop column count');
  }
}

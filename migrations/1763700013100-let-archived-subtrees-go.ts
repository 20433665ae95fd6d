import type { MigrationInterface, QueryRunner } from 'typeorm';

const trigger = (refused: string) => `
  drop trigger ballot_subtrees_append_only on ballot_subtrees;
  create trigger ballot_subtrees_append_only before ${refused} or truncate on ballot_subtrees
    for each statement execute function refuse_change()`;

/**
 * Why: the hashes of 16 ballots each follow from the archive once their month is there, and the owner takes them away, as
 * he does with checkpoints. Nobody may change one.
 * Locks: ballot_subtrees, ACCESS EXCLUSIVE, for an instant. Reversible: yes.
 */
export class LetArchivedSubtreesGo1763700013100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(trigger('update'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(trigger('update or delete'));
  }
}

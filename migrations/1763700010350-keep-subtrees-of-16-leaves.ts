import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hashes of a tree of leaves, two by two, for as long as any pair is complete (RFC 9162 section 2.1.1). */
const PAIRS = `
  create temporary table parents on commit drop as
  select lefts.tree, lefts.index / 2 as index, sha256('\\x01'::bytea || lefts.hash || rights.hash) as hash
  from nodes as lefts
  join nodes as rights on rights.tree is not distinct from lefts.tree and rights.index = lefts.index + 1
  where lefts.index % 2 = 0`;

/**
 * Why: a hash for each 16 leaves, 256, 4,096, ... instead of 256, 65,536, ...: a proof then reads at most 90 hashes of a tree
 * of ten million ballots instead of 700. They are computed anew from the leaves (docs/draw-protocol.md section 3).
 * Locks: both tables, until all is computed: about a minute for ten million ballots. Replicas of an earlier version must
 * not run meanwhile nor afterwards: their level 1 has another meaning.
 * Reversible: yes, by leaving out the new levels.
 */
export class KeepSubtreesOf16Leaves1763700010350 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('lock table ballot_subtrees, journal_hashes in access exclusive mode');
    await runner.query('delete from ballot_subtrees');
    await runner.query('delete from journal_hashes where level > 0');
    await this.build(
      runner,
      `select draw_id as tree, index, sha256('\\x00'::bytea || convert_to(concat_ws(' ', index, id, encode(player, 'hex'),
         to_char(submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), 'UTF8')) as hash from ballots`,
      'insert into ballot_subtrees (draw_id, level, index, hash) select tree, $1, index, hash from nodes',
    );
    await this.build(
      runner,
      'select null::uuid as tree, index, hash from journal_hashes where level = 0',
      'insert into journal_hashes (level, index, hash) select $1, index, hash from nodes',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ballot_subtrees', 'journal_hashes']) {
      await runner.query(`delete from ${table} where level % 2 = 1`);
      // One level after the other: its new place in the key must be free.
      const [{ top }] = (await runner.query(`select coalesce(max(level), 0) as top from ${table}`)) as unknown as [
        { top: number },
      ];
      for (let level = 1; 2 * level <= top; level++) {
        await runner.query(`update ${table} set level = $1 where level = $2`, [level, 2 * level]);
      }
    }
  }

  private async build(runner: QueryRunner, leaves: string, store: string): Promise<void> {
    await runner.query(`create temporary table nodes on commit drop as ${leaves}`);
    for (let height = 1; ; height++) {
      await runner.query('analyze nodes');
      await runner.query(PAIRS);
      await runner.query('drop table nodes');
      await runner.query('alter table parents rename to nodes');
      const [{ any }] = (await runner.query('select exists (select from nodes) as any')) as unknown as [
        { any: boolean },
      ];
      if (!any) break;
      if (height % 4 === 0) await runner.query(store, [height / 4]);
    }
    await runner.query('drop table nodes');
  }
}

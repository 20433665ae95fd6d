import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an update may not do to a row, by table. */
const ILLEGAL: Readonly<Record<string, string>> = {
  lotteries: `
    (old.date, old.draw_id) is distinct from (new.date, new.draw_id)
    or old.state <> new.state
      and (old.state, new.state) not in (('open', 'sealed'), ('open', 'void'), ('sealed', 'drawn'))`,
  // A log only grows, and once it is sealed not even that.
  ballot_logs: `
    (old.draw_id, old.closes_at) is distinct from (new.draw_id, new.closes_at)
    or new.size < old.size
    or new.size = old.size and new.frontier <> old.frontier
    or old.last_submitted_at is not null
      and (new.last_submitted_at is null or new.last_submitted_at < old.last_submitted_at)
    or old.sealed_at is not null
      and (old.size, old.frontier, old.last_submitted_at, old.sealed_at)
        is distinct from (new.size, new.frontier, new.last_submitted_at, new.sealed_at)`,
  // What was opened, sealed, heard and drawn: each is written once.
  draws: `
    (old.id, old.name, old.opens_at, old.closes_at, old.full_size, old.winners, old.open_note, old.beacon_chain,
      old.open_round)
      is distinct from (new.id, new.name, new.opens_at, new.closes_at, new.full_size, new.winners, new.open_note,
      new.beacon_chain, new.open_round)
    or old.seal_note is not null
      and (old.seal_note, old.sealed_at, old.exclusions, old.trigger, old.seal_round)
        is distinct from (new.seal_note, new.sealed_at, new.exclusions, new.trigger, new.seal_round)
    or old.beacon_signature is not null and old.beacon_signature is distinct from new.beacon_signature
    or old.draw_note is not null
      and (old.draw_note, old.drawn_at, old.winner_indexes)
        is distinct from (new.draw_note, new.drawn_at, new.winner_indexes)`,
  journal: `
    old.single <> new.single
    or new.size < old.size
    or new.size = old.size and new.frontier <> old.frontier`,
  // Without a beacon a full pool is sealed and drawn in one step.
  pools: `
    (old.id, old.game_id, old.size, old.payout_share_bp)
      is distinct from (new.id, new.game_id, new.size, new.payout_share_bp)
    or new.entries < old.entries
    or new.pot_minor < old.pot_minor
    or old.state <> 'open'
      and ((old.entries, old.pot_minor, old.decided_at) is distinct from (new.entries, new.pot_minor, new.decided_at)
        or old.state <> new.state and (old.state, new.state) <> ('sealed', 'drawn'))
    or old.winner_index is not null and old.winner_index is distinct from new.winner_index`,
};

/**
 * Why: every change of state that the game knows goes one way. A defect of ours, or a hand at the database, that would
 * reopen a lottery, shrink a log, seal twice or name another winner is refused by the database itself. `ballots` is only
 * ever inserted into and has none. The conditions stand in functions, which a session compiles once: as `when` clauses they
 * would be parsed anew by every statement, which costs some five times as much.
 * Locks: each table, SHARE ROW EXCLUSIVE, for an instant. Reversible: yes.
 */
export class RefuseIllegalMoves1763700011100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, illegal] of Object.entries(ILLEGAL)) {
      await runner.query(`
        create function ${table}_legal_moves() returns trigger language plpgsql as $$ begin
          if ${illegal} then
            raise exception 'this row of ${table} does not move like that' using errcode = 'restrict_violation';
          end if;
          return new;
        end $$`);
      await runner.query(`
        create trigger ${table}_legal_moves before update on ${table}
          for each row execute function ${table}_legal_moves()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(ILLEGAL)) {
      await runner.query(`drop trigger ${table}_legal_moves on ${table}`);
      await runner.query(`drop function ${table}_legal_moves()`);
    }
  }
}

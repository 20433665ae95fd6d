import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: stake pools. The row of a game holds the rules of its next pools; its row lock makes one writer at a time the only
 * one of the game's pools. A pool's id is that of its draw. Money is in minor units. `decided_at` is when the beacon round
 * comes that decides a sealed pool.
 * Locks: none on existing tables. Reversible: yes, the pools and rules are lost.
 */
export class CreatePools1763700010100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pool_games (
        game_id uuid constraint pool_games_pk primary key,
        size integer not null constraint pool_games_size_bounded check (size between 2 and 10000),
        payout_share_bp integer not null
          constraint pool_games_payout_share_bounded check (payout_share_bp between 0 and 10000)
      )`);
    await runner.query(`
      create table pools (
        id uuid constraint pools_pk primary key,
        game_id uuid not null,
        size integer not null constraint pools_size_bounded check (size between 2 and 10000),
        payout_share_bp integer not null
          constraint pools_payout_share_bounded check (payout_share_bp between 0 and 10000),
        state text not null constraint pools_state_known check (state in ('open', 'sealed', 'drawn', 'void')),
        entries integer not null,
        pot_minor bigint not null constraint pools_pot_natural check (pot_minor >= 0),
        winner_index integer,
        decided_at timestamptz,
        constraint pools_entries_of_state check (
          case state when 'open' then entries >= 0 and entries < size else entries = size end),
        constraint pools_winner_of_state check ((winner_index is not null) = (state = 'drawn')),
        constraint pools_winner_entered check (winner_index >= 0 and winner_index < entries),
        constraint pools_sealed_waits check (state <> 'sealed' or decided_at is not null)
      )`);
    await runner.query(`create unique index pools_one_open on pools (game_id) where state = 'open'`);
    await runner.query('create index pools_by_game on pools (game_id, id)');
    await runner.query('create index pools_by_state on pools (state, id)');
    await runner.query(`create index pools_sealed on pools (decided_at, id) where state = 'sealed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table pools');
    await runner.query('drop table pool_games');
  }
}

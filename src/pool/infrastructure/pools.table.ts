import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';
import type { PoolState } from '../domain/pool';

/** Rows as the driver gives them: int8 arrives as text. */
export interface PoolRow {
  readonly id: string;
  readonly gameId: string;
  readonly size: number;
  readonly payoutShareBp: number;
  readonly state: PoolState;
  readonly entries: number;
  readonly potMinor: string;
  readonly winnerIndex: number | null;
  readonly decidedAt: Date | null;
}

export interface PoolGameRow {
  readonly gameId: string;
  readonly size: number;
  readonly payoutShareBp: number;
}

export interface PoolAwardRow {
  readonly id: string;
  readonly poolId: string;
  readonly gameId: string;
  readonly userId: string;
  readonly winSumMinor: string;
  readonly potMinor: string;
  readonly status: 'played_out';
  readonly awardedAt: Date;
}

export const poolGamesTable = new EntitySchema<PoolGameRow>({
  name: 'pool_games',
  columns: {
    gameId: { name: 'game_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'pool_games_pk' },
    size: { type: 'integer' },
    payoutShareBp: { name: 'payout_share_bp', type: 'integer' },
  },
  checks: [
    { name: 'pool_games_size_bounded', expression: 'size between 2 and 10000' },
    { name: 'pool_games_payout_share_bounded', expression: 'payout_share_bp between 0 and 10000' },
  ],
});

export const poolsTable = new EntitySchema<PoolRow>({
  name: 'pools',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pools_pk' },
    gameId: { name: 'game_id', type: 'uuid' },
    size: { type: 'integer' },
    payoutShareBp: { name: 'payout_share_bp', type: 'integer' },
    state: { type: 'text' },
    entries: { type: 'integer' },
    potMinor: { name: 'pot_minor', type: 'int8' },
    winnerIndex: { name: 'winner_index', type: 'integer', nullable: true },
    decidedAt: { name: 'decided_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'pools_one_open', columns: ['gameId'], unique: true, where: "state = 'open'" },
    { name: 'pools_by_game', columns: ['gameId', 'id'] },
    { name: 'pools_by_state', columns: ['state', 'id'] },
    { name: 'pools_sealed', columns: ['decidedAt', 'id'], where: "state = 'sealed'" },
  ],
  checks: [
    { name: 'pools_size_bounded', expression: 'size between 2 and 10000' },
    { name: 'pools_payout_share_bounded', expression: 'payout_share_bp between 0 and 10000' },
    { name: 'pools_state_known', expression: "state in ('open', 'sealed', 'drawn', 'void')" },
    { name: 'pools_pot_natural', expression: 'pot_minor >= 0' },
    {
      name: 'pools_entries_of_state',
      expression: "case state when 'open' then entries >= 0 and entries < size else entries = size end",
    },
    { name: 'pools_winner_of_state', expression: "(winner_index is not null) = (state = 'drawn')" },
    { name: 'pools_winner_entered', expression: 'winner_index >= 0 and winner_index < entries' },
    { name: 'pools_sealed_waits', expression: "state <> 'sealed' or decided_at is not null" },
  ],
});

const players = new EntitySchema<{ userId: string; salt: Buffer }>({
  name: 'pool_players',
  columns: {
    userId: { name: 'player_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'pool_players_pk' },
    salt: { type: 'bytea' },
  },
  checks: [{ name: 'pool_players_salt_size', expression: 'octet_length(salt) = 32' }],
});

const entries = new EntitySchema<{ poolId: string; index: number; stakeMinor: string; messageId: string }>({
  name: 'pool_entries',
  columns: {
    poolId: { name: 'pool_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'pool_entries_pk' },
    index: { type: 'integer', primary: true, primaryKeyConstraintName: 'pool_entries_pk' },
    stakeMinor: { name: 'stake_minor', type: 'int8' },
    messageId: { name: 'message_id', type: 'text' },
  },
  uniques: [{ name: 'pool_entries_message_unique', columns: ['messageId'] }],
  checks: [
    { name: 'pool_entries_index_natural', expression: 'index >= 0' },
    { name: 'pool_entries_stake_positive', expression: 'stake_minor > 0' },
  ],
});

export const poolAwardsTable = new EntitySchema<PoolAwardRow>({
  name: 'pool_awards',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pool_awards_pk' },
    poolId: { name: 'pool_id', type: 'uuid' },
    gameId: { name: 'game_id', type: 'uuid' },
    userId: { name: 'player_id', type: 'uuid' },
    winSumMinor: { name: 'win_sum_minor', type: 'int8' },
    potMinor: { name: 'pot_minor', type: 'int8' },
    status: { type: 'text' },
    awardedAt: { name: 'awarded_at', type: 'timestamptz' },
  },
  uniques: [{ name: 'pool_awards_one_per_pool', columns: ['poolId'] }],
  checks: [
    { name: 'pool_awards_status_known', expression: "status in ('played_out')" },
    { name: 'pool_awards_within_pot', expression: 'win_sum_minor >= 0 and win_sum_minor <= pot_minor' },
  ],
});

export const poolTables = [poolGamesTable, poolsTable, players, entries, poolAwardsTable];

export const poolRights: Rights = {
  pool_awards: APPEND,
  pool_entries: APPEND,
  pool_games: [...APPEND, ...update('size', 'payout_share_bp')],
  pool_players: APPEND,
  pools: [...APPEND, ...update('state', 'entries', 'pot_minor', 'winner_index', 'decided_at')],
};

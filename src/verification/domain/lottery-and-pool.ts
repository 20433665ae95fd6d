import { demand } from './fault';
import type { AwardRow, ChainRow, DrawRow, LotteryRow, PoolRow } from './rows';
import { instantOf } from './stored-texts';

const DAY_MS = 86_400_000;
const WHOLE_BP = 10_000n;

/** Facts that follow from the ballots of a draw. */
export interface Counted {
  readonly size: number;
  /** Whether any ballot is of a player who is not excluded. */
  readonly winnable: boolean;
  /** Of the winning ballots, first prize first. */
  readonly winnerUserIds: readonly string[];
  /** Of a pool's entries. */
  readonly stakesMinor: bigint;
}

/** The state that follows from the notes and the ballots. */
function stateOf({ sealNote, drawNote }: DrawRow, { winnable }: Counted): string {
  if (sealNote === null) return 'open';
  if (drawNote !== null) return 'drawn';
  return winnable ? 'sealed' : 'void';
}

/** @throws Fault */
export function checkLottery(draw: DrawRow, { date, state }: LotteryRow, counted: Counted): void {
  const row = { table: 'lotteries', key: { date } };
  demand(draw.name === `daily ${date}`, 'lottery', row, `its draw ${draw.id} is named "${draw.name}"`);
  const closesAt = new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString();
  const closes = draw.closesAt && instantOf(draw.closesAt);
  demand(closes === closesAt, 'lottery', row, `its draw ${draw.id} closes at ${closes}, not at midnight after it`);
  const expected = stateOf(draw, counted);
  demand(state === expected, 'lottery', row, `state is ${state}, its statements and ballots make it ${expected}`);
}

/** @throws Fault */
export function checkPool(draw: DrawRow, pool: PoolRow, counted: Counted): void {
  const row = { table: 'pools', key: { id: draw.id } };
  const says = (condition: boolean, reason: string) => {
    demand(condition, 'pool', row, reason);
  };
  says(draw.name === `stake pool of game ${pool.gameId}`, `game_id is ${pool.gameId}, its draw is "${draw.name}"`);
  says(draw.fullSize === pool.size, `size is ${pool.size}, its draw is full with ${draw.fullSize}`);
  const expected = stateOf(draw, counted);
  says(pool.state === expected, `state is ${pool.state}, its statements and entries make it ${expected}`);
  says(pool.entries === String(counted.size), `entries is ${pool.entries}, its log has ${counted.size}`);
  const winner = draw.winnerIndexes === null ? null : draw.winnerIndexes.slice(1, -1);
  says(pool.winnerIndex === winner, `winner_index is ${pool.winnerIndex}, its draw says ${winner}`);
  const decidedAt = expected === 'void' ? null : decisionOf(draw);
  const decided = pool.decidedAt && instantOf(pool.decidedAt);
  says(decided === decidedAt, `decided_at is ${decided}, the round of its seal comes at ${decidedAt}`);
  checkMoney(draw, pool, counted);
}

/** The award is a second witness of the pot: if it agrees with one of two values, the other one is wrong. */
function checkMoney({ id, award, drawNote }: DrawRow, pool: PoolRow, { stakesMinor, winnerUserIds }: Counted): void {
  const row = { table: 'pools', key: { id } };
  const stakes = String(stakesMinor);
  const reason = `pot_minor is ${pool.potMinor}, the stakes of its entries are ${stakes}`;
  const blamed = award?.potMinor === pool.potMinor ? { table: 'pool_entries', key: { pool_id: id } } : row;
  demand(pool.potMinor === stakes, 'pot', blamed, reason);
  demand(
    (award === null) === (drawNote === null),
    'award',
    row,
    award ? 'it has an award undrawn' : 'its award is missing',
  );
  if (award) checkAward(award, pool, stakes, winnerUserIds[0]);
}

function checkAward(award: AwardRow, pool: PoolRow, pot: string, winner: string | undefined): void {
  const row = { table: 'pool_awards', key: { id: award.id } };
  const says = (condition: boolean, reason: string) => {
    demand(condition, 'award', row, reason);
  };
  says(award.gameId === pool.gameId, 'game_id is not that of its pool');
  says(award.potMinor === pot, `pot_minor is ${award.potMinor}, that of its pool ${pot}`);
  says(award.playerId === winner, `player_id is ${award.playerId}, the winning ballot is of ${winner}`);
  const winSum = String((BigInt(pot) * BigInt(pool.payoutShareBp)) / WHOLE_BP);
  const shares = `${pool.payoutShareBp} basis points of its pot are ${winSum}`;
  says(award.winSumMinor === winSum, `win_sum_minor is ${award.winSumMinor}, ${shares}`);
}

function decisionOf({ chain, sealRound }: DrawRow): string | null {
  if (chain === null || sealRound === null) return null;
  return timeOf(chain, Number(sealRound));
}

/** Rounds count from 1. */
function timeOf({ genesisSeconds, periodSeconds }: ChainRow, round: number): string {
  return new Date((Number(genesisSeconds) + (round - 1) * Number(periodSeconds)) * 1_000).toISOString();
}

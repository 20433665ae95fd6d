import { constant, COUNT, EventDescription, INSTANT, SUM, UUID } from '../../shared/application/event-catalogue';
import type { PoolAwarded, PoolDrawn, PoolOpened, PoolSealed } from '../pool.events';

const OF_POOL = { poolId: UUID, gameId: UUID, time: INSTANT };
const CLOSED = { ...OF_POOL, pot: SUM } satisfies Record<keyof PoolSealed, object>;

export const POOL_EVENTS: Readonly<Record<string, EventDescription>> = {
  'pool.opened': {
    summary: 'Stakes on the game go into this pool from now on',
    fields: { ...OF_POOL, size: COUNT, payoutShare: COUNT } satisfies Record<keyof PoolOpened, object>,
  },
  'pool.sealed': { summary: 'A pool is full; its entries have started', fields: CLOSED },
  'pool.drawn': {
    summary: 'An entry of a pool has won',
    fields: { ...OF_POOL, winnerIndex: COUNT } satisfies Record<keyof PoolDrawn, object>,
  },
  'pool.voided': { summary: 'A pool is full, but none of its players may win', fields: CLOSED },
  'pool.awarded': {
    summary: 'All that a player service needs to notify the winner of a pool; once for each pool',
    fields: {
      ...OF_POOL,
      awardId: UUID,
      playerId: UUID,
      winSum: SUM,
      pot: SUM,
      status: constant('played_out'),
      verify: { type: 'string' },
    } satisfies Record<keyof PoolAwarded, object>,
  },
};

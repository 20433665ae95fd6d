import type { NewEvent } from '../../shared/application/outbox';
import { formatInstant } from '../../shared/domain/instant';
import type { Award } from '../domain/award';
import type { Pool } from '../domain/pool';
import type { PoolAwarded, PoolDrawn, PoolOpened, PoolSealed } from '../pool.events';

export function opened({ facts: { id, gameId, size, payoutShareBp } }: Pool, now: Date): NewEvent {
  const payload = { poolId: id, gameId, time: formatInstant(now), size, payoutShare: payoutShareBp };
  return event('pool.opened', id, payload satisfies PoolOpened);
}

/** Announces a full pool: its entries have started, or none of them can win. */
export function closed({ facts: { id, gameId, potMinor, state } }: Pool, now: Date): NewEvent {
  const payload = { poolId: id, gameId, time: formatInstant(now), pot: potMinor.toString() } satisfies PoolSealed;
  return state === 'void' ? { ...event('pool.voided', id, payload), isLast: true } : event('pool.sealed', id, payload);
}

export function drawn({ facts: { id, gameId, winnerIndex } }: Pool, award: Award): NewEvent[] {
  const common = { poolId: id, gameId, time: formatInstant(award.awardedAt) };
  const result = { ...common, winnerIndex: winnerIndex as number } satisfies PoolDrawn;
  const awarded = {
    ...common,
    awardId: award.id,
    playerId: award.userId,
    winSum: award.winSumMinor.toString(),
    pot: award.potMinor.toString(),
    status: award.status,
    verify: `/pools/${id}/bundle`,
  } satisfies PoolAwarded;
  return [event('pool.drawn', id, result), { ...event('pool.awarded', id, awarded), isLast: true }];
}

function event(type: string, aggregateId: string, payload: NewEvent['payload']): NewEvent {
  return { type, aggregateId, payload };
}

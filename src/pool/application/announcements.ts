import type { NewEvent } from '../../shared/application/outbox';
import { formatInstant } from '../../shared/domain/instant';
import type { Award } from '../domain/award';
import type { Pool } from '../domain/pool';
import type { PoolAwarded, PoolDrawn, PoolOpened, PoolSealed } from '../pool.events';

/** The times of all events are those of the signed notes. */
export function opened({ facts: { id, gameId, size, payoutShareBp } }: Pool, openedAt: Date): NewEvent {
  const payload = { poolId: id, gameId, time: formatInstant(openedAt), size, payoutShare: payoutShareBp };
  return event('pool.opened', id, payload satisfies PoolOpened, openedAt);
}

/** Announces a full pool: its entries have started, or none of them can win. */
export function closed({ facts: { id, gameId, potMinor, state } }: Pool, sealedAt: Date): NewEvent {
  const payload = { poolId: id, gameId, time: formatInstant(sealedAt), pot: potMinor.toString() } satisfies PoolSealed;
  if (state === 'void') return { ...event('pool.voided', id, payload, sealedAt), isLast: true };
  return event('pool.sealed', id, payload, sealedAt);
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
  const at = award.awardedAt;
  return [event('pool.drawn', id, result, at), { ...event('pool.awarded', id, awarded, at), isLast: true }];
}

function event(type: string, aggregateId: string, payload: NewEvent['payload'], occurredAt: Date): NewEvent {
  return { type, aggregateId, payload, occurredAt };
}

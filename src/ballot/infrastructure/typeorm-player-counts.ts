import { Injectable } from '@nestjs/common';
import { prepared, sqlArray } from '../../platform/database/statements';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { PlayerCounts } from '../application/player-counts';
import type { BallotLog } from '../domain/ballot-log';
import { BallotConfig } from './ballot-config';

/**
 * Adds to each counter the ballots since it was last asked for, which the index ballots_by_user has: those of the
 * batch before, or all of them if the limit was set meanwhile. In the order of the users.
 */
const COUNT = prepared(`
  insert into ballot_counts (draw_id, user_id, counted_to, ballots)
  select $1, wanted.user_id, $3, coalesce(known.ballots, 0) + (
    select count(*) from ballots
    where draw_id = $1 and ballots.user_id = wanted.user_id and index >= coalesce(known.counted_to, 0) and index < $3
  )
  from unnest($2::uuid[]) as wanted (user_id)
  left join ballot_counts as known on known.draw_id = $1 and known.user_id = wanted.user_id
  order by wanted.user_id
  on conflict (draw_id, user_id) do update set counted_to = excluded.counted_to, ballots = excluded.ballots
  returning user_id as "userId", ballots`);

@Injectable()
export class TypeOrmPlayerCounts extends PlayerCounts {
  readonly limit: number | null;

  constructor(
    private readonly work: TypeOrmUnitOfWork,
    config: BallotConfig,
  ) {
    super();
    this.limit = config.BALLOTS_PER_PLAYER ?? null;
  }

  async count({ drawId, size }: BallotLog, userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.work.writer.query<{ userId: string; ballots: string }[]>(COUNT, [
      drawId,
      sqlArray(userIds),
      size,
    ]);
    return new Map(rows.map(({ userId, ballots }) => [userId, Number(ballots)]));
  }
}

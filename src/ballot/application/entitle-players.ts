import { Injectable } from '@nestjs/common';
import { Ids } from '../../shared/application/ids';
import type { PlayerStanding } from '../../user/user.api';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import { BallotLimitReached, PlayerBanned, PlayerUnknown } from '../domain/errors';
import type { Batch, Entry } from './batch';
import { PlayerCounts } from './player-counts';
import { PseudonymCache } from './pseudonym-cache';

/** Of the users of a batch. */
export type Standings = ReadonlyMap<string, PlayerStanding>;

/** Decides who gets the ballots of a batch: players who are not banned and have not had as many as they may. */
@Injectable()
export class EntitlePlayers {
  private readonly pseudonyms = new PseudonymCache();

  constructor(
    private readonly counts: PlayerCounts,
    private readonly ids: Ids,
  ) {}

  /** Who is entitled to what; refuses all others. One query if there is a limit. */
  async execute(
    log: BallotLog,
    now: Date,
    batch: Batch,
    standings: Standings,
  ): Promise<Map<Entry, readonly Entitled[]>> {
    const entitled = new Map<Entry, readonly Entitled[]>();
    if (batch.pending.length === 0) return entitled;
    for (const entry of batch.pending) {
      const standing = standings.get(entry.userId);
      if (!standing) batch.settle(entry, new PlayerUnknown());
      else if (standing.banned) batch.settle(entry, new PlayerBanned());
      else {
        const player = this.pseudonyms.of(standing.salt, log.drawId);
        entitled.set(entry, this.ballotsFor(entry, player, now));
      }
    }
    if (this.counts.limit !== null) await this.refuseBeyond(this.counts.limit, log, entitled, batch);
    return entitled;
  }

  private ballotsFor({ count, userId }: Entry, player: string, now: Date): Entitled[] {
    return Array.from({ length: count }, () => ({ ballotId: this.ids.next(now), userId, player }));
  }

  /** All or none of an entry, in the order of arrival. */
  private async refuseBeyond(
    limit: number,
    log: BallotLog,
    entitled: Map<Entry, readonly Entitled[]>,
    batch: Batch,
  ): Promise<void> {
    const counts = new Map(await this.counts.count(log, batch.userIds));
    for (const entry of batch.pending) {
      const after = (counts.get(entry.userId) ?? 0) + entry.count;
      if (after <= limit) counts.set(entry.userId, after);
      else {
        batch.settle(entry, new BallotLimitReached(limit));
        entitled.delete(entry);
      }
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Players } from '../../user/user.api';
import { LogSealing, SealedLog } from '../ballot.api';
import { BallotLogs } from './ballot-logs';

/** The logs of draws end: their sizes and roots are final, and so is who cannot win. */
@Injectable()
export class SealLog extends LogSealing {
  constructor(
    private readonly logs: BallotLogs,
    private readonly players: Players,
  ) {
    super();
  }

  async seal(drawIds: readonly string[]): Promise<readonly SealedLog[]> {
    const { logs, now } = await this.logs.lock(drawIds);
    const sealed = logs.map((log) => log.seal(now));
    await this.logs.seal(sealed);
    const excluded = await this.logs.playersAmong(drawIds, await this.players.bannedUserIds());
    const winnable = await this.logs.withBallotsOfOthers(drawIds, [...new Set(excluded.map(({ userId }) => userId))]);
    const exclusions = new Map<string, string[]>(drawIds.map((drawId) => [drawId, []]));
    for (const { drawId, player } of excluded) exclusions.get(drawId)?.push(player);
    return sealed.map(({ drawId, sealedAt, size, frontier }) => ({
      sealedAt: sealedAt as Date,
      size,
      root: frontier.root(),
      exclusions: exclusions.get(drawId)?.sort() ?? [],
      winnable: winnable.has(drawId),
    }));
  }
}

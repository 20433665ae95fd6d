import { Injectable } from '@nestjs/common';
import { Players } from '../../user/user.api';
import { LogSealing, SealedLog } from '../ballot.api';
import { BallotLogs } from './ballot-logs';

/** The log of a draw ends: its size and root are final, and so is who cannot win. */
@Injectable()
export class SealLog extends LogSealing {
  constructor(
    private readonly logs: BallotLogs,
    private readonly players: Players,
  ) {
    super();
  }

  async seal(drawId: string): Promise<SealedLog> {
    const { log, now } = await this.logs.lock(drawId);
    const sealed = log.seal(now);
    await this.logs.seal(sealed);
    const excluded = await this.logs.playersAmong(drawId, await this.players.bannedUserIds());
    const userIds = excluded.map(({ userId }) => userId);
    return {
      sealedAt: sealed.sealedAt as Date,
      size: sealed.size,
      root: sealed.frontier.root(),
      exclusions: excluded.map(({ player }) => player).sort(),
      winnable: await this.logs.hasBallotOfOthers(drawId, userIds),
    };
  }
}

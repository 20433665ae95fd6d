import { Injectable } from '@nestjs/common';
import { Players } from '../../user/user.api';
import { LogSealing, SealedLog } from '../ballot.api';
import type { BallotLog } from '../domain/ballot-log';
import { BallotLogs, Participant } from './ballot-logs';

/** Up to this many banned users are looked up directly. */
const FEW_BANNED = 1_000;
/** Above that, logs with at most this many ballots are checked player by player. */
const FEW_BALLOTS = 5_000;

/** Seals the logs of draws: sizes and roots become final, and so do who cannot win and how many ballots can. */
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
    const excluded = await this.excluded(sealed);
    const counts = await this.logs.counts(excluded);
    const ineligible = new Map(drawIds.map((drawId) => [drawId, 0]));
    const exclusions = new Map<string, string[]>(drawIds.map((drawId) => [drawId, []]));
    for (const [i, { drawId, player }] of excluded.entries()) {
      exclusions.get(drawId)?.push(player);
      ineligible.set(drawId, (ineligible.get(drawId) ?? 0) + (counts[i] ?? 0));
    }
    return sealed.map(({ drawId, sealedAt, size, frontier }) => ({
      sealedAt: sealedAt as Date,
      size,
      root: frontier.root(),
      exclusions: exclusions.get(drawId)?.sort() ?? [],
      eligible: size - (ineligible.get(drawId) ?? 0),
    }));
  }

  private async excluded(logs: readonly BallotLog[]): Promise<readonly Participant[]> {
    const drawIds = logs.map(({ drawId }) => drawId);
    const banned = await this.players.bannedUserIds(FEW_BANNED + 1);
    if (banned.length <= FEW_BANNED) return this.logs.playersAmong(drawIds, banned);
    const ballots = logs.reduce((sum, { size }) => sum + size, 0);
    if (ballots > FEW_BALLOTS) return this.logs.playersAmong(drawIds, await this.players.bannedUserIds(null));
    const participants = await this.logs.players(drawIds);
    const standings = await this.players.standings([...new Set(participants.map(({ userId }) => userId))]);
    return participants.filter(({ userId }) => standings.get(userId)?.banned);
  }
}

import { Injectable } from '@nestjs/common';
import type { Settled } from '../../shared/application/group-commit';
import { Ids } from '../../shared/application/ids';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Players } from '../../user/user.api';
import { Ballots, Receipt, Submission } from '../ballot.api';
import { Ballot } from '../domain/ballot';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import { BallotsClosed, IdempotencyKeyReused, PlayerBanned, PlayerUnknown } from '../domain/errors';
import { BallotLogs, SignedAppend } from './ballot-logs';
import { Batch, Entry, keyText } from './batch';
import { ExtendLogs } from './extend-logs';
import { PseudonymCache } from './pseudonym-cache';

/** Writes a batch of submissions to one log in one transaction; each gets its own answer. */
@Injectable()
export class AppendBallots {
  private readonly pseudonyms = new PseudonymCache();

  constructor(
    private readonly work: UnitOfWork,
    private readonly logs: BallotLogs,
    private readonly ballots: Ballots,
    private readonly players: Players,
    private readonly ids: Ids,
    private readonly extendLogs: ExtendLogs,
  ) {}

  /**
   * Answers each submission at its place. The log's row lock makes it the only writer of this draw until commit, on any
   * replica: that is what makes indexes dense, keys single and nothing late.
   */
  execute(drawId: string, submissions: readonly Submission[]): Promise<readonly Settled<Receipt>[]> {
    return this.work.runAlone(async () => {
      const { logs, now } = await this.logs.lock([drawId]);
      const log = logs[0] as BallotLog;
      const batch = new Batch(submissions);
      await this.replayClaimed(log, batch);
      if (!log.acceptsAt(now)) for (const entry of batch.pending) batch.settle(entry, new BallotsClosed());
      await this.appendEntitled(log, now, batch);
      return batch.settled();
    });
  }

  /** A key that has made a ballot is answered before anything else, even after the seal and even to a banned player. */
  private async replayClaimed(log: BallotLog, batch: Batch): Promise<void> {
    const byKey = batch.pendingByKey;
    if (byKey.size === 0) return;
    const keys = [...byKey.values()].flatMap(({ key }) => key ?? []);
    const claims = await this.logs.claimed(keys);
    const ours = claims.flatMap(({ drawId, ballotId }) => (drawId === log.drawId ? [ballotId] : []));
    // All of them at once: the log is locked.
    const receipts = ours.length > 0 ? await this.ballots.receiptsOf(log.drawId, ours) : new Map<string, Receipt>();
    for (const claim of claims) {
      const entry = byKey.get(keyText(claim)) as Entry;
      const receipt = receipts.get(claim.ballotId);
      if (receipt) batch.settle(entry, receipt);
      else batch.settle(entry, new IdempotencyKeyReused(claim.ballotId));
    }
  }

  private async appendEntitled(log: BallotLog, now: Date, batch: Batch): Promise<void> {
    const entitled = await this.entitle(log.drawId, now, batch);
    await this.claimKeys(log.drawId, entitled, batch);
    if (entitled.size === 0) return;
    const extension = { log, entitled: [...entitled.values()] };
    const [appended] = await this.extendLogs.execute([extension], now);
    const { ballots, checkpoint } = appended as SignedAppend;
    [...entitled.keys()].forEach((entry, i) => {
      batch.settle(entry, { ballot: ballots[i] as Ballot, checkpoint, replayed: false });
    });
  }

  /** One query for all players; those who may not take part are refused. */
  private async entitle(drawId: string, now: Date, batch: Batch): Promise<Map<Entry, Entitled>> {
    const entitled = new Map<Entry, Entitled>();
    if (batch.pending.length === 0) return entitled;
    const standings = await this.players.standings([...new Set(batch.pending.map(({ userId }) => userId))]);
    for (const entry of batch.pending) {
      const { userId } = entry;
      const standing = standings.get(userId);
      if (!standing) batch.settle(entry, new PlayerUnknown());
      else if (standing.banned) batch.settle(entry, new PlayerBanned());
      else
        entitled.set(entry, {
          ballotId: this.ids.next(now),
          userId,
          player: this.pseudonyms.of(standing.salt, drawId),
        });
    }
    return entitled;
  }

  /** A key that another draw's batch is claiming at this moment, on any replica, belongs to that batch. */
  private async claimKeys(drawId: string, entitled: Map<Entry, Entitled>, batch: Batch): Promise<void> {
    const claims = [...entitled].flatMap(([{ key }, { ballotId }]) => (key ? [{ ...key, drawId, ballotId }] : []));
    if (claims.length === 0) return;
    const byKey = batch.pendingByKey;
    for (const lost of await this.logs.claim(claims)) {
      const entry = byKey.get(keyText(lost)) as Entry;
      batch.settle(entry, new IdempotencyKeyReused(lost.ballotId));
      entitled.delete(entry);
    }
  }
}

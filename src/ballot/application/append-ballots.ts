import { Injectable } from '@nestjs/common';
import type { Settled } from '../../shared/application/group-commit';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Ballots, Receipt, Receipts, Submission } from '../ballot.api';
import { placesFrom } from '../domain/ballot';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import { BallotsClosed, IdempotencyKeyReused } from '../domain/errors';
import { BallotLogs, ClaimedKey, SignedAppend } from './ballot-logs';
import { Batch, Entry, keyText } from './batch';
import { EntitlePlayers } from './entitle-players';
import { ExtendLogs } from './extend-logs';

/** Writes a batch of submissions to one log in one transaction; each gets its own answer. */
@Injectable()
export class AppendBallots {
  constructor(
    private readonly work: UnitOfWork,
    private readonly logs: BallotLogs,
    private readonly ballots: Ballots,
    private readonly entitlePlayers: EntitlePlayers,
    private readonly extendLogs: ExtendLogs,
  ) {}

  /**
   * Answers each submission at its place. The log's row lock makes it the only writer of this draw until commit, on any
   * replica: that is what makes indexes dense, keys single and nothing late.
   */
  execute(drawId: string, submissions: readonly Submission[]): Promise<readonly Settled<Receipts>[]> {
    return this.work.runAlone(async () => {
      const { logs, now } = await this.logs.lock([drawId]);
      const batch = new Batch(submissions);
      let log = logs[0] as BallotLog;
      while (batch.pending.length > 0) {
        while (await this.replayClaimed(log, batch));
        if (!log.acceptsAt(now)) for (const entry of batch.pending) batch.settle(entry, new BallotsClosed());
        log = await this.appendEntitled(log, now, batch);
      }
      return batch.settled();
    });
  }

  /**
   * A key that has made ballots is answered before anything else, even after the seal and even to a banned player.
   * Returns whether one of these keys is wanted for another count, too.
   */
  private async replayClaimed(log: BallotLog, batch: Batch): Promise<boolean> {
    const byKey = batch.pendingByKey;
    if (byKey.size === 0) return false;
    const keys = [...byKey.values()].flatMap(({ key }) => key ?? []);
    const claims = await this.logs.claimed(keys);
    const entryOf = (claim: ClaimedKey) => byKey.get(keyText(claim)) as Entry;
    const isSame = (claim: ClaimedKey) => claim.drawId === log.drawId && claim.count === entryOf(claim).count;
    const receipts = await this.receiptsOf(log.drawId, claims.filter(isSame));
    for (const claim of claims) {
      batch.settle(entryOf(claim), receipts.get(claim) ?? new IdempotencyKeyReused(claim.ballotId, claim.count));
    }
    if (claims.length === 0) return false;
    const left = batch.pendingByKey;
    return claims.some((claim) => left.has(keyText(claim)));
  }

  /** All of them at once: the log is locked. */
  private async receiptsOf(drawId: string, claims: readonly ClaimedKey[]): Promise<ReadonlyMap<ClaimedKey, Receipts>> {
    if (claims.length === 0) return new Map();
    const ids = claims.map(({ ballotId }) => ballotId);
    const firsts = await this.ballots.receiptsOf(drawId, ids);
    const several = claims.filter(({ count }) => count > 1);
    const places = several.flatMap(({ ballotId, count }) =>
      placesFrom((firsts.get(ballotId) as Receipt).ballot, count),
    );
    const ballots = places.length > 0 ? [...(await this.ballots.at(places))] : [];
    return new Map(
      claims.map((claim) => {
        const { ballot, ...rest } = firsts.get(claim.ballotId) as Receipt;
        return [claim, { ...rest, ballots: claim.count === 1 ? [ballot] : ballots.splice(0, claim.count) }];
      }),
    );
  }

  /** Returns the log with what was appended. */
  private async appendEntitled(log: BallotLog, now: Date, batch: Batch): Promise<BallotLog> {
    const entitled = await this.entitlePlayers.execute(log, now, batch);
    await this.claimKeys(log.drawId, entitled, batch);
    if (entitled.size === 0) return log;
    const extension = { log, entitled: [...entitled.values()].flat() };
    const [appended] = await this.extendLogs.execute([extension], now);
    const { ballots, checkpoint, log: extended } = appended as SignedAppend;
    let place = 0;
    for (const entry of entitled.keys()) {
      const own = ballots.slice(place, (place += entry.count));
      batch.settle(entry, { ballots: own, checkpoint, replayed: false });
    }
    return extended;
  }

  /** A key that another draw's batch is claiming at this moment, on any replica, belongs to that batch. */
  private async claimKeys(drawId: string, entitled: Map<Entry, readonly Entitled[]>, batch: Batch): Promise<void> {
    const claims = [...entitled].flatMap(([{ key, count }, [first]]) => {
      return key && first ? [{ ...key, drawId, ballotId: first.ballotId, count }] : [];
    });
    if (claims.length === 0) return;
    const byKey = batch.pendingByKey;
    for (const lost of await this.logs.claim(claims)) {
      const entry = byKey.get(keyText(lost)) as Entry;
      batch.settle(entry, new IdempotencyKeyReused(lost.ballotId, lost.count));
      entitled.delete(entry);
    }
  }
}

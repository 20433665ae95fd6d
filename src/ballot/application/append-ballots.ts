import { Injectable } from '@nestjs/common';
import type { Settled } from '../../shared/application/group-commit';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Ballots, Receipt, Receipts, Submission } from '../ballot.api';
import { Players } from '../../user/user.api';
import { placesFrom } from '../domain/ballot';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import { BallotsClosed, IdempotencyKeyReused } from '../domain/errors';
import { BallotLogs, ClaimedKey, SignedAppend } from './ballot-logs';
import { Batch, Entry, keyText } from './batch';
import { EntitlePlayers, Standings } from './entitle-players';
import { ExtendLogs } from './extend-logs';

/** Writes a batch of submissions to one log in one transaction; each gets its own answer. */
@Injectable()
export class AppendBallots {
  constructor(
    private readonly work: UnitOfWork,
    private readonly logs: BallotLogs,
    private readonly players: Players,
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
      const batch = new Batch(submissions);
      // Sent together, and read in this order, so under the lock.
      const [{ logs, now }, known, standings] = await Promise.all([
        this.logs.lock([drawId]),
        this.claimsOf(batch),
        this.players.standings(batch.userIds),
      ]);
      let log = logs[0] as BallotLog;
      for (let claims = known; batch.pending.length > 0; claims = await this.claimsOf(batch)) {
        while (await this.replay(claims, log, batch)) claims = await this.claimsOf(batch);
        if (!log.acceptsAt(now)) for (const entry of batch.pending) batch.settle(entry, new BallotsClosed());
        log = await this.appendEntitled(log, now, batch, standings);
      }
      return batch.settled();
    });
  }

  /** Those of the pending keys that have already made ballots. */
  private async claimsOf(batch: Batch): Promise<readonly ClaimedKey[]> {
    const keys = [...batch.pendingByKey.values()].flatMap(({ key }) => key ?? []);
    return keys.length > 0 ? this.logs.claimed(keys) : [];
  }

  /**
   * A key that has made ballots is answered before anything else, even after the seal and even to a banned player.
   * Returns whether one of these keys is wanted for another count, too.
   */
  private async replay(claims: readonly ClaimedKey[], log: BallotLog, batch: Batch): Promise<boolean> {
    if (claims.length === 0) return false;
    const byKey = batch.pendingByKey;
    const entryOf = (claim: ClaimedKey) => byKey.get(keyText(claim)) as Entry;
    const isSame = (claim: ClaimedKey) => claim.drawId === log.drawId && claim.count === entryOf(claim).count;
    const receipts = await this.receiptsOf(log.drawId, claims.filter(isSame));
    for (const claim of claims) {
      batch.settle(entryOf(claim), receipts.get(claim) ?? new IdempotencyKeyReused(claim.ballotId, claim.count));
    }
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
  private async appendEntitled(log: BallotLog, now: Date, batch: Batch, standings: Standings): Promise<BallotLog> {
    const entitled = await this.entitlePlayers.execute(log, now, batch, standings);
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

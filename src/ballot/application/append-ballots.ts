import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Ids } from '../../shared/application/ids';
import { NoteSigner } from '../../shared/application/note-signer';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { checkpointBody } from '../../shared/domain/checkpoint';
import type { DomainError } from '../../shared/domain/domain-error';
import { Players } from '../../user/user.api';
import { Ballots, Receipt, Submission } from '../ballot.api';
import { playerOf } from '../domain/ballot';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import { BallotsClosed, IdempotencyKeyReused, PlayerBanned, PlayerUnknown } from '../domain/errors';
import { BallotLogs } from './ballot-logs';
import { logOrigin } from './log-origin';

export type Outcome = { readonly receipt: Receipt } | { readonly refusal: DomainError };

/** The submissions that became one candidate for a place: several only where they carry the same idempotency key. */
interface Candidate {
  readonly userId: string;
  readonly digest: Buffer | null;
  readonly places: number[];
}

/** Writes a batch of submissions to one log in one transaction; each gets its own answer. */
@Injectable()
export class AppendBallots {
  constructor(
    private readonly work: UnitOfWork,
    private readonly logs: BallotLogs,
    private readonly ballots: Ballots,
    private readonly players: Players,
    private readonly ids: Ids,
    private readonly signer: NoteSigner,
  ) {}

  /**
   * Answers each submission at its place. The log's row lock makes it the only writer of this draw until commit, on any
   * replica: that is what makes indexes dense, keys single and nothing late.
   */
  execute(drawId: string, submissions: readonly Submission[]): Promise<readonly Outcome[]> {
    return this.work.run(async () => {
      const { log, now } = await this.logs.lock(drawId);
      const outcomes = new Array<Outcome>(submissions.length);
      const settle = (candidate: Candidate, outcome: Outcome): void => {
        candidate.places.forEach((place, i) => (outcomes[place] = i === 0 ? outcome : replay(outcome)));
      };
      let open = await this.settleClaimed(drawId, candidatesOf(submissions), settle);
      open = this.refuseLate(log, now, open, settle);
      await this.appendEntitled(log, now, open, settle);
      return outcomes;
    });
  }

  /** Keys that have made a ballot before are answered before anything else: also after the seal, also when banned. */
  private async settleClaimed(drawId: string, candidates: Candidate[], settle: Settle): Promise<Candidate[]> {
    const keyed = candidates.filter(hasKey);
    if (keyed.length === 0) return candidates;
    const claimed = await this.logs.claimed(keyed);
    const ballotIds = new Map(claimed.map((claim) => [keyText(claim), claim]));
    for (const candidate of keyed) {
      const claim = ballotIds.get(keyText(candidate));
      if (claim === undefined) continue;
      if (claim.drawId === drawId) settle(candidate, replay({ receipt: await this.ballots.receipt(claim.ballotId) }));
      else settle(candidate, { refusal: new IdempotencyKeyReused(claim.ballotId) });
    }
    return candidates.filter((candidate) => !hasKey(candidate) || !ballotIds.has(keyText(candidate)));
  }

  private refuseLate(log: BallotLog, now: Date, candidates: Candidate[], settle: Settle): Candidate[] {
    if (log.acceptsAt(now)) return candidates;
    for (const candidate of candidates) settle(candidate, { refusal: new BallotsClosed() });
    return [];
  }

  private async appendEntitled(log: BallotLog, now: Date, candidates: Candidate[], settle: Settle): Promise<void> {
    if (candidates.length === 0) return;
    const standings = await this.players.standings([...new Set(candidates.map(({ userId }) => userId))]);
    const entitled = new Map<Candidate, Entitled>();
    for (const candidate of candidates) {
      const standing = standings.get(candidate.userId);
      if (!standing) settle(candidate, { refusal: new PlayerUnknown() });
      else if (standing.banned) settle(candidate, { refusal: new PlayerBanned() });
      else {
        const player = playerOf(standing.salt, log.drawId);
        entitled.set(candidate, { ballotId: this.ids.next(now), userId: candidate.userId, player });
      }
    }
    await this.claimKeys(log.drawId, entitled, settle);
    if (entitled.size > 0) await this.append(log, now, entitled, settle);
  }

  /** A key that another draw's batch claims at this very moment, on whatever replica, is that batch's. */
  private async claimKeys(drawId: string, entitled: Map<Candidate, Entitled>, settle: Settle): Promise<void> {
    const claims = [...entitled].flatMap(([candidate, { ballotId }]) =>
      hasKey(candidate) ? [{ userId: candidate.userId, digest: candidate.digest, drawId, ballotId }] : [],
    );
    if (claims.length === 0) return;
    const lost = new Map((await this.logs.claim(claims)).map((claim) => [keyText(claim), claim]));
    for (const candidate of [...entitled.keys()].filter(hasKey)) {
      const claim = lost.get(keyText(candidate));
      if (claim === undefined) continue;
      settle(candidate, { refusal: new IdempotencyKeyReused(claim.ballotId) });
      entitled.delete(candidate);
    }
  }

  private async append(log: BallotLog, now: Date, entitled: Map<Candidate, Entitled>, settle: Settle): Promise<void> {
    const appended = log.append([...entitled.values()], now);
    const { size, frontier } = appended.log;
    const origin = logOrigin(this.signer, log.drawId);
    const checkpoint = this.signer.sign(checkpointBody(origin, size, frontier.root()));
    await this.logs.append(appended, checkpoint);
    [...entitled.keys()].forEach((candidate, i) => {
      const ballot = appended.ballots[i];
      if (ballot) settle(candidate, { receipt: { ballot, checkpoint, replayed: false } });
    });
  }
}

type Settle = (candidate: Candidate, outcome: Outcome) => void;

function candidatesOf(submissions: readonly Submission[]): Candidate[] {
  const candidates: Candidate[] = [];
  const byKey = new Map<string, Candidate>();
  submissions.forEach(({ userId, idempotencyKey }, place) => {
    const digest = idempotencyKey === null ? null : hash('sha256', idempotencyKey, 'buffer');
    const candidate: Candidate = { userId, digest, places: [place] };
    const twin = hasKey(candidate) ? byKey.get(keyText(candidate)) : undefined;
    if (twin) twin.places.push(place);
    else candidates.push(candidate);
    if (hasKey(candidate) && !twin) byKey.set(keyText(candidate), candidate);
  });
  return candidates;
}

function hasKey(candidate: Candidate): candidate is Candidate & { digest: Buffer } {
  return candidate.digest !== null;
}

function keyText({ userId, digest }: { userId: string; digest: Buffer }): string {
  return userId + digest.toString('hex');
}

function replay(outcome: Outcome): Outcome {
  return 'refusal' in outcome ? outcome : { receipt: { ...outcome.receipt, replayed: true } };
}

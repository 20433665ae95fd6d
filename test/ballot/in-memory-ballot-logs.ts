import { BallotLogs, ClaimedKey, Key } from '../../src/ballot/application/ballot-logs';
import { Ballot } from '../../src/ballot/domain/ballot';
import type { Appended, BallotLog } from '../../src/ballot/domain/ballot-log';
import type { Subtree } from '../../src/shared/domain/merkle-tree';

/** The port by hand: one process, one unit of work at a time, nothing to lock. */
export class InMemoryBallotLogs extends BallotLogs {
  now = new Date('2030-01-01T12:00:00Z');
  readonly logs = new Map<string, BallotLog>();
  readonly ballots: Ballot[] = [];
  readonly subtrees: Subtree[] = [];
  readonly checkpoints: { drawId: string; size: number; note: string }[] = [];
  readonly keys = new Map<string, ClaimedKey>();

  add(log: BallotLog, note: string): Promise<void> {
    if (this.logs.has(log.drawId)) return Promise.reject(new Error('the draw already has a log'));
    this.logs.set(log.drawId, log);
    this.checkpoints.push({ drawId: log.drawId, size: log.size, note });
    return Promise.resolve();
  }

  lock(drawId: string): Promise<{ log: BallotLog; now: Date }> {
    const log = this.logs.get(drawId);
    return log ? Promise.resolve({ log, now: this.now }) : Promise.reject(new Error('the draw has no log'));
  }

  append({ log, ballots, subtrees }: Appended, note: string): Promise<void> {
    this.logs.set(log.drawId, log);
    this.ballots.push(...ballots);
    this.subtrees.push(...subtrees);
    this.checkpoints.push({ drawId: log.drawId, size: log.size, note });
    return Promise.resolve();
  }

  seal(log: BallotLog): Promise<void> {
    this.logs.set(log.drawId, log);
    return Promise.resolve();
  }

  claimed(keys: readonly Key[]): Promise<ClaimedKey[]> {
    return Promise.resolve(keys.flatMap((key) => this.keys.get(textOf(key)) ?? []));
  }

  async claim(claims: readonly ClaimedKey[]): Promise<ClaimedKey[]> {
    const lost = await this.claimed(claims);
    for (const claim of claims) if (!this.keys.has(textOf(claim))) this.keys.set(textOf(claim), claim);
    return lost;
  }

  playersAmong(drawId: string, userIds: readonly string[]): Promise<{ userId: string; player: string }[]> {
    const found = new Map(this.of(drawId).map(({ userId, player }) => [userId, player]));
    return Promise.resolve(
      userIds.flatMap((userId) => {
        const player = found.get(userId);
        return player === undefined ? [] : [{ userId, player }];
      }),
    );
  }

  hasBallotOfOthers(drawId: string, userIds: readonly string[]): Promise<boolean> {
    return Promise.resolve(this.of(drawId).some(({ userId }) => !userIds.includes(userId)));
  }

  private of(drawId: string): Ballot[] {
    return this.ballots.filter((ballot) => ballot.drawId === drawId);
  }
}

function textOf({ userId, digest }: Key): string {
  return `${userId} ${digest.toString('hex')}`;
}

import {
  BallotLogs,
  ClaimedKey,
  Key,
  Participant,
  SignedAppend,
  SignedLog,
} from '../../src/ballot/application/ballot-logs';
import type { Holder } from '../../src/ballot/ballot.api';
import { Ballot } from '../../src/ballot/domain/ballot';
import type { BallotLog } from '../../src/ballot/domain/ballot-log';
import type { Subtree } from '../../src/shared/domain/merkle-tree';

/** The port by hand: one process, one unit of work at a time, nothing to lock. */
export class InMemoryBallotLogs extends BallotLogs {
  now = new Date('2030-01-01T12:00:00Z');
  readonly logs = new Map<string, BallotLog>();
  readonly ballots: Ballot[] = [];
  readonly subtrees: Subtree[] = [];
  readonly checkpoints: { drawId: string; size: number; note: string }[] = [];
  readonly keys = new Map<string, ClaimedKey>();

  add(logs: readonly SignedLog[]): Promise<void> {
    for (const { log, checkpoint } of logs) {
      if (this.logs.has(log.drawId)) return Promise.reject(new Error('the draw already has a log'));
      this.logs.set(log.drawId, log);
      this.checkpoints.push({ drawId: log.drawId, size: log.size, note: checkpoint });
    }
    return Promise.resolve();
  }

  lock(drawIds: readonly string[]): Promise<{ logs: readonly BallotLog[]; now: Date }> {
    const logs = drawIds.flatMap((drawId) => this.logs.get(drawId) ?? []);
    if (logs.length < drawIds.length) return Promise.reject(new Error('a draw has no log'));
    return Promise.resolve({ logs, now: this.now });
  }

  append(appended: readonly SignedAppend[]): Promise<void> {
    for (const { log, ballots, subtrees, checkpoint } of appended) {
      this.logs.set(log.drawId, log);
      this.ballots.push(...ballots);
      this.subtrees.push(...subtrees);
      this.checkpoints.push({ drawId: log.drawId, size: log.size, note: checkpoint });
    }
    return Promise.resolve();
  }

  beginnings(drawIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const first = this.checkpoints.filter(({ drawId, size }) => size === 0 && drawIds.includes(drawId));
    return Promise.resolve(new Map(first.map(({ drawId, note }) => [drawId, note])));
  }

  seal(logs: readonly BallotLog[]): Promise<void> {
    for (const log of logs) this.logs.set(log.drawId, log);
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

  players(drawIds: readonly string[]): Promise<readonly Participant[]> {
    const found = drawIds.flatMap((drawId) => {
      const players = new Map(this.of(drawId).map(({ userId, player }) => [userId, player]));
      return [...players].map(([userId, player]) => ({ drawId, userId, player }));
    });
    return Promise.resolve(found);
  }

  async playersAmong(drawIds: readonly string[], userIds: readonly string[]): Promise<readonly Participant[]> {
    return (await this.players(drawIds)).filter(({ userId }) => userIds.includes(userId));
  }

  async counts(holders: readonly Holder[]): Promise<readonly number[]> {
    return holders.map((one) => this.of(one.drawId).filter(({ userId }) => userId === one.userId).length);
  }

  private of(drawId: string): Ballot[] {
    return this.ballots.filter((ballot) => ballot.drawId === drawId);
  }
}

function textOf({ userId, digest }: Key): string {
  return `${userId} ${digest.toString('hex')}`;
}

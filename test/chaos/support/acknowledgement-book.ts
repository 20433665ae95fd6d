import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '../../support/lottery-client';
import { Outcome, QUEUE_FULL, WantedBallot } from './submission';

/** What a player was told for certain. */
export interface Entry extends WantedBallot {
  /** Null where it was refused for good. */
  readonly receipt: Receipt | null;
}

/** The players' own record: a file that the service knows nothing of, a line for each answer as it comes. */
export class AcknowledgementBook {
  private readonly folder = mkdtempSync(join(tmpdir(), 'chaos-players-'));
  readonly file = join(this.folder, 'acknowledgements.jsonl');
  readonly surprises: string[] = [];
  /** How often the service gave which answer that left a player in doubt. */
  readonly doubts = new Map<string, number>();

  /** Gives whether the outcome is certain. */
  record({ key, userId, date }: WantedBallot, outcome: Outcome): boolean {
    if (outcome.kind === 'surprising') this.surprises.push(`${key}: ${outcome.what}`);
    if ('what' in outcome) {
      this.doubts.set(outcome.what, this.doubtsOf(outcome.what) + 1);
      return false;
    }
    this.write({ key, userId, date, receipt: outcome.kind === 'acknowledged' ? outcome.receipt : null });
    return true;
  }

  /** The same for somebody who leaves where the queue is full: nothing of theirs was stored, says the service. */
  recordLeaving(ballot: WantedBallot, outcome: Outcome): boolean {
    const isSentAway = 'what' in outcome && outcome.what === QUEUE_FULL;
    if (isSentAway) this.record(ballot, { kind: 'refused' });
    return this.record(ballot, outcome) || isSentAway;
  }

  doubtsOf(what: string): number {
    return this.doubts.get(what) ?? 0;
  }

  read(date: string): Entry[] {
    const lines = readFileSync(this.file, 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Entry).filter((entry) => entry.date === date);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(entry: Entry): void {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
  }
}

import { hash } from 'node:crypto';
import { DomainError } from '../../shared/domain/domain-error';
import type { Settled } from '../../shared/application/group-commit';
import { invariant } from '../../shared/domain/invariant';
import type { Receipts, Submission } from '../ballot.api';
import type { Key } from './ballot-logs';

type Outcome = Settled<Receipts>;

/** What may become ballots: one submission, or several with the same idempotency key and count. */
export interface Entry {
  readonly userId: string;
  readonly key: Key | null;
  /** How many ballots. */
  readonly count: number;
  /** The indexes of its submissions in the batch. */
  readonly places: number[];
}

/** Submissions to one log that are answered together, each with an outcome of its own. */
export class Batch {
  private readonly open = new Set<Entry>();
  private readonly outcomes: Outcome[];

  constructor(submissions: readonly Submission[]) {
    this.outcomes = new Array<Outcome>(submissions.length);
    const byKey = new Map<string, Entry>();
    submissions.forEach(({ userId, idempotencyKey, count }, place) => {
      const key = idempotencyKey === null ? null : { userId, digest: hash('sha256', idempotencyKey, 'buffer') };
      const known = key && `${keyText(key)} ${count}`;
      const twin = known && byKey.get(known);
      if (twin) {
        twin.places.push(place);
        return;
      }
      const entry = { userId, key, count, places: [place] };
      this.open.add(entry);
      if (known) byKey.set(known, entry);
    });
  }

  /**
   * The entries that have no outcome yet, in the order of arrival. Of those with the same key for different counts only
   * the first: the others are pending once it has its outcome.
   */
  get pending(): readonly Entry[] {
    const keys = new Set<string>();
    return [...this.open].filter(({ key }) => {
      if (!key) return true;
      const { size } = keys;
      return keys.add(keyText(key)).size > size;
    });
  }

  /** The users of all that is open. */
  get userIds(): readonly string[] {
    return [...new Set([...this.open].map(({ userId }) => userId))];
  }

  /** The pending entries by their idempotency key, see `keyText`. */
  get pendingByKey(): ReadonlyMap<string, Entry> {
    return new Map(this.pending.flatMap((entry) => (entry.key ? [[keyText(entry.key), entry]] : [])));
  }

  /** The entry's first submission gets this outcome; the others count as its repetitions. */
  settle(entry: Entry, outcome: Outcome): void {
    invariant(this.open.delete(entry), 'an entry has one outcome');
    entry.places.forEach((place, i) => (this.outcomes[place] = i === 0 ? outcome : repetitionOf(outcome)));
  }

  /** One outcome for each submission, at its index. */
  settled(): readonly Outcome[] {
    invariant(this.open.size === 0, 'every entry has an outcome');
    return this.outcomes;
  }
}

function repetitionOf(outcome: Outcome): Outcome {
  return outcome instanceof DomainError ? outcome : { ...outcome, replayed: true };
}

export function keyText({ userId, digest }: Key): string {
  return userId + digest.toString('hex');
}

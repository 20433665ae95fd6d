import { DomainError } from '../domain/domain-error';

interface Waiting<Entry, Answer> {
  readonly entry: Entry;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** What comes of an entry, or why nothing does. */
export type Settled<Answer> = Answer | DomainError;

/** So few that the next batch, which is on its way to the database meanwhile, never waits for more of them. */
const ANSWERS_PER_TURN = 32;

export interface GroupCommitLimits {
  /** Entries that one commit takes at most. */
  readonly maxBatch: number;
  /** Entries that wait at most, over all keys; those being committed are not counted. */
  readonly maxWaiting: number;
}

/**
 * Lets many callers share one transaction: while one batch of a key is being committed, what arrives waits and is
 * then committed together. One commit at a time for each key; keys run side by side.
 */
export class GroupCommit<Entry, Answer> {
  private readonly queues = new Map<string, Waiting<Entry, Answer>[]>();
  private waiting = 0;

  /** `commit` answers or refuses each entry of the batch at its place, after the answered ones are durable. */
  constructor(
    private readonly limits: GroupCommitLimits,
    private readonly commit: (key: string, batch: readonly Entry[]) => Promise<readonly Settled<Answer>[]>,
  ) {}

  get isFull(): boolean {
    return this.waiting >= this.limits.maxWaiting;
  }

  /** Entries that wait. */
  get depth(): number {
    return this.waiting;
  }

  /**
   * Resolves when the entry's batch is committed, or rejects with its refusal; rejects all of a batch with the error that
   * broke its commit.
   */
  submit(key: string, entry: Entry): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting++;
      this.queueOf(key).push({ entry, resolve, reject });
    });
  }

  private queueOf(key: string): Waiting<Entry, Answer>[] {
    const known = this.queues.get(key);
    if (known) return known;
    const queue: Waiting<Entry, Answer>[] = [];
    this.queues.set(key, queue);
    // One turn of the event loop later: requests that were read together are committed together.
    setImmediate(() => void this.drain(key, queue));
    return queue;
  }

  private async drain(key: string, queue: Waiting<Entry, Answer>[]): Promise<void> {
    while (queue.length > 0) await this.commitSome(key, queue.splice(0, this.limits.maxBatch));
    this.queues.delete(key);
  }

  private async commitSome(key: string, batch: readonly Waiting<Entry, Answer>[]): Promise<void> {
    this.waiting -= batch.length;
    try {
      const entries = batch.map(({ entry }) => entry);
      answerSome(batch, await this.commit(key, entries), 0);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

/** A portion in each turn of the event loop, from the next turn on: the next batch goes first. */
function answerSome<Entry, Answer>(
  batch: readonly Waiting<Entry, Answer>[],
  answers: readonly Settled<Answer>[],
  from: number,
): void {
  setImmediate(() => {
    const to = Math.min(from + ANSWERS_PER_TURN, batch.length);
    for (let i = from; i < to; i++) settle(batch[i] as Waiting<Entry, Answer>, answers[i] as Settled<Answer>);
    if (to < batch.length) answerSome(batch, answers, to);
  });
}

function settle<Entry, Answer>({ resolve, reject }: Waiting<Entry, Answer>, answer: Settled<Answer>): void {
  if (answer instanceof DomainError) reject(answer);
  else resolve(answer);
}

import { DomainError } from '../domain/domain-error';

interface Waiting<Entry, Answer> {
  readonly entry: Entry;
  readonly size: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** The answer to an entry, or its refusal. */
export type Settled<Answer> = Answer | DomainError;

/** Bounds how many answers the next batch, already on its way to the database, waits for. */
const ANSWERS_PER_TURN = 32;

export interface GroupCommitLimits {
  /** Maximum size of one commit: the sum of its entries' sizes. An entry that is larger has a commit of its own. */
  readonly maxBatch: number;
  /** Maximum size of all that waits, over all keys; entries being committed do not count. */
  readonly maxWaiting: number;
}

/**
 * Lets many callers share one transaction: while one batch of a key is being committed, further entries wait and are
 * then committed together. One commit at a time for each key; keys run side by side.
 */
export class GroupCommit<Entry, Answer> {
  private readonly queues = new Map<string, Waiting<Entry, Answer>[]>();
  private waiting = 0;

  /** `commit` answers or refuses each entry of the batch at its index, once the answered ones are durable. */
  constructor(
    private readonly limits: GroupCommitLimits,
    private readonly commit: (key: string, batch: readonly Entry[]) => Promise<readonly Settled<Answer>[]>,
  ) {}

  /** Whether an entry of this size may wait. */
  hasRoomFor(size: number): boolean {
    return this.waiting + size <= this.limits.maxWaiting;
  }

  /** Size of all that waits. */
  get depth(): number {
    return this.waiting;
  }

  /**
   * Resolves when the entry's batch is committed, or rejects with the entry's refusal. If the commit fails, every entry
   * of the batch rejects with its error.
   */
  submit(key: string, entry: Entry, size = 1): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting += size;
      this.queueOf(key).push({ entry, size, resolve, reject });
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
    while (queue.length > 0) {
      const batch = this.nextBatch(queue);
      const answers = await this.commitSome(key, batch);
      // A batch costs the same whatever its size: fewer than last time wait for company while answers are on their way.
      while (queue.length < batch.length && answers.areLeft) await nextTurn();
    }
    this.queues.delete(key);
  }

  /** In the order of arrival, so that a large entry waits no longer than a small one. */
  private nextBatch(queue: Waiting<Entry, Answer>[]): Waiting<Entry, Answer>[] {
    let [count, size] = [0, 0];
    for (const next of queue) {
      size += next.size;
      if (count > 0 && size > this.limits.maxBatch) break;
      this.waiting -= next.size;
      count++;
    }
    return queue.splice(0, count);
  }

  private async commitSome(key: string, batch: readonly Waiting<Entry, Answer>[]): Promise<{ areLeft: boolean }> {
    const answering = { areLeft: false };
    try {
      const entries = batch.map(({ entry }) => entry);
      const answers = await this.commit(key, entries);
      answering.areLeft = true;
      void answerInPortions(batch, answers).then(() => (answering.areLeft = false));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    return answering;
  }
}

/** Answers a portion in each turn of the event loop, starting with the next turn, so that the next batch goes first. */
async function answerInPortions<Entry, Answer>(
  batch: readonly Waiting<Entry, Answer>[],
  answers: readonly Settled<Answer>[],
): Promise<void> {
  for (let from = 0; from < batch.length; from += ANSWERS_PER_TURN) {
    await nextTurn();
    const portion = batch.slice(from, from + ANSWERS_PER_TURN);
    for (const [i, waiting] of portion.entries()) settle(waiting, answers[from + i] as Settled<Answer>);
  }
}

function settle<Entry, Answer>({ resolve, reject }: Waiting<Entry, Answer>, answer: Settled<Answer>): void {
  if (answer instanceof DomainError) reject(answer);
  else resolve(answer);
}

/** Of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

import type { Caller } from '../application/password-hasher';
import { AuthBusy } from '../domain/errors';

/** Maximum length of the queue: a few seconds of work. A caller who would wait longer is better told to come back. */
const MOST_WAITING = 100;
/** Of one address; less while others want the places. */
const MOST_WAITING_OF_ONE = 64;
/** Callers who are known go first, except that each third turn is one of the others: they must not wait for ever. */
const TURN_OF_OTHERS = 3;

interface Waiting {
  readonly start: () => void;
  readonly refuse: (reason: AuthBusy) => void;
}

/** Waiting callers by address: the address whose turn is next first. */
type Lines = Map<string, Waiting[]>;

/**
 * Runs some work at a time, and lets some wait. Addresses take turns, however many callers each has, and if all places
 * are taken, a newcomer gets one of the address that has most.
 */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  private turns = 0;
  private readonly known: Lines = new Map();
  private readonly others: Lines = new Map();

  constructor(private readonly mostAtOnce: number) {}

  /** @throws AuthBusy */
  async inTurn<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.mostAtOnce) await this.turnOf(caller);
    else this.running++;
    try {
      return await work();
    } finally {
      if (this.waiting > 0) this.next().start();
      else this.running--;
    }
  }

  private turnOf({ address, isKnown }: Caller): Promise<void> {
    const lines = isKnown ? this.known : this.others;
    const line = lines.get(address) ?? [];
    if (line.length >= MOST_WAITING_OF_ONE) throw new AuthBusy();
    if (this.waiting >= MOST_WAITING) this.makeRoom(line.length + 1);
    this.waiting++;
    lines.set(address, line);
    return new Promise((start, refuse) => line.push({ start, refuse }));
  }

  /** Refuses the newest caller of the address with most. @throws AuthBusy if the newcomer's would have as many */
  private makeRoom(length: number): void {
    let [longest, lines]: [string | null, Lines] = [null, this.others];
    let most = length;
    for (const some of [this.others, this.known]) {
      for (const [address, line] of some) if (line.length > most) [longest, lines, most] = [address, some, line.length];
    }
    if (longest === null) throw new AuthBusy();
    lines.get(longest)?.pop()?.refuse(new AuthBusy());
    this.waiting--;
  }

  /** Takes the caller whose turn it is; their address comes last then. */
  private next(): Waiting {
    const othersFirst = ++this.turns % TURN_OF_OTHERS === 0;
    const lines = (othersFirst && this.others.size > 0) || this.known.size === 0 ? this.others : this.known;
    const [address, line] = lines.entries().next().value as [string, Waiting[]];
    lines.delete(address);
    const next = line.shift() as Waiting;
    if (line.length > 0) lines.set(address, line);
    this.waiting--;
    return next;
  }
}

import { MAX_WEBHOOKS } from '../application/register-webhook';

/** Concurrent attempts of one process, and sockets that they hold open. */
const MOST = 128;
/** Of these to one webhook, so that a slow receiver cannot be flooded. */
const MOST_OF_ONE = 4;

/** The places of attempts that are under way. Webhooks take turns at those beyond their first. */
export class Places {
  /** By webhook, those first whose last turn is longest ago; without attempts, too. */
  private readonly taken = new Map<string, number>();

  get free(): number {
    return Math.max(0, MOST - this.count());
  }

  take(webhookId: string): void {
    const taken = this.taken.get(webhookId) ?? 0;
    this.taken.delete(webhookId);
    this.taken.set(webhookId, taken + 1);
  }

  giveBack(webhookId: string): void {
    const taken = (this.taken.get(webhookId) ?? 1) - 1;
    if (taken > 0) this.taken.set(webhookId, taken);
    else this.taken.delete(webhookId);
  }

  /** The webhooks that get no further place now. */
  busy(): string[] {
    const further = this.count() - this.taken.size;
    // As many are kept as there can be webhooks: each finds a place for its first attempt, whatever others do.
    const room = Math.max(0, MOST - MAX_WEBHOOKS - further);
    const inTurn = [...this.taken].sort(([, one], [, other]) => one - other);
    const next = inTurn.filter(([, taken]) => taken < MOST_OF_ONE).slice(0, room);
    const isNext = new Set(next.map(([id]) => id));
    return inTurn.flatMap(([id]) => (isNext.has(id) ? [] : [id]));
  }

  private count(): number {
    let count = 0;
    for (const taken of this.taken.values()) count += taken;
    return count;
  }
}

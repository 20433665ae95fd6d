import { performance } from 'node:perf_hooks';
import { Client, ClientConfig } from 'pg';
import { preparedName } from './prepared-statement';

/**
 * A connection whose answer has not come within `query_timeout` is dead: a partition or a fail-over has cut it without a
 * word. The driver alone would hand it out again, to wait as long once more; this one is destroyed, and the pool opens
 * another.
 */
export class ImpatientClient extends Client {
  /** Questions without an answer. */
  private waiting = 0;
  private lastHeardMs = performance.now();

  /** `siblings`: the connections of the same pool, this one among them as long as it is open. */
  constructor(config?: ClientConfig, siblings?: Set<ImpatientClient>) {
    super(config);
    const send = this.query.bind(this) as (...query: unknown[]) => unknown;
    this.query = ((text: unknown, ...values: unknown[]) => {
      const name = preparedName(text);
      const answer = send(name === undefined ? text : { name, text }, ...values);
      if (answer instanceof Promise) this.expect(answer, siblings);
      return answer;
    }) as typeof this.query;
    siblings?.add(this);
    this.once('end', () => siblings?.delete(this));
  }

  private expect(answer: Promise<unknown>, siblings: Iterable<ImpatientClient> = []): void {
    const askedMs = performance.now();
    const settled = () => {
      this.waiting--;
      this.lastHeardMs = performance.now();
    };
    this.waiting++;
    answer.then(settled, (error: unknown) => {
      if (error instanceof Error && error.message === 'Query read timeout') {
        // Whatever cut the connection did so some time after the question: one that was heard soon after may be dead.
        const longAgoMs = (askedMs + performance.now()) / 2;
        for (const sibling of siblings) sibling.endUnlessHeardSince(longAgoMs);
        this.connection.stream.destroy();
      }
      settled();
    });
  }

  private endUnlessHeardSince(longAgoMs: number): void {
    if (this.waiting > 0 || this.lastHeardMs >= longAgoMs) return;
    this.connection.stream.destroy();
    // The pool listens to those that wait in it, and hands this one out to nobody from now on.
    if (this.listenerCount('error') > 0)
      this.emit('error', new Error('Connection terminated: its pool has lost others'));
  }
}

/**
 * Clients for one pool. What has killed one of them has mostly killed all: when one is given up, those that wait in the
 * pool and were not heard lately are given up with it, instead of each costing somebody the same time once more.
 */
export function impatientClients(): typeof Client {
  const siblings = new Set<ImpatientClient>();
  return class extends ImpatientClient {
    constructor(config?: ClientConfig) {
      super(config, siblings);
    }
  };
}

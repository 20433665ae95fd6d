import { performance } from 'node:perf_hooks';
import { Client, ClientConfig } from 'pg';
import { preparedName } from './statements';

/**
 * A connection that is destroyed when an answer does not arrive within `query_timeout`: a network partition or a
 * fail-over has cut it silently. The driver alone would reuse the connection, to wait as long again; now the pool opens
 * another.
 */
export class TimeoutClient extends Client {
  /** Number of unanswered queries. */
  private waiting = 0;
  private lastHeardMs = performance.now();

  /** `siblings`: the open connections of the same pool, including this one. */
  constructor(config?: ClientConfig, siblings?: Set<TimeoutClient>) {
    super(config);
    const send = this.query.bind(this) as (...query: unknown[]) => unknown;
    this.query = ((text: unknown, ...values: unknown[]) => {
      const name = preparedName(text);
      // eslint-disable-next-line no-restricted-syntax -- the arguments of one call.
      const answer = send(name === undefined ? text : { name, text }, ...values);
      if (answer instanceof Promise) this.expect(answer, siblings);
      return answer;
    }) as typeof this.query;
    siblings?.add(this);
    this.once('end', () => siblings?.delete(this));
  }

  private expect(answer: Promise<unknown>, siblings: Iterable<TimeoutClient> = []): void {
    const askedMs = performance.now();
    const settled = () => {
      this.waiting--;
      this.lastHeardMs = performance.now();
    };
    this.waiting++;
    answer.then(settled, (error: unknown) => {
      if (error instanceof Error && error.message === 'Query read timeout') {
        // The connection was cut some time after the query: a sibling that was heard soon after it may be dead, too.
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
    // The pool listens to its idle connections, and does not reuse this one from now on.
    if (this.listenerCount('error') > 0)
      this.emit('error', new Error('Connection terminated: its pool has lost others'));
  }
}

/**
 * Clients of one pool. What killed one of them has mostly killed all: when one is given up, idle siblings that were not
 * heard since are given up, too, instead of each costing a caller the same time again.
 */
export function timeoutClients(): typeof Client {
  const siblings = new Set<TimeoutClient>();
  return class extends TimeoutClient {
    constructor(config?: ClientConfig) {
      super(config, siblings);
    }
  };
}

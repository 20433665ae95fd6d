import { performance } from 'node:perf_hooks';
import { Client, ClientConfig, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import { Session, settle } from './session';
import { failedToConnect, isDemoted, isStorageFault } from './sql-state';
import { noteStorageFault } from './storage';
import { StatementQueue } from './statement-queue';
import { preparedName } from './statements';

interface SessionConfig extends ClientConfig {
  /** Absent: whatever the server gives. */
  readonly session?: Session;
}

/**
 * A connection that is destroyed when an answer does not arrive within `query_timeout`: a network partition or a
 * fail-over has cut it silently. The driver alone would reuse the connection, to wait as long again; now the pool opens
 * another.
 */
export class TimeoutClient extends Client {
  /** Number of unanswered queries. */
  private waiting = 0;
  private lastHeardMs = performance.now();
  private readonly session: Session | undefined;

  /** `siblings`: the open connections of the same pool, including this one. */
  constructor(config?: SessionConfig, siblings?: Set<TimeoutClient>) {
    super(config);
    this.session = config?.session;
    // Whoever asks is told of an error. Without a listener, one that comes right behind the server's welcome would end
    // the process.
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...query: unknown[]) => unknown;
    const queue = new StatementQueue(
      (statement) => this.expect(send(statement) as Promise<QueryResult>, siblings),
      (train) => this.expect(train.sendBy(send), siblings),
    );
    this.query = ((query: unknown, values?: unknown, callback?: unknown) => {
      const name = preparedName(query);
      const hasCallback = callback !== undefined || typeof values === 'function';
      if (typeof query !== 'string' || hasCallback) {
        queue.flush();
        return this.expect(send(name === undefined ? query : { name, text: query }, values, callback), siblings);
      }
      const statement = { text: query, values: values as unknown[], ...(name !== undefined && { name }) };
      return queue.run(statement);
    }) as typeof this.query;
    siblings?.add(this);
    this.once('end', () => siblings?.delete(this));
  }

  override connect(): Promise<Client>;
  override connect(callback: ((error: Error) => void) | ((error: null, client: Client) => void)): void;
  override connect(callback?: (...outcome: never[]) => void): Promise<Client> | void {
    const connected = this.connectAndSettle().catch((error: unknown) => {
      failedToConnect(error);
      throw error;
    });
    if (!callback) return connected;
    const report = callback as (error: unknown, client?: Client) => void;
    connected.then((client) => report(null, client), report);
  }

  /** A connection that is no session of ours is not handed out. */
  private async connectAndSettle(): Promise<Client> {
    await super.connect();
    if (!this.session) return this;
    try {
      await settle(this, this.session);
    } catch (error) {
      this.connection.stream.destroy();
      throw error;
    }
    return this;
  }

  private expect<T>(answer: T, siblings: Iterable<TimeoutClient> = []): T {
    if (!(answer instanceof Promise)) return answer;
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
      if (isStorageFault(error)) noteStorageFault();
      if (isDemoted(error)) {
        for (const sibling of siblings) sibling.endUnlessInUse();
        this.connection.stream.destroy();
      }
      settled();
    });
    return answer;
  }

  /** For a server that is no primary any more: the next connection may reach the one that is. */
  endUnlessInUse(): void {
    this.endUnlessHeardSince(Infinity);
  }

  private endUnlessHeardSince(longAgoMs: number): void {
    if (this.waiting > 0 || this.lastHeardMs >= longAgoMs) return;
    this.connection.stream.destroy();
    // The pool listens to its idle connections, and does not reuse this one from now on.
    this.emit('error', new Error('Connection terminated: its pool has lost others'));
  }
}

/** The connections of one pool. */
type Siblings = typeof Client & {
  /** Gives up those that are not in use. */
  retire(): void;
};

/**
 * Clients of one pool. What killed one of them has mostly killed all: when one is given up, idle siblings that were not
 * heard since are given up, too, instead of each costing a caller the same time again.
 */
export function timeoutClients(): Siblings {
  const siblings = new Set<TimeoutClient>();
  return class extends TimeoutClient {
    static retire(): void {
      for (const sibling of siblings) sibling.endUnlessInUse();
    }

    constructor(config?: SessionConfig) {
      super(config, siblings);
    }
  };
}

/** Gives up the idle connections of a data source whose server is no primary any more. */
export function retireConnections({ options }: DataSource): void {
  (options as { extra?: { Client?: Partial<Siblings> } }).extra?.Client?.retire?.();
}

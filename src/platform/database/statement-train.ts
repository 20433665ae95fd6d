import { Connection, Query, QueryConfig, QueryResult } from 'pg';

/** What the driver calls while it answers a query; its types leave it out. */
interface DriverQuery {
  readonly name: string | undefined;
  readonly text: string;
  submit(connection: Connection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}

interface DriverConnection extends Connection {
  sync(): void;
  readonly submittedNamedStatements: Record<string, string>;
}

/**
 * Statements in one message, with one Sync (PostgreSQL's manual, "Extended Query"): PostgreSQL runs one after the
 * other, each with a snapshot of its own, answers them together, and runs none after one that fails. So `COMMIT` may be
 * the last. If one fails, all of them fail with its error.
 */
export class StatementTrain {
  /** The driver's: called once, when PostgreSQL is ready for the next message. */
  callback: ((error?: Error) => void) | undefined;
  private readonly queries: readonly DriverQuery[];
  private readonly results: QueryResult[] = [];
  private failure: Error | undefined;
  private answered = 0;

  constructor(statements: readonly QueryConfig[]) {
    this.queries = statements.map((statement) => {
      const answer = (error: Error | undefined, result: unknown) => {
        this.failure ??= error;
        this.results.push(result as QueryResult);
      };
      // A statement without parameters, too, takes this protocol.
      const query = new Query({ ...statement, queryMode: 'extended' } as QueryConfig, answer);
      return query as unknown as DriverQuery;
    });
  }

  /** Sends them through the driver, and returns the result of each. */
  sendBy(send: (train: StatementTrain) => unknown): Promise<readonly QueryResult[]> {
    return new Promise((resolve, reject) => {
      this.callback = (error) => (error ? reject(error) : resolve(this.results));
      send(this);
    });
  }

  submit(connection: DriverConnection): null {
    // Each query would end with a Sync of its own, after which PostgreSQL runs the next even if this one failed.
    const withoutSync = Object.create(connection, { sync: { value: () => undefined } }) as Connection;
    connection.stream.cork();
    for (const query of this.queries) {
      const fault = query.submit(withoutSync) ?? this.failure;
      if (fault) {
        // Half of a train must not be committed: what is corked is never sent.
        this.failure = fault;
        connection.stream.destroy(fault);
        return null;
      }
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  /** The driver remembers by name which statements PostgreSQL has parsed. */
  get name(): string | undefined {
    return this.current.name;
  }

  get text(): string {
    return this.current.text;
  }

  handleRowDescription(message: unknown): void {
    this.current.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.current.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.current.handleCommandComplete(message, connection);
    this.answered++;
  }

  handleReadyForQuery(connection: Connection): void {
    for (const query of this.queries) query.handleReadyForQuery(connection);
    this.callback?.(this.failure);
  }

  handleError(error: Error, connection: DriverConnection): void {
    // PostgreSQL has not parsed those that come after the one that failed.
    for (const { name } of this.queries) if (name !== undefined) delete connection.submittedNamedStatements[name];
    this.callback?.(this.failure ?? error);
  }

  private get current(): DriverQuery {
    return this.queries[Math.min(this.answered, this.queries.length - 1)] as DriverQuery;
  }
}

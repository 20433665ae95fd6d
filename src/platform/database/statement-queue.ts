import type { QueryConfig, QueryResult } from 'pg';
import { StatementTrain } from './statement-train';
import { isWrittenBehind } from './statements';

interface Held {
  readonly statement: QueryConfig;
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (error: unknown) => void;
}

/** As TypeORM writes them. */
const BEGIN = 'START TRANSACTION';
const COMMIT = 'COMMIT';
const ROLLBACK = 'ROLLBACK';
const NO_RESULT: QueryResult = { rows: [], fields: [], command: '', rowCount: 0, oid: 0 };

const ignore = () => undefined;

/**
 * Sends the statements of a connection's transactions in as few messages as their order allows: the begin and what is
 * written behind go with the next statement, statements of one turn of the event loop go together, and the commit goes
 * with what is held. A transaction without statements is not even begun.
 */
export class StatementQueue {
  private readonly held: Held[] = [];
  private isInTransaction = false;
  private willSend = false;

  constructor(
    private readonly send: (statement: QueryConfig) => Promise<QueryResult>,
    private readonly sendTrain: (train: StatementTrain) => Promise<readonly QueryResult[]>,
  ) {}

  /** Runs the statement after all that came before it. */
  async run(statement: QueryConfig): Promise<QueryResult> {
    const { text, name, values } = statement;
    if (text === BEGIN) {
      this.isInTransaction = true;
      void this.hold(statement);
      return NO_RESULT;
    }
    if (!this.isInTransaction) return this.send(statement);
    if (text === ROLLBACK) return this.rollBack(statement);
    if (text === COMMIT) return this.commit(statement);
    if (isWrittenBehind(text)) {
      void this.hold(statement);
      return NO_RESULT;
    }
    if (name !== undefined || (values ?? []).length > 0) return this.join(statement);
    // Its text may be several statements, which need a message of their own.
    return this.behindHeld(() => this.send(statement));
  }

  /** Sends what is held: something comes that is not for the queue. */
  flush(): void {
    void this.sendHeld().catch(ignore);
  }

  /** Sends what is held, and at once the next message: the driver keeps their order. @throws the error of the first. */
  private async behindHeld<Answer>(next: () => Promise<Answer>): Promise<Answer> {
    const sent = this.sendHeld();
    const answer = next();
    answer.catch(ignore);
    await sent;
    return answer;
  }

  /** Statements of the same turn follow at once. */
  private join(statement: QueryConfig): Promise<QueryResult> {
    if (!this.willSend) {
      this.willSend = true;
      process.nextTick(() => {
        this.flush();
      });
    }
    return this.hold(statement);
  }

  private commit(statement: QueryConfig): Promise<QueryResult> {
    this.isInTransaction = false;
    if (this.hasNotBegun && this.held.length === 1) return this.forget();
    const committed = this.hold(statement);
    this.flush();
    return committed;
  }

  private rollBack(statement: QueryConfig): Promise<QueryResult> {
    this.isInTransaction = false;
    const wasBegun = !this.hasNotBegun;
    const forgotten = this.forget();
    return wasBegun ? this.send(statement) : forgotten;
  }

  private get hasNotBegun(): boolean {
    return this.held[0]?.statement.text === BEGIN;
  }

  private async forget(): Promise<QueryResult> {
    for (const { reject } of this.held.splice(0)) reject(new Error('The transaction was rolled back before this'));
    return NO_RESULT;
  }

  /** Whoever does not wait for the answer learns of a failure from the next answer: one fails, all fail. */
  private hold(statement: QueryConfig): Promise<QueryResult> {
    const answer = new Promise<QueryResult>((resolve, reject) => {
      this.held.push({ statement, resolve, reject });
    });
    answer.catch(ignore);
    return answer;
  }

  /** @throws whatever one of them failed with. */
  private async sendHeld(): Promise<void> {
    this.willSend = false;
    const train = this.held.splice(0);
    if (train.length === 0) return;
    try {
      const results = await this.sendTrain(new StatementTrain(train.map(({ statement }) => statement)));
      for (const [i, { resolve }] of train.entries()) resolve(results[i] ?? NO_RESULT);
    } catch (error) {
      for (const { reject } of train) reject(error);
      throw error;
    }
  }
}

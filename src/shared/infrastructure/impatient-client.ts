import { Client, ClientConfig } from 'pg';

/**
 * A connection whose answer has not come within `query_timeout` is dead: a partition or a fail-over has cut it without a
 * word. The driver alone would hand it out again, to wait as long once more; this one is destroyed, and the pool opens
 * another.
 */
export class ImpatientClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...query: unknown[]) => unknown;
    this.query = ((...query: unknown[]) => {
      const answer = send(...query);
      if (answer instanceof Promise) {
        answer.catch((error: unknown) => {
          if (error instanceof Error && error.message === 'Query read timeout') this.connection.stream.destroy();
        });
      }
      return answer;
    }) as typeof this.query;
  }
}

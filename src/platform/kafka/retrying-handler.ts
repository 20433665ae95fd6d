import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { BatchHandler, ReceivedMessage, RefusedMessage } from '../../shared/application/batch-handler';
import { DomainError } from '../../shared/domain/domain-error';
import { isConnectionLost, sqlState } from '../database/sql-state';
import { stackOf } from '../errors/stack-of';

/** A fault that depends on what else runs may pass; after this many attempts the message is at fault. */
const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 100;
/** Longest pause, and thus how long messages wait after the database is back. */
const MAX_DELAY_MS = 5_000;

/**
 * Passes messages to a handler until they are handled. During a transient fault (no database, a lock) it waits and
 * retries, in order and for as long as it takes. If the handler fails because of the messages themselves, it finds the
 * faulty ones by halving the batch, and refuses them; all others are handled.
 */
export class RetryingHandler {
  private readonly logger = new Logger('Messages');

  constructor(private readonly handler: BatchHandler) {}

  /** @throws the last error if the signal asked to stop; none of the remaining messages was handled. */
  async handle(messages: readonly ReceivedMessage[], stop: AbortSignal): Promise<readonly RefusedMessage[]> {
    return this.attempt(messages, MAX_ATTEMPTS, stop);
  }

  private async attempt(
    messages: readonly ReceivedMessage[],
    maxAttempts: number,
    stop: AbortSignal,
  ): Promise<readonly RefusedMessage[]> {
    for (let attempt = 1, passing = 0; ;) {
      try {
        return await this.handler.handle(messages);
      } catch (error) {
        const willPass = isPassing(error);
        if (!willPass && attempt >= maxAttempts) return this.divide(messages, error, stop);
        const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (willPass ? passing++ : attempt++ - 1), MAX_DELAY_MS);
        this.logger.warn(`${messages.length} messages were not handled; retrying in ${delayMs} ms. ${stackOf(error)}`);
        await sleep(delayMs, undefined, { signal: stop }).catch(() => {
          throw error;
        });
      }
    }
  }

  /**
   * Divides down to the messages that fail alone. A failed part is divided at once: only a single message is retried.
   */
  private async divide(
    messages: readonly ReceivedMessage[],
    error: unknown,
    stop: AbortSignal,
  ): Promise<readonly RefusedMessage[]> {
    const [message] = messages;
    if (message === undefined) return [];
    if (messages.length === 1) {
      this.logger.error(`Message ${message.id} of ${message.topic} cannot be handled. ${stackOf(error)}`);
      return [{ message, reason: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }];
    }
    const middle = Math.ceil(messages.length / 2);
    const refused: RefusedMessage[] = [];
    for (const half of [messages.slice(0, middle), messages.slice(middle)]) {
      for (const one of await this.attempt(half, half.length === 1 ? MAX_ATTEMPTS : 1, stop)) refused.push(one);
    }
    return refused;
  }
}

/**
 * Whether the same messages may be handled later. Of PostgreSQL's errors, only classes 22 and 23 (values, constraints)
 * are a message's fault: if a missing table were, all waiting messages would become dead letters.
 */
function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable';
  const state = sqlState(error);
  if (state !== undefined) return !/^(22...|23...|ERR_.*)$/.test(state);
  return isConnectionLost(error) || (error instanceof Error && /timeout/i.test(error.message));
}

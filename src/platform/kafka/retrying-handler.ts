import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { BatchHandler, ReceivedMessage, RefusedMessage } from '../../shared/application/batch-handler';
import { DomainError } from '../../shared/domain/domain-error';
import { isUnavailable, sqlState } from '../database/sql-state';
import { stackOf } from '../errors/stack-of';

/** A fault that depends on what else runs may pass; after this many attempts the partition waits instead. */
const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 100;
/** Longest pause, and thus how long messages wait after the database is back. */
const MAX_DELAY_MS = 5_000;

/** What came of messages. */
export interface Handled {
  /** How many were handled or refused: all before the one that fails. */
  readonly count: number;
  readonly refused: readonly RefusedMessage[];
  /** Why the next one fails; null if all are done with. */
  readonly defect: Error | null;
}

/**
 * Passes messages to a handler. During a transient fault (no database, a lock) it waits and retries, in order and for
 * as long as it takes. If the handler fails in another way, the first message with which it fails is found by halving:
 * a defect of ours, or an answer of the database that it does not understand, is no fault of the message.
 */
export class RetryingHandler {
  private readonly logger = new Logger('Messages');

  constructor(private readonly handler: BatchHandler) {}

  /** @throws the last error if the signal asked to stop; none of the remaining messages was handled. */
  async handle(messages: readonly ReceivedMessage[], stop: AbortSignal, attempts = MAX_ATTEMPTS): Promise<Handled> {
    if (messages.length === 0) return { count: 0, refused: [], defect: null };
    const outcome = await this.attempt(messages, attempts, stop);
    if (!(outcome instanceof Error)) return { count: messages.length, refused: outcome, defect: null };
    if (messages.length === 1) return { count: 0, refused: [], defect: outcome };
    const middle = Math.ceil(messages.length / 2);
    const first = await this.handle(messages.slice(0, middle), stop, middle === 1 ? MAX_ATTEMPTS : 1);
    if (first.defect !== null) return first;
    const rest = await this.handle(messages.slice(middle), stop, messages.length - middle === 1 ? MAX_ATTEMPTS : 1);
    return { count: first.count + rest.count, refused: [...first.refused, ...rest.refused], defect: rest.defect };
  }

  /** Returns the error of the last attempt if it is not one that passes. */
  private async attempt(
    messages: readonly ReceivedMessage[],
    maxAttempts: number,
    stop: AbortSignal,
  ): Promise<readonly RefusedMessage[] | Error> {
    for (let attempt = 1, passing = 0; ;) {
      try {
        return await this.handler.handle(messages);
      } catch (error) {
        const willPass = isPassing(error);
        if (!willPass && attempt >= maxAttempts) return error instanceof Error ? error : new Error(stackOf(error));
        const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (willPass ? passing++ : attempt++ - 1), MAX_DELAY_MS);
        this.logger.warn(`${messages.length} messages were not handled; retrying in ${delayMs} ms. ${stackOf(error)}`);
        await sleep(delayMs, undefined, { signal: stop }).catch(() => {
          throw error;
        });
      }
    }
  }
}

/**
 * Whether waiting in place helps, all partitions together: until the database is back, or has the table again. What it
 * says of values and constraints (classes 22 and 23) concerns single messages.
 */
function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable';
  const state = sqlState(error);
  return isUnavailable(error) || (state !== undefined && !/^(22...|23...|ERR_.*)$/.test(state));
}

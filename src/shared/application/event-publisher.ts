import type { StoredEvent } from './outbox';

/** Publishes events to other services. */
export abstract class EventPublisher {
  /**
   * Resolves when all are acknowledged; after a failure some of them may be published again. Keeps the given order for
   * each aggregate. Rejects by itself, after minutes if no broker answers.
   */
  abstract publish(events: readonly StoredEvent[]): Promise<void>;
}

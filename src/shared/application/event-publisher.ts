import type { StoredEvent } from './outbox';

/** Tells other services what happened. */
export abstract class EventPublisher {
  /**
   * Resolves when all are acknowledged; after a failure some of them may be published again. In the order given, for each
   * aggregate. Gives up by itself, after minutes where nobody answers.
   */
  abstract publish(events: readonly StoredEvent[]): Promise<void>;
}

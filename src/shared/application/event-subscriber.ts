import type { StoredEvent } from './outbox';

/** A listener to events within the service. */
export abstract class EventSubscriber {
  /** Its name in the inbox, which records what it has handled: never renamed. */
  abstract readonly name: string;
  abstract readonly types: readonly string[] | 'all';

  /**
   * Runs in one unit of work with the record that the event is handled, so its writes take effect once. It must have no
   * other effect: the unit of work can be repeated. In order for each aggregate; an event that cannot be handled holds
   * back only its aggregate.
   */
  abstract handle(event: StoredEvent): Promise<void>;

  /** Handles events that arrived together, in order. Override it if many cost less together than one by one. */
  async handleAll(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) await this.handle(event);
  }
}

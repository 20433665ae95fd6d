import type { StoredEvent } from './outbox';

/** Somebody within the service who wants to know what happened. */
export abstract class EventSubscriber {
  /** Marks what it has handled, in the inbox: never renamed. */
  abstract readonly name: string;
  abstract readonly types: readonly string[] | 'all';

  /**
   * Runs in a unit of work together with the mark that the event is handled, so what it writes takes effect once. Nothing
   * else may have an effect here: the unit of work can be repeated. In order for each aggregate; an event that cannot be
   * handled holds back its aggregate and nothing else.
   */
  abstract handle(event: StoredEvent): Promise<void>;

  /** Events that came together, in their order. To be overridden where many cost less together than one by one. */
  async handleAll(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) await this.handle(event);
  }
}

/** An event for listeners: other modules, webhooks, other services. */
export interface NewEvent {
  /** Past tense after a noun, e.g. `lottery.drawn`. A published type never changes its meaning. */
  readonly type: string;
  /** The object of the event. The events of one aggregate are delivered in the order in which they were added. */
  readonly aggregateId: string;
  /** JSON; only ever extended. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** When it happened, as the signed note or the row of the fact says; otherwise the database's time of adding. */
  readonly occurredAt?: Date;
  /** Whether this is the aggregate's last event, after which its events need no longer be counted. */
  readonly isLast?: boolean;
}

export interface StoredEvent extends Omit<NewEvent, 'isLast' | 'occurredAt'> {
  /** A UUIDv7. A consumer that remembers the ids of handled events handles each event once. */
  readonly id: string;
  /** Counts the events of the aggregate from 1 without gaps. */
  readonly aggregateVersion: number;
  readonly occurredAt: Date;
}

/** Keeps events until they are delivered. */
export abstract class Outbox {
  /**
   * Adds events in the running unit of work: they are delivered if and only if it commits. Holds a row lock for each
   * aggregate until commit. Delivery is at least once, in order for each aggregate.
   */
  abstract add(events: readonly NewEvent[]): Promise<void>;
}

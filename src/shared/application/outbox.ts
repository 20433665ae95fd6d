/** What happened, told to whoever listens: other modules, webhooks, other services. */
export interface NewEvent {
  /** Past tense after a noun, e.g. `lottery.drawn`. A published type never changes its meaning. */
  readonly type: string;
  /** What it happened to. The events of one aggregate are delivered in the order in which they were added. */
  readonly aggregateId: string;
  /** JSON; only ever extended. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Nothing will ever follow for this aggregate: its events need no longer be counted. */
  readonly isLast?: boolean;
}

export interface StoredEvent extends Omit<NewEvent, 'isLast'> {
  /** A UUIDv7: whoever keeps the ids that were handled handles each event once. */
  readonly id: string;
  /** Counts the events of the aggregate from 1 without gaps. */
  readonly aggregateVersion: number;
  /** Database time. */
  readonly occurredAt: Date;
}

/** Where events wait until they are delivered. */
export abstract class Outbox {
  /**
   * Adds events in the running unit of work: they are told if and only if it commits. Holds a row lock for each
   * aggregate until commit. At least once; in order for each aggregate.
   */
  abstract add(events: readonly NewEvent[]): Promise<void>;
}

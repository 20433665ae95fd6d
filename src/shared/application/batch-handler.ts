/** A message as it came from another service. */
export interface ReceivedMessage {
  /**
   * What its sender named it, else where it lies and since when: `<topic>-<partition>-<offset>-<milliseconds since 1970>`.
   * The same at each delivery.
   */
  readonly id: string;
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** A message that no repetition would make understood. */
export interface RefusedMessage {
  readonly message: ReceivedMessage;
  /** For the person who looks into the dead letters; nothing secret. */
  readonly reason: string;
}

/** What is done with the messages of a topic. */
export abstract class BatchHandler {
  /**
   * Handles messages in their order and gives those that it refuses. Whoever calls commits their offsets only afterwards:
   * what was handled must be durable, and a message that comes again (see Inbox) must change nothing.
   *
   * @throws Error when none was handled; they come again.
   */
  abstract handle(messages: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]>;
}

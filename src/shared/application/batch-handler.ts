/** A message from another service, as received. */
export interface ReceivedMessage {
  /**
   * The sender's id of the message, otherwise its place and time: `<topic>-<partition>-<offset>-<milliseconds since
   * 1970>`. The same at each delivery. Empty if the sender's is not UTF-8: such a message must be refused.
   */
  readonly id: string;
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** A message that cannot be understood, however often it is repeated. */
export interface RefusedMessage {
  readonly message: ReceivedMessage;
  /** For the person who reads the dead letters; holds nothing secret. */
  readonly reason: string;
}

/** Handles the messages of a topic. */
export abstract class BatchHandler {
  /**
   * Handles messages in order and returns those that it refuses. The caller commits their offsets afterwards: the
   * effects must be durable, and a message that is delivered again (see Inbox) must change nothing.
   *
   * @throws Error if none was handled; they are delivered again. Whatever is thrown is no fault of the messages.
   */
  abstract handle(messages: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]>;
}

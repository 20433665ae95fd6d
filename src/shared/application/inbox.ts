/** Which messages were handled already. */
export abstract class Inbox {
  /**
   * Claims messages for a consumer in the running unit of work and gives those that nobody has handled before, in the
   * order asked for. If the unit of work fails, nothing was claimed. Waits for others that claim the same.
   */
  abstract claim(consumer: string, messageIds: readonly string[]): Promise<readonly string[]>;
}

/** Records which messages were handled. */
export abstract class Inbox {
  /**
   * Claims messages for a consumer in the running unit of work and returns those not handled before, in request order.
   * If the unit of work fails, nothing is claimed. Waits for other units of work that claim the same messages.
   */
  abstract claim(consumer: string, messageIds: readonly string[]): Promise<readonly string[]>;
}

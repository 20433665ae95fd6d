/** Makes the keys of new rows. */
export abstract class Ids {
  /**
   * Returns a new UUIDv7 (RFC 9562 section 5.7) with the time `at`, or now. Ids of one process ascend within a
   * millisecond.
   */
  abstract next(at?: Date): string;
}

/** Makes the keys of new rows. */
export abstract class Ids {
  /** A new UUIDv7 (RFC 9562 section 5.7); its time part is `at`, or now. Ids of one process ascend within a millisecond. */
  abstract next(at?: Date): string;
}

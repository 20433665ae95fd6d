/** A query of whole tables; each row of its result is a fault. */
export interface Stray {
  readonly step: string;
  readonly table: string;
  readonly reason: string;
  /** Its columns are the row's key. */
  readonly sql: string;
}

/** SQL: the milliseconds in a UUIDv7 (RFC 9562 section 5.7), which are those of the act that made it. */
export function timeIn(column: string): string {
  return `('x' || left(replace(${column}::text, '-', ''), 12))::bit(48)::bigint`;
}

/** Values as PostgreSQL writes them with DateStyle ISO and TimeZone UTC, in the spelling of the protocol. */

const TIMESTAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/;

/**
 * With three decimals and `Z`; null for an instant that no statement can name, such as one between two milliseconds.
 */
export function instantOf(timestamptz: string): string | null {
  const match = TIMESTAMP.exec(timestamptz);
  return match && `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0')}Z`;
}

/** The reverse: what PostgreSQL writes for this instant. */
export function timestamptzOf(instant: string): string {
  return instant.replace('T', ' ').replace(/\.?0*Z$/, '+00');
}

/** Turns `\x0a0b` into `0a0b`. */
export function hexOf(bytea: string): string {
  return bytea.slice(2);
}

export function bytesOf(bytea: string): Buffer {
  return Buffer.from(hexOf(bytea), 'hex');
}

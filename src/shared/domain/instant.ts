import { invariant } from './invariant';

/** RFC 3339 in UTC with exactly three decimals, e.g. `2026-11-22T00:00:00.000Z` (docs/draw-protocol.md, notation). */
export function formatInstant(instant: Date): string {
  const text = instant.toISOString();
  invariant(text.length === 24, `instant ${text} lies in the years 0000 to 9999`);
  return text;
}

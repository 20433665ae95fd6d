/**
 * Milliseconds that a server asks us to wait (RFC 9110, section 10.2.3: seconds, or a date), at most `capMs`; 0 if it
 * does not say, or not in time. The cap keeps a server from putting us off for ever.
 */
export function retryAfterMs(field: string | null, now: Date, capMs: number): number {
  const value = field?.trim() ?? '';
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now.getTime();
  return Number.isNaN(waitMs) ? 0 : Math.min(Math.max(waitMs, 0), capMs);
}

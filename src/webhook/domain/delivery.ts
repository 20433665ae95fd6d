const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses after each failure; a receiver may be down for a day. */
const PAUSES_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
] as const;
export const MAX_ATTEMPTS = PAUSES_MS.length + 1;
/** A receiver may put us off for this long at a time: one that asks for a day may be back sooner. */
export const MAX_RETRY_AFTER_MS = HOUR_MS;
/** Maximum jitter of a pause, so that what failed together is not retried together. */
const JITTER = 0.2;

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** The answer of a receiver. */
export interface Answer {
  readonly statusCode: number;
  /** Milliseconds for which the receiver asks to be left alone, see `MAX_RETRY_AFTER_MS`. */
  readonly retryAfterMs?: number;
}

/** The outcome of one attempt: the answer, or why there was none. */
export type Outcome = Answer | { readonly error: string };

/** Whether the receiver asks for no more messages. */
export function isGone(outcome: Outcome): boolean {
  return 'statusCode' in outcome && outcome.statusCode === 410;
}

export interface Verdict {
  readonly status: DeliveryStatus;
  /** Milliseconds until the next attempt; null: there is none. */
  readonly pauseMs: number | null;
}

/** What follows the n-th attempt: the later of our pause and the receiver's wish. `chance` is in [0, 1). */
export function verdictOn(outcome: Outcome, attempts: number, chance: number): Verdict {
  const isDelivered = 'statusCode' in outcome && outcome.statusCode >= 200 && outcome.statusCode < 300;
  if (isDelivered) return { status: 'delivered', pauseMs: null };
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined || isGone(outcome)) return { status: 'failed', pauseMs: null };
  return { status: 'pending', pauseMs: Math.max(Math.round(pause * (1 + JITTER * chance)), retryAfterMs(outcome)) };
}

/** Milliseconds for which nothing at all is to be sent to the receiver: it is overloaded or down, whatever is sent. */
export function retryAfterMs(outcome: Outcome): number {
  return 'statusCode' in outcome && [429, 503].includes(outcome.statusCode) ? (outcome.retryAfterMs ?? 0) : 0;
}

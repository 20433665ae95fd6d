import type { Receipt } from '../../support/lottery-client';

/** Of a doubtful outcome. */
export const QUEUE_FULL = '503 ballot.queue-full';

/** A ballot that somebody wants to have: the key says which. */
export interface WantedBallot {
  readonly key: string;
  readonly userId: string;
  readonly date: string;
}

/**
 * acknowledged: it is in. refused: it is not in, nor ever will be. doubtful: nobody knows, ask again. surprising: as
 * doubtful, but the service has no business to answer that.
 */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly receipt: Receipt }
  | { readonly kind: 'refused' }
  | { readonly kind: 'doubtful' | 'surprising'; readonly what: string };

export async function submitBallot(
  url: string,
  { key, date }: WantedBallot,
  bearer: string,
  timeoutMs: number,
): Promise<Outcome> {
  try {
    const answer = await fetch(`${url}/lotteries/${date}/ballots`, {
      method: 'POST',
      headers: { authorization: bearer, 'idempotency-key': key },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return judge(answer.status, await answer.text());
  } catch (error) {
    return { kind: 'doubtful', what: String(error) };
  }
}

export function judge(status: number, body: string): Outcome {
  if (status === 201) return { kind: 'acknowledged', receipt: JSON.parse(body) as Receipt };
  const { code } = JSON.parse(body) as { code: string };
  if (code === 'ballot.closed') return { kind: 'refused' };
  return { kind: status === 503 ? 'doubtful' : 'surprising', what: `${status} ${code}` };
}

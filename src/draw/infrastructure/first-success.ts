/** One way to get the answer; its signal is aborted when the answer is no longer wanted. */
export type Attempt<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Returns the first answer of attempts started one by one: the next as soon as one fails, or when none has answered for
 * `patienceMs`. Null when all have failed. `unwanted` is aborted at the end, or by the caller, who then gets null.
 */
export function firstSuccess<T>(
  attempts: readonly Attempt<T>[],
  patienceMs: number,
  unwanted: AbortController,
): Promise<T | null> {
  return new Promise((resolve) => {
    let started = 0;
    let failed = 0;
    let patience: NodeJS.Timeout | undefined;

    const end = (answer: T | null) => {
      clearTimeout(patience);
      resolve(answer);
      unwanted.abort();
    };
    const fail = () => {
      failed++;
      if (failed === attempts.length) end(null);
      else startNext();
    };
    const startNext = () => {
      clearTimeout(patience);
      const attempt = attempts[started];
      if (attempt === undefined || unwanted.signal.aborted) return;
      started++;
      patience = setTimeout(startNext, patienceMs);
      attempt(unwanted.signal).then(end, fail);
    };

    unwanted.signal.addEventListener('abort', () => {
      end(null);
    });
    if (attempts.length === 0) end(null);
    else startNext();
  });
}

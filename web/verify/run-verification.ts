import type { VerifyAnswer, VerifyRequest } from './verify-request';

/** Hears of a verification: progress any number of times, then one of the others, last. */
export type Listener = (answer: VerifyAnswer) => void;

/** @returns what stops it: nothing is heard of it afterwards */
export function runVerification(startWorker: () => Worker, request: VerifyRequest, tell: Listener): () => void {
  let worker: Worker;
  try {
    worker = startWorker();
  } catch (error) {
    tell({ kind: 'unusable', reason: String(error) });
    return () => undefined;
  }
  const end = () => {
    worker.onmessage = worker.onmessageerror = worker.onerror = null;
    worker.terminate();
  };
  worker.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => {
    if (data.kind !== 'progress') end();
    tell(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end();
    // Without a message its script could not be loaded: after a release, that of the page's own may be gone.
    tell(event.message ? { kind: 'unusable', reason: event.message } : { kind: 'gone' });
  };
  const fail = (reason: string) => {
    end();
    tell({ kind: 'unusable', reason });
  };
  worker.onmessageerror = () => fail('messageerror');
  try {
    worker.postMessage(request);
  } catch (error) {
    fail(String(error));
  }
  return end;
}

/** Whether both are about the same files (not files of the same name) and believe the same keys. */
export function isSameRequest(one: VerifyRequest, other: VerifyRequest | null): boolean {
  return (
    other !== null &&
    (['bundle', 'ballots', 'receipt', 'proof'] as const).every((part) => one[part] === other[part]) &&
    one.keys.join('\n') === other.keys.join('\n')
  );
}

import type { VerifyAnswer, VerifyRequest } from './verify-request';

/** Hears of a verification: progress any number of times, then one of the others, last. */
export type Listener = (answer: VerifyAnswer) => void;

/** @returns what stops it: nothing is heard of it afterwards */
export function runVerification(worker: Worker, request: VerifyRequest, tell: Listener): () => void {
  worker.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => {
    if (data.kind !== 'progress') worker.terminate();
    tell(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    // Without a message its script could not be loaded: after a release, that of the page's own may be gone.
    tell(event.message ? { kind: 'unusable', reason: event.message } : { kind: 'gone' });
  };
  worker.postMessage(request);
  return () => worker.terminate();
}

import { parentPort } from 'node:worker_threads';
import { isGenuine, SignatureClaim } from './bls-signature';

/** A thread of its own for the pairings, so that no request waits for them. */
parentPort?.on('message', (claim: SignatureClaim) => {
  parentPort?.postMessage(isGenuine(claim));
});

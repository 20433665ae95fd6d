import { workersFrom } from './script-worker';
import address from './verify.worker.ts?worker&url';

export const startWorker = workersFrom(address, { type: 'module' });

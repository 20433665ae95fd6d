import { island } from '../../client/island';
import { startWorker } from '../../verify/start-worker';
import { CheckDraw, type CheckDrawProps } from './check-draw';

export const mount = island((props: CheckDrawProps) => <CheckDraw {...props} startWorker={startWorker} />);

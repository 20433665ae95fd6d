import { island } from '../../client/island';
import { startWorker } from '../../verify/start-worker';
import { VerifyPanel, type VerifyPanelProps } from '../../verify/verify-panel';

export const mount = island((props: VerifyPanelProps) => <VerifyPanel {...props} startWorker={startWorker} />);

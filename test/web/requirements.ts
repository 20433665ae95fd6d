import type { Requirements } from '../support/requirements';
import { chromiumPath } from './support/chromium';

export const requirements: Requirements = {
  needs: 'a Chromium, which they start without a window',
  remedy: [
    'apt-get install --no-install-recommends chromium   (Debian)',
    'CHROMIUM=/path/to/chromium   one that is elsewhere',
  ],
  missing: async () => (chromiumPath() === null ? ['chromium'] : []),
};

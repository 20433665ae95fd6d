import { spawnSync } from 'node:child_process';
import type { Requirements } from '../support/requirements';

export const requirements: Requirements = {
  needs: 'Prometheus, which they start themselves',
  remedy: ['apt-get install --no-install-recommends prometheus   (Debian)'],
  missing: async () => ['prometheus', 'promtool'].filter((tool) => spawnSync(tool, ['--version']).status !== 0),
};

import type { Requirements } from '../support/requirements';

export const requirements: Requirements = {
  needs: 'Linux, to kill, stop and cut off three processes of the service and their PostgreSQL',
  remedy: [],
  options: {
    faults: {
      variable: 'CHAOS_FAULTS',
      means: 'number of faults in a row; from 30 on, every kind in several variants (35)',
    },
    seed: { variable: 'CHAOS_SEED', means: 'order and details of the faults; each run prints its own' },
  },
  missing: async () => (process.platform === 'linux' ? [] : ['Linux']),
};
